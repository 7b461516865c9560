"""Run the engine's benchmarks: each `bench_*.py` beside this file, in a process of its own.

    python benchmarks/engine/run.py [--scale quick|full] [NAME ...]

A bench exposes `run(scale) -> list of rows`; the keys of a row are `KEYS`. Tables go to the terminal and everything to
`benchmarks/results/engine.json`, where a partial run replaces only what it measured. Ends with 1 when a bench fails
or a target is missed.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results" / "engine.json"
KEYS = ("bench", "case", "measure", "ours", "unit", "other", "other_value", "target", "ok")
SHOWN = ("case", "measure", "ours", "unit", "other", "other_value", "target", "ok")
MARK = {True: "yes", False: "MISSED", None: ""}

Row = dict[str, Any]


def machine() -> dict[str, str | int]:
    facts: dict[str, str | int] = {
        "cpu": _cpu_model(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
    }
    for package in ("numpy", "scipy", "ortools"):
        try:
            facts[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            facts[package] = "absent"
    return facts


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def machine_line(facts: dict[str, Any]) -> str:
    rest = ", ".join(f"{name} {facts[name]}" for name in ("python", "numpy", "scipy", "ortools"))
    return f"{facts['cpu']}, {facts['cores']} cores, {rest}"


def peak_megabytes() -> float:
    """Largest resident size of this process; VmHWM begins anew with each program, ru_maxrss does not."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration):
        import resource  # noqa: PLC0415 - only where there is no /proc (and no Windows)

        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure_here(name: str, scale: str, out: Path) -> None:
    """What the child process does: run one bench and leave its rows, time and peak memory in `out`."""
    started = time.perf_counter()
    rows = importlib.import_module(name).run(scale)
    seconds = time.perf_counter() - started
    for row in rows:
        if set(row) != set(KEYS):
            raise SystemExit(f"{name}: a row has the keys {sorted(row)}, wanted are {sorted(KEYS)}")
    found = {"scale": scale, "seconds": round(seconds, 2), "peak_mb": round(peak_megabytes(), 1), "rows": rows}
    out.write_text(json.dumps(found, default=lambda number: number.item()), encoding="utf-8")


def measure(name: str, scale: str) -> dict[str, Any] | None:
    """Run one bench in a child; None when it failed (its own traceback is on the terminal)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [sys.executable, str(HERE / "run.py"), "--scale", scale, "--into", str(out), name]
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own file
            return None
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return {"on": time.strftime("%Y-%m-%d"), "machine": machine(), **found}


def shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return MARK[value]
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004 - four digits either way
    return f"{value:,}" if isinstance(value, int) else str(value)


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: list[Row]) -> str:
    cells = [[*SHOWN], *([shown(row[key]) for key in SHOWN] for row in rows)]
    widths = [max(width(line[column]) for line in cells) for column in range(len(SHOWN))]
    lines = [
        "  ".join(text + " " * (wide - width(text)) for text, wide in zip(line, widths, strict=True)) for line in cells
    ]
    lines.insert(1, "  ".join("-" * wide for wide in widths))
    return "\n".join(line.rstrip() for line in lines)


def save(results: dict[str, Any]) -> None:
    """Put the new results beside those of benches that were not run; a quick look never replaces a full result."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    full = {name: found for name, found in kept.items() if found["scale"] == "full"}
    better = {name: found for name, found in results.items() if found["scale"] == "full" or name not in full}
    merged = dict(sorted({**kept, **better}.items()))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    partial = RESULTS.with_suffix(".part")
    partial.write_text(json.dumps(merged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(RESULTS)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the engine's benchmarks.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="assignment or bench_assignment; all when none is given"
    )
    parser.add_argument("--scale", choices=["quick", "full"], default="quick")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)  # the child's way back
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    if chosen.into:
        measure_here(chosen.names[0], chosen.scale, chosen.into)
        return 0
    known = sorted(path.stem for path in HERE.glob("bench_*.py"))
    names = [f"bench_{name.removeprefix('bench_')}" for name in chosen.names] or known
    if unknown := sorted(set(names) - set(known)):
        raise SystemExit(f"no such bench: {', '.join(unknown)}; there are {', '.join(known)}")
    print(machine_line(machine()), flush=True)
    troubles = []
    for name in names:
        print(f"\n{name} ({chosen.scale})", flush=True)
        found = measure(name, chosen.scale)
        if found is None:
            troubles.append(f"{name} failed")
            continue
        print(f"{table(found['rows'])}\n{found['seconds']} s, peak {found['peak_mb']} MB", flush=True)
        troubles += [f"{name}: {row['case']}, {row['measure']}" for row in found["rows"] if row["ok"] is False]
        save({name.removeprefix("bench_"): found})
    print("\n" + "\n".join(["Missed:", *troubles] if troubles else ["Every target reached."]))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
