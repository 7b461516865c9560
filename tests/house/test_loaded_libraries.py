"""Heavy libraries come with the first page or job that needs them, not with the process."""

import os
import subprocess
import sys

HEAVY = (
    "numpy",
    "scipy",
    "ortools",
    "pypinyin",
    "holidays",
    "pypdfium2",
    "xlsxwriter",
    "weasyprint",
    "cel",
    "PIL",
    "fido2",
    "cryptography",
    "ruamel",
)
ASK = f"""
import sys, django
django.setup()
from django.urls import get_resolver
def walk(patterns):
    for entry in patterns:
        walk(getattr(entry, "url_patterns", ()))
walk(get_resolver().url_patterns)
import zhuoyue.kernel.jobs.registry as registry
registry.discover()
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_no_heavy_library_is_loaded_before_it_is_needed(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "zhuoyue.config.settings", "ZHUOYUE_DATA": str(tmp_path)}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert asked.stdout.split() == []
