"""Carry out background work."""

import signal
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhuoyue.kernel.jobs.worker import INTERVAL, run_waiting, run_worker


class Command(BaseCommand):
    help = """Carries out jobs, sends mail that is due, begins again what a dead worker left, removes unheld files.
Stops at SIGTERM or Ctrl-C: a running job ends at its next step and begins again with the next worker."""

    # the checks load every page, which no job needs: 16 MB; `start` and `check` make them
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument(
            "--interval", type=float, default=INTERVAL, help="seconds between looks at the queue (default %(default)s)"
        )

    def handle(self, *, once: bool, interval: float, **_: Any) -> None:
        if once:
            self.stdout.write(f"tasks done: {run_waiting()}")
            return
        with _stopped_by_signals() as stop:
            self.stdout.write("worker started")
            run_worker(stop, interval=interval)
        self.stdout.write("worker stopped")


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    """The first signal asks the worker to stop; a second one ends it there and then."""
    stop = Event()
    earlier = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in earlier:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
