import pytest

from engine.assignment_instances import crowded
from zhuoyue.engine.assignment import AssignmentError, Problem, TeamRules, assign, explain


def test_every_reason_for_passing_somebody_over_is_told():
    problem = Problem(
        p=[0, 0, 0, 0, 0, 1, 1],
        r=[0, 1, 2, 3, 4, 1, 4],
        w=[0.9, 0.8, 0.7, 0.6, 0.3, 0.9, 0.8],
        demand=[2, 1],
        load_min=[0, 0, 0, 0, 1],
        load_max=[1] * 5,
        levels=[1, 1, 0, 2, 1],
        employers=[-1] * 5,
        forbidden=[(0, 0)],
        pinned=[(1, 1)],
        team=TeamRules(max_trainees=0),
    )
    found = assign(problem, seed=0)
    assert found.pairs == [(0, 3), (0, 4), (1, 1)]
    reason = explain(problem, found, application=0, examiner=4)
    assert [(other.examiner, other.reason, other.rule) for other in reason.passed_over] == [
        (0, "forbidden", ""),
        (1, "load", ""),
        (2, "rule", "level"),
    ]
    assert (reason.rank, reason.among, reason.leads) == (4, 4, False)
    assert reason.given_up == pytest.approx(0.5)
    assert "rank 4 of 4" in reason.sentence
    assert "1 kept away, 1 fully loaded elsewhere, 1 excluded by a team rule" in reason.sentence


def test_a_trade_a_pin_a_leader_and_a_first_choice_are_told():
    # Examiner 1 must have one application; 0 would rather have 0 again.
    problem = Problem(
        p=[0, 0, 1],
        r=[0, 1, 0],
        w=[0.9, 0.2, 0.8],
        demand=[1, 1],
        load_min=[0, 1],
        load_max=[2, 1],
        levels=[2, 2],
        team=TeamRules(leader=True),
    )
    found = assign(problem, seed=0)
    reason = explain(problem, found, application=0, examiner=1)
    assert [other.reason for other in reason.passed_over] == ["traded"]
    assert "needed more elsewhere" in reason.sentence
    assert reason.leads
    first = explain(problem, found, application=1, examiner=0)
    assert (first.rank, first.passed_over, first.given_up) == (1, (), 0)
    assert first.sentence.endswith("nobody better was left out.")
    pinned = Problem(p=[0, 0], r=[0, 1], w=[0.9, 0.2], demand=[1], load_min=[0, 0], load_max=[1, 1], pinned=[(0, 1)])
    told = explain(pinned, assign(pinned, seed=0), application=0, examiner=1)
    assert told.pinned
    assert told.sentence.endswith("the pair was pinned.")


def test_the_rule_that_needs_the_chosen_one_is_named():
    problem = Problem(
        p=[0, 0],
        r=[0, 1],
        w=[0.9, 0.2],
        demand=[1],
        load_min=[0, 0],
        load_max=[1, 1],
        levels=[1, 2],
        team=TeamRules(min_seniors=1),
    )
    (other,) = explain(problem, assign(problem, seed=0), application=0, examiner=1).passed_over
    assert (other.examiner, other.reason, other.rule) == (0, "rule", "level")


def test_a_pair_that_was_not_assigned_has_no_reason():
    problem = crowded(1)
    found = assign(problem, seed=0)
    other = int(problem.r[(problem.p == 0) & ~found.chosen][0])
    with pytest.raises(AssignmentError, match="not assigned"):
        explain(problem, found, application=0, examiner=other)
