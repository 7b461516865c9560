"""Server and worker as `zhuoyue start` runs them, on a data folder of their own."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from client import Connection

READY_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, within: float = READY_WITHIN) -> None:
    end = time.monotonic() + within
    while True:
        try:
            Connection(port).get("/privacy/")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def peak_megabytes(process: int) -> float:
    """The largest resident size of a process so far."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children_of(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


class Service:
    """The running pair; the server in `processes` processes."""

    def __init__(self, environment: dict[str, str], processes: int) -> None:
        self.port = free_port()
        self._log = Path(environment["ZHUOYUE_DATA"]) / "server.log"
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(processes)]
        server += ["--blocking-threads", "2", "--host", "127.0.0.1", "--port", str(self.port)]
        server += ["--log-level", "warning", "zhuoyue.config.wsgi:application"]
        worker = [sys.executable, "-m", "django", "worker"]
        with self._log.open("w") as log:
            self._running = [
                subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own commands
                for command in (server, worker)
            ]

    def last_words(self) -> str:
        return self._log.read_text(encoding="utf-8")[-2000:]

    def memory(self) -> dict[str, float]:
        """Peak of the largest server process and of the worker, in MB."""
        server, worker = (process.pid for process in self._running)
        return {
            "server": max(peak_megabytes(child) for child in [server, *children_of(server)]),
            "worker": peak_megabytes(worker),
        }

    def seconds_worked(self) -> float:
        """Processor time of the server so far, all of its processes."""
        server = self._running[0].pid
        return sum(processor_seconds(process) for process in [server, *children_of(server)])

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:  # a request that never ends must not hide why the run ended
                process.kill()


@contextlib.contextmanager
def serving(environment: dict[str, str], processes: int) -> Iterator[Service]:
    service = Service(environment, processes)
    try:
        wait_until_ready(service.port)
        yield service
    except BaseException:
        print(service.last_words(), file=sys.stderr)
        raise
    finally:
        service.stop()


@contextlib.contextmanager
def data_folder(database: str) -> Iterator[dict[str, str]]:
    """The environment of an installation that is thrown away afterwards; `database` is empty for SQLite."""
    folder = tempfile.mkdtemp(prefix="zhuoyue-bench-")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZHUOYUE_")}
    environment |= {"ZHUOYUE_DATA": folder, "DJANGO_SETTINGS_MODULE": "zhuoyue.config.settings"}
    environment |= {"MALLOC_ARENA_MAX": "1", "PYTHONNODEBUGRANGES": "1"}  # as `zhuoyue start` gives
    try:
        yield environment | ({"ZHUOYUE_DATABASE_URL": database} if database else {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
