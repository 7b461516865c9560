from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from zhuoyue.kernel.audit import actor_name
from zhuoyue.kernel.jobs import (
    CancelledError,
    Job,
    JobFailedError,
    JobState,
    UnknownJobError,
    cancel,
    job,
    reap,
    running,
    start,
)
from zhuoyue.kernel.jobs.running import MOST_TRIES, carry_out
from zhuoyue.kernel.jobs.worker import run_one
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db


def work_through():
    while run_one():
        pass


@pytest.fixture
def seen():
    """A job that counts to `upto` and tells what it saw."""
    calls = []

    @job("count")
    def count(progress, upto):
        for n in range(1, upto + 1):
            progress.step(n, upto, f"第{n}步")
            calls.append(n)
        return {"counted": upto}

    return calls


def test_a_job_is_carried_out_once_and_keeps_its_result(seen):
    queued = start("count", by=None, arguments={"upto": 3}, scope="programmes.cycle:1")
    assert (queued.state, queued.over, queued.scope) == (JobState.QUEUED, False, "programmes.cycle:1")
    work_through()
    queued.refresh_from_db()
    assert seen == [1, 2, 3]
    assert (queued.state, queued.over, queued.result) == (JobState.DONE, True, {"counted": 3})
    assert (queued.done, queued.total, queued.message, queued.tries) == (3, 3, "第3步", 1)
    assert queued.created_at <= queued.started_at <= queued.heartbeat <= queued.finished_at
    assert str(queued) == "count done"


def test_who_started_it_and_what_it_is_about_are_named(seen):
    first = start("count", by=None, arguments={"upto": 1})
    second = start("count", by=first, arguments={"upto": 1}, scope=first)
    assert (second.by, second.scope) == (actor_name(first), subject_of(first))


@pytest.mark.django_db(transaction=True)
def test_a_job_of_an_undone_change_is_never_begun(seen):
    with transaction.atomic():
        start("count", by=None, arguments={"upto": 1})
        transaction.set_rollback(True)
    work_through()
    assert seen == []
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_an_unknown_name_is_refused_at_the_start():
    with pytest.raises(UnknownJobError):
        start("nothing of the kind", by=None)


def test_two_jobs_of_one_name_are_an_error(seen):
    with pytest.raises(ValueError, match="twice"):
        job("count")(print)


def test_arriving_twice_does_it_once(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    carry_out.enqueue(str(queued.pk))
    work_through()
    assert seen == [1, 2]


def test_a_waiting_job_is_cancelled_at_once(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    cancel(queued)
    assert queued.state == JobState.CANCELLED
    work_through()
    assert seen == []
    cancel(queued)
    assert (queued.state, queued.cancel_requested) == (JobState.CANCELLED, False)


def test_a_running_job_ends_at_its_next_step():
    steps = []

    @job("long")
    def long(progress):
        for n in range(5):
            progress.step(n, 5)
            steps.append(n)
            if n == 1:
                cancel(Job.objects.get())

    queued = start("long", by=None)
    work_through()
    queued.refresh_from_db()
    assert steps == [0, 1]
    assert (queued.state, queued.done) == (JobState.CANCELLED, 1)
    assert queued.finished_at is not None


def test_a_failure_has_words_and_keeps_its_reason_in_the_log(caplog):
    @job("broken")
    def broken(progress):
        raise ZeroDivisionError("the true reason")

    queued = start("broken", by=None)
    work_through()
    queued.refresh_from_db()
    assert queued.state == JobState.FAILED
    assert str(queued.pk) in queued.message
    assert "the true reason" not in queued.message
    assert "the true reason" in caplog.text


def test_a_job_may_say_itself_why_it_failed():
    @job("refusing")
    def refusing(progress):
        raise JobFailedError("没有可分配的评审员。")

    queued = start("refusing", by=None)
    work_through()
    queued.refresh_from_db()
    assert (queued.state, queued.message) == (JobState.FAILED, "没有可分配的评审员。")


def test_a_result_that_is_no_json_is_a_failure():
    @job("odd")
    def odd(progress):
        return object()

    queued = start("odd", by=None)
    work_through()
    queued.refresh_from_db()
    assert queued.state == JobState.FAILED


def test_a_stopping_worker_hands_its_job_to_the_next():
    steps, stop = [], Event()

    @job("patient")
    def patient(progress):
        for n in range(3):
            progress.step(n, 3)
            steps.append(n)
            if len(steps) == 2:
                stop.set()
        return "whole"

    queued = start("patient", by=None)
    token = running.stopping.set(stop)
    run_one()
    running.stopping.reset(token)
    queued.refresh_from_db()
    assert (queued.state, steps) == (JobState.QUEUED, [0, 1])
    work_through()
    queued.refresh_from_db()
    assert (queued.state, queued.result, queued.tries) == (JobState.DONE, "whole", 2)
    assert steps == [0, 1, 0, 1, 2]


def died(queued, ago, **facts):
    """Leave `queued` as a killed worker would."""
    DBTaskResult.objects.all().delete()
    heartbeat = timezone.now() - ago
    Job.objects.filter(pk=queued.pk).update(**{"state": JobState.RUNNING, "tries": 1, "heartbeat": heartbeat, **facts})


def test_the_job_of_a_dead_worker_begins_again(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    died(queued, timedelta(minutes=9))
    assert reap(timezone.now()) == 0
    died(queued, timedelta(minutes=11))
    assert reap(timezone.now()) == 1
    work_through()
    queued.refresh_from_db()
    assert (queued.state, queued.tries, seen) == (JobState.DONE, 2, [1, 2])


def test_a_job_that_kills_its_workers_is_given_up(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    died(queued, timedelta(hours=1), tries=MOST_TRIES)
    assert reap(timezone.now()) == 1
    queued.refresh_from_db()
    assert queued.state == JobState.FAILED
    assert "多次中断" in queued.message
    assert reap(timezone.now()) == 0


def test_a_cancelled_job_of_a_dead_worker_ends(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    died(queued, timedelta(hours=1), cancel_requested=True)
    reap(timezone.now())
    queued.refresh_from_db()
    assert queued.state == JobState.CANCELLED


def test_a_waiting_job_that_lost_its_place_is_put_in_line_again(seen):
    queued = start("count", by=None, arguments={"upto": 2})
    died(queued, timedelta(hours=1), state=JobState.QUEUED)
    assert reap(timezone.now()) == 1
    assert reap(timezone.now()) == 0
    work_through()
    assert seen == [1, 2]


def test_a_job_may_declare_how_long_it_is_silent():
    @job("solver", quiet=timedelta(hours=2))
    def solver(progress):
        return None

    queued = start("solver", by=None)
    died(queued, timedelta(hours=1))
    assert reap(timezone.now()) == 0
    died(queued, timedelta(hours=3))
    assert reap(timezone.now()) == 1


def test_a_job_whose_name_went_with_an_upgrade_fails_and_stops_nothing(seen):
    gone = start("count", by=None, arguments={"upto": 2})
    died(gone, timedelta(hours=1), name="gone")
    assert reap(timezone.now()) == 1
    work_through()
    gone.refresh_from_db()
    assert gone.state == JobState.FAILED


def test_a_worker_taken_for_dead_writes_nothing_when_it_wakes():
    @job("sleeper")
    def sleeper(progress):
        progress.step(1, 2)
        if Job.objects.get().tries == 1:  # the first worker falls asleep here and another takes the job over
            Job.objects.update(tries=2)
            with pytest.raises(CancelledError):
                progress.step(2, 2)
        return "mine"

    queued = start("sleeper", by=None)
    work_through()
    queued.refresh_from_db()
    assert (queued.state, queued.done, queued.result) == (JobState.RUNNING, 1, None)


def test_a_stopping_worker_hands_on_nothing_that_is_no_longer_its_own():
    stop = Event()

    @job("sleeper")
    def sleeper(progress):
        Job.objects.update(tries=2)
        stop.set()
        progress.step(1, 2)

    queued = start("sleeper", by=None)
    token = running.stopping.set(stop)
    run_one()
    running.stopping.reset(token)
    queued.refresh_from_db()
    assert (queued.state, queued.done) == (JobState.RUNNING, 0)
    assert not DBTaskResult.objects.ready().exists()
