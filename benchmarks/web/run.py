"""Measure the pages under load, on SQLite and on PostgreSQL.

    python benchmarks/web/run.py [--quick] [--only sqlite|postgresql] [--results FILE]

Builds 2,000 applications, 50 examiners and 10,000 scorebooks in a folder of its own, starts server and worker as
`zhuoyue start` does, and drives them from this process: client, server and database share the machine. Medians of
three rounds. Prints a table and writes `benchmarks/results/web.json`; `--quick` is a look of less than a minute on
SQLite and writes nothing unless told where.
"""

import argparse
import contextlib
import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client import Connection
from loads import Outcome, of_rounds, reading, scoring, storm
from service import Service, data_folder, free_port, serving, wait_until_ready
from table import printed
from weight import first_load

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE.parent / "results" / "web.json"

KINDS = ("sqlite", "postgresql")
PROCESSES = 2  # what `zhuoyue start` gives on two processors
LISTS = ("examiner", "secretariat", "registrations")
KILO = 1000


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything. `crowd` applicants storm `rounds` times, each time others."""

    sent: int
    examiners: int
    longest_list: int
    crowd: int
    saves: int
    seconds: float
    rounds: int

    def sizes(self) -> dict[str, int]:
        return {
            "sent": self.sent,
            "drafts": self.crowd * self.rounds,
            "examiners": self.examiners,
            "longest_list": self.longest_list,
            "scored_items": 6,
        }


FULL = Scale(sent=2000, examiners=50, longest_list=240, crowd=200, saves=60, seconds=4.0, rounds=3)
QUICK = Scale(sent=20, examiners=10, longest_list=12, crowd=4, saves=4, seconds=0.5, rounds=1)
FEW = Scale(sent=10, examiners=10, longest_list=8, crowd=1, saves=0, seconds=0.0, rounds=1)


def in_django(function: str, environment: dict[str, str], asked: Any) -> Any:
    """Call `module.function` in a process with the server's environment."""
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "asked.json", Path(folder) / "answer.json"
        given.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, str(HERE / "in_django.py"), *function.split("."), str(given), str(answer)]
        subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own script
        return json.loads(answer.read_text(encoding="utf-8"))


def pages_of(who: dict[str, Any]) -> dict[str, list[str]]:
    """Name -> [session, path] of the pages that are measured."""
    applicant, examiner, office = who["applicants"][-1], who["examiners"][0], f"/office/cycles/{who['cycle']}/"
    tasks = f"/apply/applications/{applicant['application']}/"
    item = f"/expert/scoring/{examiner['assignments'][0]}/items/{who['items'][0]}/"
    return {
        "home": ["", "/"],
        "roll": ["", "/roll/"],
        "tasks": [applicant["cookie"], tasks],
        "section": [applicant["cookie"], f"{tasks}part/{who['section']}/"],
        "check": [applicant["cookie"], f"{tasks}check/"],
        "item": [examiner["cookie"], item],
        "examiner": [examiner["cookie"], "/expert/scoring/"],
        "secretariat": [who["secretary"], f"{office}applications/"],
        "registrations": [who["secretary"], f"{office}registrations/"],
    }


def under_load(service: Service, who: dict[str, Any], scale: Scale) -> tuple[dict[str, float], dict[str, Any]]:
    """The figures, and what was acknowledged."""
    port, pages, found = service.port, pages_of(who), {}
    found["weight_public"] = first_load(Connection(port), pages["home"][1]) / KILO
    found["weight_applicant"] = first_load(Connection(port, pages["tasks"][0]), pages["tasks"][1]) / KILO
    crowds = [who["applicants"][start : start + scale.crowd] for start in range(0, len(who["applicants"]), scale.crowd)]
    before = service.seconds_worked()
    storms = [storm(port, crowd, who["section"]) for crowd in crowds]
    found["storm_work"] = (service.seconds_worked() - before) * 1000 / max(1, sum(len(one.done) for one in storms))
    found["storm"], found["storm_requests"], found["storm_errors"] = of_rounds(storms)
    found["storm_slowest"] = max((max(one.times, default=0.0) for one in storms), default=0.0)
    before = service.seconds_worked()
    saves = _saves(port, who, scale)
    found["saves_work"] = (service.seconds_worked() - before) * 1000 / max(1, sum(len(one.done) for one in saves))
    found["saves"], _, found["saves_errors"] = of_rounds(saves)
    for name, clients in (*((name, 4) for name in LISTS), ("home", 8)):
        session, path = pages[name]
        rounds = [
            reading(port, path, session=session, clients=clients, seconds=scale.seconds) for _ in range(scale.rounds)
        ]
        found[name], _, errors = of_rounds(rounds)
        if errors:
            raise SystemExit(f"{path}: {rounds[0].errors[:3]}")
    memory = service.memory()
    found |= {"memory_server": memory["server"], "memory_worker": memory["worker"]}
    for outcome in (*storms, *saves):
        for error in outcome.errors[:3]:
            print(f"  {error}", file=sys.stderr)
    acknowledged = {
        "receipts": [one for outcome in storms for one in outcome.done],
        "saves": [one for outcome in saves for one in outcome.done],
    }
    return found, acknowledged


def _saves(port: int, who: dict[str, Any], scale: Scale) -> list[Outcome]:
    """Ten examiners at once; in each round in scorebooks that they have not saved in before."""
    found = []
    for number in range(scale.rounds):
        part = [{**one, "assignments": one["assignments"][number :: scale.rounds]} for one in who["examiners"][:10]]
        found.append(scoring(port, part, who["items"], scale.saves))
    return found


def measured(kind: str, url: str, scale: Scale) -> dict[str, dict[str, float]]:
    """Everything on one database; on SQLite also the page that says nothing, and the statements."""
    with data_folder(url) as environment:
        begun = time.perf_counter()
        who = in_django("world.build", environment, scale.sizes())
        print(f"{kind}: data built in {time.perf_counter() - begun:.0f} s", flush=True)
        with serving(environment, PROCESSES) as service:
            found, acknowledged = under_load(service, who, scale)
        missing = in_django("aftermath.lost", environment, acknowledged)
        found |= {"storm_lost": missing["receipts"], "saves_lost": missing["saves"], "record_faults": missing["record"]}
        if kind != "sqlite":
            return {kind: found}
        found |= statements(in_django("aftermath.statements", environment, pages_of(who)), scale)
        return {kind: found, "plain": plain_page(environment, who, scale)}


def statements(many: dict[str, int], scale: Scale) -> dict[str, float]:
    """Statements of the measured pages, and on how many lists an installation with a handful of rows needs fewer."""
    found: dict[str, float] = {
        "list_statements": max(many[name] for name in LISTS),
        "page_statements": max(many.values()),
    }
    if scale is FULL:
        with data_folder("") as small:
            few = in_django("aftermath.statements", small, pages_of(in_django("world.build", small, FEW.sizes())))
        found["grown_statements"] = sum(many[name] > few[name] for name in LISTS)
    return found


def plain_page(environment: dict[str, str], who: dict[str, Any], scale: Scale) -> dict[str, float]:
    """A page without content on the same server: the roof over all signed-in pages."""
    bare = environment | {"DJANGO_SETTINGS_MODULE": "plain_settings", "PYTHONPATH": str(HERE)}
    with serving(bare, 1) as service:
        rounds = [
            reading(service.port, "/nothing/", session=who["secretary"], clients=4, seconds=scale.seconds)
            for _ in range(scale.rounds)
        ]
    return {"nothing": of_rounds(rounds)[0]}


def make_run() -> float:
    """Seconds from `make run` in a fresh copy until the first page is answered."""
    with tempfile.TemporaryDirectory(prefix="zhuoyue-fresh-") as folder:
        copy, port = Path(folder) / "copy", free_port()
        clone = ["git", "clone", "--quiet", "--depth", "1", f"file://{ROOT}", str(copy)]
        subprocess.run(clone, check=True)  # noqa: S603 - our own command
        begun = time.perf_counter()
        with (Path(folder) / "log").open("w") as log:
            command = ["make", "run", f"PORT={port}", f"PYTHON={shutil.which('python3')}"]
            started = subprocess.Popen(command, cwd=copy, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 - our own command
        try:
            wait_until_ready(port, within=600)
            return time.perf_counter() - begun
        finally:
            os.killpg(started.pid, 15)
            started.wait(timeout=30)


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    sys.path.append(str(ROOT))
    with importlib.import_module("tests.run").postgres() as url:
        yield url


def machine() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {
        "cpu": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": [round(part, 2) for part in os.getloadavg()],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    scale = QUICK if options.quick else FULL
    kinds = [options.only] if options.only else ["sqlite"] if options.quick else list(KINDS)
    facts = machine()
    print(f"{facts['cpu']}, {facts['cores']} cores, Python {facts['python']}, load before {facts['load_before'][0]}")
    figures: dict[str, dict[str, float]] = {}
    for kind in kinds:
        with database(kind) as url:
            figures |= measured(kind, url, scale)
    if not options.quick and shutil.which("make") and shutil.which("git"):
        figures.setdefault("sqlite", {})["make_run"] = make_run()
    print(printed(figures))
    results = options.results or (None if options.quick else RESULTS)
    if results:
        rounded = {kind: {key: round(value, 2) for key, value in part.items()} for kind, part in figures.items()}
        text = json.dumps({"date": time.strftime("%Y-%m-%d"), "machine": facts, "figures": rounded}, indent=2)
        results.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
