"""The web benchmark, small: it runs to the end, and what was acknowledged is there."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_quick_run_loses_nothing_and_prints_every_row(tmp_path):
    results = tmp_path / "web.json"
    command = [sys.executable, str(ROOT / "benchmarks/web/run.py"), "--quick", "--results", str(results)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(results.read_text(encoding="utf-8"))["figures"]["sqlite"]
    assert found["storm"] > 0
    assert found["saves"] > 0
    zero = ("storm_errors", "storm_lost", "saves_errors", "saves_lost", "record_faults")
    assert {key: found[key] for key in zero} == dict.fromkeys(zero, 0)
    assert found["page_statements"] <= 12
    assert "deadline storm, applications completed" in ran.stdout
