"""Do the tests of access and canary see a leak? `python -m tests.mutations [part of a name]` puts in one at a time.

Works on a copy of the tree. Each leak is first shown to the tests that ought to see it, then to all of access and
canary. A text to change that is not there exactly once ends the run: the leak has to be written anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.leaks import LEAKS, Leak

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "pyproject.toml", "uv.lock")
ALL = ("tests/access", "tests/canary")


def main() -> int:
    chosen = [leak for leak in LEAKS if all(word in leak.name for word in sys.argv[1:])]
    lost = [leak.name for leak in LEAKS if len(places(ROOT, leak)) != 1]
    if lost:
        print("no longer in the source, or more than once:", *lost, sep="\n  ")
        return 2
    with tempfile.TemporaryDirectory(prefix="zhuoyue-mutations-") as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / name)
        caught = sum(seen(copy, leak) for leak in chosen)
    print(f"{caught} of {len(chosen)} caught")
    return 0 if caught >= len(chosen) - 2 else 1


def places(root: Path, leak: Leak) -> list[Path]:
    return [path for path in (root / "src").rglob("*.py") if leak.before in path.read_text(encoding="utf-8")]


def seen(copy: Path, leak: Leak) -> bool:
    (path,) = places(copy, leak)
    whole = path.read_text(encoding="utf-8")
    if whole.count(leak.before) != 1:
        raise SystemExit(f"more than once: {leak.name}")
    path.write_text(whole.replace(leak.before, leak.after), encoding="utf-8")
    begun = time.monotonic()
    try:
        by = next((words for words in (leak.first, ALL) if not passes(copy, words)), ())
    finally:
        path.write_text(whole, encoding="utf-8")
    print(
        f"{'caught' if by else 'NOT CAUGHT':11}{leak.name}: {' '.join(by)} ({time.monotonic() - begun:.0f} s)",
        flush=True,
    )
    return bool(by)


def passes(copy: Path, tests: tuple[str, ...]) -> bool:
    """Raises SystemExit where nothing could be asked: a leak that breaks the program says nothing of the tests."""
    workers = ["-n", "2", "--dist", "loadgroup"] if tests is ALL else []
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=line", *workers, *tests]
    environment = {**os.environ, "ZHUOYUE_DATA": str(copy / "data")}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1 or " error" in done.stdout.rsplit("\n", 2)[-2]:
        raise SystemExit(f"{' '.join(tests)} could not be asked:\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
