"""What recurs in every installation.

`now` is machine time: heartbeats and file times do not move with a demonstration's clock, letters do.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from zhuoyue.kernel import clock, files, mail
from zhuoyue.kernel.idempotency.models import Answer
from zhuoyue.kernel.jobs import running
from zhuoyue.kernel.jobs.registry import every

ANSWERS_KEPT = timedelta(days=7)
KEPT = timedelta(days=14)
LOST = timedelta(days=1)


@every(minutes=1)
def deliver_mail(_now: datetime) -> None:
    mail.deliver_due(clock.now())


@every(minutes=1)
def reap_jobs(now: datetime) -> None:
    running.reap(now)


@every(minutes=60)
def sweep_files(now: datetime) -> None:
    files.sweep(now)


@every(minutes=60)
def forget_finished_tasks(now: datetime) -> None:
    """The queue's own rows: a killed worker leaves its row running for ever, the others have said what they had to."""
    DBTaskResult.objects.running().filter(started_at__lt=now - LOST).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()


@every(minutes=60)
def forget_old_answers(now: datetime) -> None:
    """Answers to forms that nobody sends again, and sign-ins that have run out."""
    Answer.objects.filter(at__lt=now - ANSWERS_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
