import io
import os
import signal
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from zhuoyue.kernel import mail
from zhuoyue.kernel.files import StoredFile
from zhuoyue.kernel.jobs import Job, JobState, every, job, registry, run_worker, start, upkeep, worker
from zhuoyue.kernel.jobs.worker import Schedule, run_one

pytestmark = pytest.mark.django_db


def test_recurring_work_is_called_when_it_is_due_and_a_failure_stops_no_other(caplog):
    calls = []

    @every(minutes=1)
    def failing(now):
        calls.append("failing")
        raise RuntimeError("for a reason")

    @every(minutes=5)
    def seldom(now):
        calls.append(now <= timezone.now())

    schedule = Schedule()
    schedule.run_due(100)
    schedule.run_due(159)
    schedule.run_due(160)
    schedule.run_due(400)
    assert calls == ["failing", True, "failing", "failing", True]
    assert "for a reason" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_waits_and_stops_when_asked(monkeypatch):
    stop, recurred = Event(), Event()

    @every(minutes=1)
    def mark(now):
        recurred.set()

    @job("last")
    def last(progress):
        assert recurred.wait(5)
        stop.set()

    queued = start("last", by=None)
    run_worker(stop, interval=0.01)
    queued.refresh_from_db()
    assert queued.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_worker_with_nothing_to_do_waits():
    stop = Event()
    looks = []

    @every(minutes=0)
    def third_look(now):
        looks.append(now)
        if len(looks) == 3:
            stop.set()

    run_worker(stop, interval=0.01)
    assert len(looks) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_command_and_leaves_the_job_for_the_next(number):
    @job("long")
    def long(progress):
        progress.step(1, 2)
        os.kill(os.getpid(), number)
        progress.step(2, 2)

    earlier = signal.getsignal(number)
    queued = start("long", by=None)
    out = io.StringIO()
    call_command("worker", "--interval", "0.01", stdout=out)
    queued.refresh_from_db()
    assert (queued.state, queued.done) == (JobState.QUEUED, 1)
    assert DBTaskResult.objects.ready().count() == 1
    assert out.getvalue() == "worker started\nworker stopped\n"
    assert signal.getsignal(number) is earlier


def test_once_does_what_waits_and_ends():
    calls = []

    @every(minutes=1)
    def recurring(now):
        calls.append("recurring")

    @job("short")
    def short(progress):
        calls.append("short")

    start("short", by=None)
    start("short", by=None)
    out = io.StringIO()
    call_command("worker", "--once", stdout=out)
    assert calls == ["recurring", "short", "short"]
    assert out.getvalue() == "tasks done: 2\n"


def test_a_database_that_does_not_answer_is_waited_for(monkeypatch, caplog):
    def locked():
        raise OperationalError("database is locked")

    monkeypatch.setattr(worker.DBTaskResult.objects, "ready", locked)
    assert run_one() is False
    assert "waiting" in caplog.text


def test_mail_goes_out_with_the_upkeep(settings, monkeypatch):
    settings.EMAIL_HOST = ""
    rounds = []
    monkeypatch.setattr(mail, "deliver_due", rounds.append)
    upkeep.deliver_mail(timezone.now())
    assert len(rounds) == 1


def test_the_upkeep_reaps_sweeps_and_forgets():
    @job("short")
    def short(progress):
        return None

    now = timezone.now()
    queued = start("short", by=None)
    run_one()
    start("short", by=None)
    Job.objects.filter(pk=queued.pk).update(state=JobState.RUNNING, heartbeat=now - timedelta(hours=1))
    StoredFile.objects.create(name="a", original_name="a", kind="pdf", size=1, digest="0" * 64)
    upkeep.reap_jobs(now)
    assert Job.objects.get(pk=queued.pk).state == JobState.QUEUED
    upkeep.sweep_files(now + timedelta(days=2))
    assert not StoredFile.objects.exists()
    DBTaskResult.objects.filter(status="READY").update(status="RUNNING", started_at=now)
    upkeep.forget_finished_tasks(now)
    assert DBTaskResult.objects.count() == 3
    upkeep.forget_finished_tasks(now + timedelta(days=2))
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]
    upkeep.forget_finished_tasks(now + timedelta(days=15))
    assert not DBTaskResult.objects.exists()


def test_every_recurring_function_is_known_by_its_place(monkeypatch):
    @every(minutes=2)
    def recurring(now):
        return None

    (name,) = registry.periodic()
    assert name.endswith("recurring")
    assert registry.periodic()[name].seconds == 120
