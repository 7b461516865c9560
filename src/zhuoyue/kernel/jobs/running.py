"""A job from start to end: queued with the change that asks for it, carried out once, begun again if its worker dies.

Whoever carries a job out owns it by its number of tries. A worker that was taken for dead and wakes up finds that the
number has moved on, and writes nothing more.
"""

import json
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhuoyue.kernel.audit import actor_name
from zhuoyue.kernel.jobs import registry
from zhuoyue.kernel.jobs.models import Job, JobState
from zhuoyue.kernel.records import subject_of

MOST_TRIES = 3
LONGEST_MESSAGE = 300
log = logging.getLogger(__name__)
stopping: ContextVar[Event | None] = ContextVar("stopping", default=None)


class CancelledError(Exception):
    """Somebody asked that the job end, or another worker has taken it over."""


class StoppedError(CancelledError):
    """The worker is being shut down; the job begins again elsewhere."""


class JobFailedError(Exception):
    """Raised by a job whose failure has words for people."""


class Progress:
    """Handed to a job; each step is seen by people and keeps the job alive."""

    def __init__(self, job: Job) -> None:
        self._ours = _owned(job)

    def step(self, done: int, total: int, message: str = "") -> None:
        """`done` of `total` is finished. Raises CancelledError when the job is to end here."""
        stop = stopping.get()
        if stop is not None and stop.is_set():
            raise StoppedError
        told = {"done": done, "total": total, "message": message[:LONGEST_MESSAGE]}
        if not self._ours.filter(cancel_requested=False).update(**told, heartbeat=timezone.now()):
            raise CancelledError


def start(name: str, *, by: Any, arguments: Mapping[str, Any] | None = None, scope: Model | str = "") -> Job:
    """Queue a job in the caller's transaction: undone with it, begun only after it is committed."""
    registry.declared(name)
    with transaction.atomic():
        job = Job.objects.create(
            name=name,
            arguments=dict(arguments or {}),
            scope=subject_of(scope) if isinstance(scope, Model) else scope,
            by=actor_name(by),
            heartbeat=timezone.now(),
        )
        carry_out.enqueue(str(job.pk))
    return job


def cancel(job: Job) -> None:
    """A waiting job ends at once, a running one at its next step."""
    mine = Job.objects.filter(pk=job.pk)
    if not mine.filter(state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=timezone.now()):
        mine.filter(state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()


@task()
def carry_out(job_id: str) -> None:
    """Do the job unless it was cancelled or is already being done: arriving twice does no harm."""
    job = _taken(UUID(job_id))
    if job is None:
        return
    try:
        result = registry.declared(job.name).work(Progress(job), **job.arguments)
        _end(job, JobState.DONE, result=json.loads(json.dumps(result)))
    except StoppedError:
        _queue_again(job)
    except CancelledError:
        _end(job, JobState.CANCELLED)
    except JobFailedError as error:
        _end(job, JobState.FAILED, message=str(error)[:LONGEST_MESSAGE])
    except Exception:
        log.exception("job %s %s failed", job.name, job.pk)
        _end(
            job,
            JobState.FAILED,
            message=_("出错了，没有完成。管理员可以在日志里按编号%(id)s查到原因。") % {"id": job.pk},
        )


def _owned(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)


def _taken(job_id: UUID) -> Job | None:
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=JobState.QUEUED)
    if not waiting.update(state=JobState.RUNNING, started_at=now, heartbeat=now, tries=F("tries") + 1):
        return None
    return Job.objects.get(pk=job_id)


def _end(job: Job, state: JobState, **facts: Any) -> None:
    _owned(job).update(state=state, finished_at=timezone.now(), **facts)


def _queue_again(job: Job) -> bool:
    with transaction.atomic():
        waits = _owned(job).update(state=JobState.QUEUED, heartbeat=timezone.now())
        if waits:
            carry_out.enqueue(str(job.pk))
    return bool(waits)


def reap(now: datetime) -> int:
    """Begin again what a dead worker left, or end it after MOST_TRIES; how many jobs were touched.

    A job that waits for longer than its quiet time is put in line once more: its place may have died with a worker
    between taking the place and taking the job.
    """
    touched = 0
    for job in Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING), heartbeat__lt=now):
        if now - (job.heartbeat or job.created_at) <= _quiet(job):
            continue
        touched += 1
        if job.state == JobState.QUEUED:
            with transaction.atomic():
                Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(heartbeat=now)
                carry_out.enqueue(str(job.pk))
        elif job.cancel_requested:
            _end(job, JobState.CANCELLED)
        elif job.tries >= MOST_TRIES:
            _end(job, JobState.FAILED, message=_("多次中断，没有完成。请重新开始。"))
        else:
            _queue_again(job)
    return touched


def _quiet(job: Job) -> timedelta:
    try:
        return registry.declared(job.name).quiet
    except registry.UnknownJobError:
        return registry.QUIET
