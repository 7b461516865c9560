import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assignment_instances import crowded, every_answer, problems, scores
from zhuoyue.engine.assignment import (
    AssignmentError,
    CancelledError,
    InfeasibleError,
    Problem,
    assign,
    breaches_of,
    families_of,
)


@settings(max_examples=150, deadline=None)
@given(problems(pins=True), st.integers(0, 5))
def test_the_total_is_the_largest_of_all_answers_and_nothing_is_breached(problem, seed):
    totals = [sum(scores(problem, answer)) for answer in every_answer(problem)]
    if not totals:
        with pytest.raises(InfeasibleError):
            assign(problem, seed=seed)
        return
    found = assign(problem, seed=seed)
    assert found.total == pytest.approx(max(totals), abs=1e-6)
    assert found.optimum == pytest.approx(found.total)
    assert breaches_of(problem, found.chosen, families_of(problem)) == []
    assert np.array_equal(found.scores, np.bincount(found.p, weights=found.w, minlength=problem.applications))


@settings(max_examples=30, deadline=None)
@given(problems(), st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_answer(problem, seed):
    try:
        first = assign(problem, seed=seed)
    except InfeasibleError:
        return
    assert np.array_equal(first.chosen, assign(problem, seed=seed).chosen)


def test_between_equals_the_seed_decides():
    equals = Problem(p=[0, 0, 0, 0], r=[0, 1, 2, 3], w=[0.5] * 4, demand=[1], load_min=[0] * 4, load_max=[1] * 4)
    assert len({assign(equals, seed=seed).pairs[0] for seed in range(30)}) > 1


def test_affinities_of_zero_are_no_obstacle():
    problem = Problem(p=[0], r=[0], w=[0.0], demand=[1], load_min=[0], load_max=[1])
    found = assign(problem, seed=0)
    assert (found.pairs, found.total, found.price_paid) == ([(0, 0)], 0.0, 0.0)


def test_nothing_to_assign_is_an_answer_too():
    problem = Problem(p=np.zeros(0, int), r=np.zeros(0, int), w=[], demand=[0], load_min=[0], load_max=[1])
    assert assign(problem, seed=0, objective="worst_first").pairs == []


def test_progress_is_told_and_cancel_is_heard():
    told = []
    assign(crowded(1), seed=0, objective="worst_first", progress=lambda stage, share: told.append((stage, share)))
    assert told[:2] == [("flow", 0.0), ("flow", 1.0)]
    assert {stage for stage, _ in told} == {"flow", "raising"}
    assert all(0 <= share <= 1 for _, share in told)
    with pytest.raises(CancelledError, match="flow"):
        assign(crowded(1), seed=0, cancel=lambda: True)
    calls = iter([False, False, False])
    with pytest.raises(CancelledError, match="raising"):
        assign(crowded(1), seed=0, objective="worst_first", cancel=lambda: next(calls, True))


def test_a_price_is_a_share_and_an_objective_is_known():
    with pytest.raises(AssignmentError, match="share"):
        assign(crowded(1), seed=0, price=2)
    with pytest.raises(AssignmentError, match="objective"):
        assign(crowded(1), seed=0, objective="best")
