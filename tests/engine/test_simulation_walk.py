"""The walk of applications through the phases, on plans small enough to follow by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.simulation import Arrivals, Phase, Plan, PlanError, Pool, Spread, dry_run


def sure(days):
    return Spread(days, days, days)


def at_once(count, day=0):
    """All come in on one day; work opens on the next."""
    return Arrivals(sure(count), day, day)


def only(plan, **options):
    return dry_run(plan, seed=1, runs=3, **options)


def test_one_person_works_through_the_pile():
    plan = Plan(at_once(4), (Phase("check", 1, 7, sure(2), "office"),), (Pool("office", 1),))
    found = only(plan)
    assert found.phases[0].finish == (8, 8, 8)  # days 1-2, 3-4, 5-6, 7-8
    assert found.phases[0].late == 1.0
    assert found.phases[0].waited == pytest.approx((0 + 2 + 4 + 6) / 4)
    assert found.pools[0].busy == 8
    assert found.bottleneck == "check"


def test_work_that_ends_with_the_planned_day_is_in_time():
    plan = Plan(at_once(4), (Phase("check", 1, 8, sure(2), "office"),), (Pool("office", 1),))
    assert only(plan).phases[0].late == 0.0


def test_two_people_halve_it():
    plan = Plan(at_once(4), (Phase("check", 1, 8, sure(2), "office"),), (Pool("office", 2),))
    assert only(plan).phases[0].finish_by(1.0) == 4


def test_tasks_of_one_application_go_to_different_people():
    plan = Plan(at_once(1), (Phase("score", 1, 9, sure(2), "experts", tasks=3),), (Pool("experts", 3),))
    assert only(plan).phases[0].finish_by(1.0) == 2
    few = Plan(at_once(1), (Phase("score", 1, 9, sure(2), "experts", tasks=3),), (Pool("experts", 2),))
    assert only(few).phases[0].finish_by(1.0) == 4  # the third task waits for someone to be free again


def test_a_phase_without_people_takes_its_time_and_nobody_waits():
    plan = Plan(at_once(5), (Phase("notice", 1, 7, sure(7)),))
    found = only(plan)
    assert found.phases[0].finish_by(1.0) == 7
    assert found.bottleneck is None
    assert found.pools == ()


def test_phases_overlap_unless_all_must_be_together():
    def plan(together):
        phases = (
            Phase("check", 1, 9, sure(1), "office"),
            Phase("visit", 1, 20, sure(3), "experts", together=together),
        )
        return Plan(at_once(3), phases, (Pool("office", 1), Pool("experts", 1)))

    flowing, gathered = only(plan(together=False)), only(plan(together=True))
    assert [flowing.phases[0].finish_by(1.0), gathered.phases[0].finish_by(1.0)] == [3, 3]
    assert flowing.phases[1].finish_by(1.0) == 10  # visits on days 2-4, 5-7, 8-10
    assert gathered.phases[1].finish_by(1.0) == 12  # all are checked by day 3: 4-6, 7-9, 10-12
    assert gathered.phases[1].entered == 3


def test_a_shared_pool_serves_whoever_is_ready_first():
    phases = (Phase("score", 1, 9, sure(2), "experts"), Phase("agree", 1, 9, sure(1), "experts"))
    found = only(Plan(at_once(2), phases, (Pool("experts", 1),)))
    # score a 1-2, score b 3-4, agree a 5, agree b 6: a is ready for agreement on day 3, but b has waited since day 1
    assert [phase.finish_by(1.0) for phase in found.phases] == [4, 6]
    assert found.pools[0].tasks == 4


def test_no_phase_starts_before_its_day():
    phases = (Phase("check", 1, 9, sure(1), "office"), Phase("visit", 10, 19, sure(1), "office"))
    found = only(Plan(at_once(1), phases, (Pool("office", 1),)))
    assert found.phases[1].finish_by(1.0) == 10


def test_only_so_many_go_on_and_which_is_drawn_by_lot():
    phases = (Phase("score", 1, 9, sure(1)), Phase("visit", 3, 9, sure(1), "experts", together=True, places=2))
    found = only(Plan(at_once(6), phases, (Pool("experts", 1),)))
    assert [phase.entered for phase in found.phases] == [6, 2]
    roomy = Plan(at_once(6), (phases[0], Phase("visit", 3, 9, sure(1), together=True, places=9)))
    assert only(roomy).phases[1].entered == 6


def test_some_pass_and_some_do_not():
    phases = (Phase("check", 1, 9, sure(1), passes=0.5), Phase("score", 2, 9, sure(1)))
    found = dry_run(Plan(at_once(200), phases), seed=1, runs=20)
    assert found.phases[1].entered == pytest.approx(100, abs=6)


def test_nobody_applies_and_nothing_breaks():
    phases = (Phase("check", 1, 9, sure(1), "office"), Phase("visit", 10, 19, sure(1), together=True))
    found = only(Plan(at_once(0, day=4), phases, (Pool("office", 1),)))
    assert [phase.entered for phase in found.phases] == [0, 0]
    assert found.phases[1].finish_by(1.0) == 3
    assert found.bottleneck is None
    assert found.pools[0].tasks_each == 0


def test_a_rush_brings_half_in_the_last_sixth():
    phase = (Phase("receive", 0, 200, sure(0)),)
    found = dry_run(Plan(Arrivals(sure(1), 0, 99, rush=4), phase), seed=2, runs=400).phases[0].finish
    assert sum(day >= 84 for day in found) / 400 == pytest.approx(0.5, abs=0.06)
    assert 0 <= min(found) <= max(found) <= 99


def test_overload_counts_those_who_turned_up():
    def outcome(load, turnout):
        plan = Plan(
            at_once(10),
            (Phase("score", 1, 90, sure(1), "experts", tasks=3),),
            (Pool("experts", 10, turnout=turnout, load=load),),
        )
        return dry_run(plan, seed=1, runs=60).pools[0]

    assert outcome(3, 1.0).overload == 0.0  # 30 tasks, 10 people with 3 each
    assert outcome(2, 1.0).overload == 1.0
    assert outcome(None, 0.5).overload == 0.0
    some = outcome(4, 0.7)  # overloaded when fewer than 8 of 10 turn up: probability 0.617
    assert some.overload == pytest.approx(0.617, abs=0.15)
    assert some.tasks_each > 3


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(1, 6))
def test_more_people_never_end_a_phase_later(seed, people):
    def finish(count):
        phases = (Phase("score", 0, 30, Spread(1, 2, 5), "experts"),)
        return dry_run(Plan(Arrivals(Spread(5, 10, 20), 0, 9), phases, (Pool("experts", count),)), seed=seed, runs=4)

    fewer, more = finish(people), finish(people + 1)
    assert all(one >= other for one, other in zip(fewer.phases[0].finish, more.phases[0].finish, strict=True))
    assert fewer.phases[0].late >= more.phases[0].late


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_same_seed_gives_the_same_outcome(seed):
    phases = (Phase("score", 0, 30, Spread(1, 2, 5), "experts", passes=0.7), Phase("visit", 0, 30, Spread(1, 1, 2)))
    plan = Plan(Arrivals(Spread(5, 10, 20), 0, 9, rush=2), phases, (Pool("experts", 4, turnout=0.8),))
    assert dry_run(plan, seed=seed, runs=5) == dry_run(plan, seed=seed, runs=5)
    assert dry_run(plan, seed=seed, runs=5) != dry_run(plan, seed=seed + 1, runs=5)


def test_one_queue_obeys_the_textbook():
    """Uniform arrivals, sure service, one server at 70 %: the mean wait lies at that of M/D/1, a little below."""
    phases = (Phase("check", 0, 2000, sure(0.7), "office"),)
    found = dry_run(Plan(Arrivals(sure(1000), 0, 999), phases, (Pool("office", 1),)), seed=3, runs=40)
    textbook = 0.7 * 0.7 / (2 * (1 - 0.7))
    assert found.phases[0].waited == pytest.approx(textbook, rel=0.12)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Spread(3, 2, 4), "must rise from 0: 3, 2, 4"),
        (lambda: Spread(-1, 2, 4), "must rise from 0"),
        (lambda: Arrivals(sure(3), 5, 4), "before they open"),
        (lambda: Arrivals(sure(3), 5, 6, rush=0.5), "not 0.5"),
        (lambda: Pool("office", 0), "Pool office has nobody in it"),
        (lambda: Pool("office", 1, turnout=0), "not at 0"),
        (lambda: Phase("check", 5, 4, sure(1)), "due \\(day 4\\) before it opens \\(day 5\\)"),
        (lambda: Phase("check", 1, 4, sure(1), tasks=0), "at least one task"),
        (lambda: Phase("check", 1, 4, sure(1), passes=0), "not at 0"),
        (lambda: Phase("check", 1, 4, sure(1), places=3), "all applications together"),
        (lambda: Phase("check", 1, 4, sure(1), places=0, together=True), "above 0"),
        (lambda: Plan(at_once(1), ()), "at least one phase"),
        (lambda: Plan(at_once(1), (Phase("check", 1, 4, sure(1)),) * 2), "More than one phase is called check"),
        (lambda: Plan(at_once(1), (Phase("a", 1, 4, sure(1)),), (Pool("p", 1),) * 2), "More than one pool is called p"),
        (lambda: Plan(at_once(1), (Phase("check", 1, 4, sure(1), "office"),)), "no pool called office"),
        (lambda: dry_run(Plan(at_once(1), (Phase("check", 1, 4, sure(1)),)), seed=1, runs=0), "at least once, not 0"),
        (lambda: only(Plan(at_once(1), (Phase("a", 1, 4, sure(1)),))).phases[0].finish_by(0), "not at 0"),
    ],
)
def test_plans_that_cannot_be_tried_say_why(build, words):
    with pytest.raises(PlanError, match=words):
        build()


def test_finish_by_reads_the_runs():
    found = dry_run(Plan(Arrivals(Spread(5, 10, 20), 0, 9), (Phase("a", 0, 9, Spread(1, 5, 9)),)), seed=1, runs=10)
    days = found.phases[0].finish
    assert [found.phases[0].finish_by(share / 10) for share in range(1, 11)] == list(days)
    assert math.isclose(found.phases[0].late, sum(day > 9 for day in days) / 10)
