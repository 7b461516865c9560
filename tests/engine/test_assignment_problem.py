from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from zhuoyue.engine.assignment import AssignmentError, Problem

GOOD = {"p": [0, 1], "r": [0, 1], "w": [0.5, 0.5], "demand": [1, 1], "load_min": [0, 0], "load_max": [1, 1]}


def test_pairs_may_come_in_any_order_and_are_kept_sorted():
    problem = Problem(**GOOD | {"p": [1, 0, 0], "r": [0, 1, 0], "w": [0.1, 0.2, 0.3]})
    assert problem.p.tolist() == [0, 0, 1]
    assert problem.r.tolist() == [0, 1, 0]
    assert problem.w.tolist() == [0.3, 0.2, 0.1]
    assert problem.starts.tolist() == [0, 2, 3]
    assert (problem.applications, problem.examiners) == (2, 2)


def test_a_problem_is_frozen_and_can_be_varied():
    problem = Problem(**GOOD)
    with pytest.raises(FrozenInstanceError):
        problem.team = None
    assert replace(problem, pinned=[(0, 0), (0, 0)]).pinned == ((0, 0),)


def test_forbidding_a_pair_that_is_no_candidate_is_no_error():
    problem = Problem(**GOOD, forbidden=[(0, 1), (1, 1)], pinned=[(0, 0)])
    assert problem.usable.tolist() == [False, False]
    assert problem.pins.tolist() == [True, False]
    assert problem.levels.tolist() == [1, 1]
    assert problem.employers.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"p": [0, 0], "r": [1, 1]}, r"pair \(0, 1\) is given twice"),
        ({"p": [0, 2]}, "application outside 0 to 1"),
        ({"r": [0, -1]}, "examiner outside 0 to 1"),
        ({"w": [0.5, np.nan]}, "finite"),
        ({"w": [0.5]}, "one length"),
        ({"demand": [1, -1]}, "negative"),
        ({"load_min": [0, -1]}, "negative"),
        ({"load_min": [0, 2]}, "Examiner 1 has a minimum load above"),
        ({"load_min": [0]}, "1 minimum loads for 2"),
        ({"demand": [1.5, 1]}, "demand must be a list of whole numbers"),
        ({"levels": [1]}, "levels has 1 entries for 2 examiners"),
        ({"pinned": [(0, 0)], "forbidden": [(0, 0)]}, "Pinned and forbidden at once"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(change, sentence):
    with pytest.raises(AssignmentError, match=sentence):
        Problem(**GOOD | change)


def test_a_pin_on_no_candidate_is_refused_when_it_is_used():
    with pytest.raises(AssignmentError, match=r"pinned pair \(0, 1\) is not among the candidates"):
        _ = Problem(**GOOD, pinned=[(0, 1)]).pins
