import numpy as np
import pytest
from hypothesis import given, settings

from engine.assignment_instances import every_answer, problems
from zhuoyue.engine.assignment import Problem, TeamRules, diagnose


def question(**change):
    full = {"p": [0, 0, 1, 1], "r": [0, 1, 0, 1], "w": [0.5] * 4, "demand": [1, 1], "load_min": [0] * 2}
    return Problem(**{**full, "load_max": [1] * 2, **change})


CASES = {
    "few_candidates": (question(demand=[3, 1], load_max=[2, 2]), "add 1 candidates or want fewer"),
    "few_chances": (question(load_min=[3, 0], load_max=[3, 1]), "must have 3 applications but is a candidate for 2"),
    "pins_over_demand": (question(pinned=[(0, 0), (0, 1)]), "2 pinned examiners but wants 1"),
    "pins_over_load": (question(pinned=[(0, 0), (1, 0)]), "pinned 2 times but takes at most 1"),
    "pins_over_rule": (
        question(levels=[0, 0], pinned=[(0, 0)], team=TeamRules(max_trainees=0)),
        "break its level rule: 1 of one kind, at most 0",
    ),
    "few_seniors": (question(levels=[1, 1], team=TeamRules(min_seniors=1)), "needs 1 of the seniors but has 0"),
    "rule_narrow": (
        question(demand=[2, 1], load_max=[2, 2], employers=[7, 7], team=TeamRules(max_per_employer=1)),
        "leaves application 0 a team of 1 at most, it wants 2",
    ),
    "places_short": (question(demand=[2, 1], load_max=[1, 1]), "Add 1 places to examiners 0, 1"),
    "minimum_short": (question(load_min=[2, 1], load_max=[2, 2]), "Lower their minimum loads by 1"),
    "rules_contradict": (
        question(demand=[1, 1], load_max=[2, 2], levels=[2, 1], pinned=[(0, 1)], team=TeamRules(min_seniors=1)),
        "need more places than application 0 can give",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_cause_has_its_code_its_figures_and_its_remedy(code):
    problem, sentence = CASES[code]
    finding = next(finding for finding in diagnose(problem).findings if finding.code == code)
    assert sentence in finding.sentence
    if code == "rules_contradict":
        assert finding.applications == (0,)
    else:
        assert finding.missing == 1


def test_a_bottleneck_names_only_those_in_it():
    # Applications 0 and 1 share one examiner; 2 has two to itself.
    problem = Problem(
        p=[0, 1, 2, 2], r=[0, 0, 1, 2], w=[0.5] * 4, demand=[1, 1, 1], load_min=[0] * 3, load_max=[1, 1, 1]
    )
    (finding,) = diagnose(problem).findings
    assert (finding.code, finding.applications, finding.examiners) == ("places_short", (0, 1), (0,))
    assert (finding.wanted, finding.available, finding.missing) == (2, 1, 1)


def test_minimum_loads_beyond_the_demand_name_the_examiners():
    problem = Problem(
        p=[0, 0, 1, 1], r=[0, 1, 2, 3], w=[0.5] * 4, demand=[1, 1], load_min=[1, 1, 0, 0], load_max=[1] * 4
    )
    (finding,) = diagnose(problem).findings
    assert (finding.code, finding.examiners, finding.missing) == ("minimum_short", (0, 1), 1)


def test_a_rule_on_the_bottleneck_is_named():
    problem = Problem(
        p=[0, 0, 0, 1],
        r=[0, 1, 2, 2],
        w=[0.5] * 4,
        demand=[2, 1],
        load_min=[0] * 3,
        load_max=[1] * 3,
        levels=[0, 0, 1],
        team=TeamRules(max_trainees=1),
    )
    (finding,) = diagnose(problem).findings
    assert finding.rule == "level"
    assert "the level rules" in finding.sentence


def test_long_lists_are_cut():
    n = 8
    problem = Problem(p=range(n), r=[0] * n, w=[0.5] * n, demand=[1] * n, load_min=[0], load_max=[1])
    assert "Applications 0, 1, 2, 3, 4 and 3 more together want 8" in str(diagnose(problem))


@settings(max_examples=200, deadline=None)
@given(problems(teams=True, pins=True))
def test_findings_stand_exactly_where_there_is_no_answer(problem):
    found = diagnose(problem)
    if any(every_answer(problem)):
        assert [finding.code for finding in found.findings if finding.code != "rules_together"] == []
    else:
        assert not found.feasible
        assert all(finding.sentence.endswith(".") for finding in found.findings)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_the_places_said_to_be_missing_do_mend_it(problem):
    codes = {finding.code for finding in diagnose(problem).findings}
    if codes == {"places_short"}:
        (finding,) = diagnose(problem).findings
        roomy = problem.load_max + finding.missing * np.isin(np.arange(problem.examiners), finding.examiners)
        wider = Problem(
            p=problem.p, r=problem.r, w=problem.w, demand=problem.demand, load_min=problem.load_min, load_max=roomy
        )
        left = [again.missing for again in diagnose(wider).findings if again.code == "places_short"]
        assert sum(left) < finding.missing
