"""The process, or thread, in which background work is done: jobs one after another, what recurs beside them."""

import logging
import secrets
import time
from threading import Event, Thread

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from zhuoyue.kernel.jobs import registry, running

INTERVAL = 1.0
log = logging.getLogger(__name__)


class Schedule:
    """When each recurring function is due next, in seconds of any clock that only runs forward."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def run_due(self, seconds: float) -> list[str]:
        """Call what is due; one that fails is logged and stops none of the others. The names called."""
        called = []
        for name, periodic in registry.periodic().items():
            if self._due.get(name, seconds) > seconds:
                continue
            self._due[name] = seconds + periodic.seconds
            called.append(name)
            try:
                periodic.run(timezone.now())
            except Exception:
                log.exception("%s failed; it is tried again when it is next due", name)
        return called


def run_one() -> bool:
    """Carry out one waiting task; False if none waits or the database cannot be reached."""
    try:
        close_old_connections()
        if not DBTaskResult.objects.ready().exists():
            return False
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            max_tasks=1,
            backend_name="default",
            startup_delay=False,
            worker_id=secrets.token_hex(8),
        ).run()
    except DatabaseError:
        log.exception("the database did not answer; waiting")
        return False
    return True


def run_worker(stop: Event, *, interval: float = INTERVAL) -> None:
    """Work until `stop` is set; a job then ends at its next step and begins again with the next worker.

    `stop` is shared with the thread that keeps the schedule, so that a long job delays no mail.
    """
    registry.discover()
    token = running.stopping.set(stop)
    clockwork = Thread(target=_keep_schedule, args=(stop, interval), name="schedule")
    clockwork.start()
    try:
        while not stop.is_set():
            if not run_one():
                stop.wait(interval)
    finally:
        stop.set()
        clockwork.join()
        running.stopping.reset(token)


def run_waiting() -> int:
    """Do once what recurs, then every task that waits; how many tasks."""
    registry.discover()
    Schedule().run_due(0)
    done = 0
    while run_one():
        done += 1
    return done


def _keep_schedule(stop: Event, interval: float) -> None:
    schedule = Schedule()
    try:
        while not stop.is_set():
            close_old_connections()
            schedule.run_due(time.monotonic())
            stop.wait(interval)
    finally:
        connections.close_all()
