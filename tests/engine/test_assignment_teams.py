import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from engine.assignment_instances import crowded, every_answer, problems, scores
from zhuoyue.engine.assignment import InfeasibleError, Problem, TeamRules, assign, breaches_of, crossing, families_of
from zhuoyue.engine.assignment.rules import split


@settings(max_examples=200, deadline=None)
@given(problems(teams=True, pins=True))
def test_under_every_mix_of_rules_the_total_is_the_largest_of_all_answers(problem):
    totals = [sum(scores(problem, answer)) for answer in every_answer(problem)]
    if not totals:
        with pytest.raises(InfeasibleError):
            assign(problem, seed=0)
        return
    found = assign(problem, seed=0)
    assert found.total == pytest.approx(max(totals), abs=1e-5)
    assert found.exact
    assert breaches_of(problem, found.chosen, families_of(problem)) == []


@pytest.mark.parametrize("seed", range(3))
def test_seniors_and_trainees_stay_one_flow_with_the_optimum_of_an_integer_programme(seed):
    problem = crowded(seed, team=TeamRules(min_seniors=1, max_trainees=1))
    found = assign(problem, seed=0)
    assert found.method == "flow"
    assert found.total == pytest.approx(programme(problem), rel=1e-6)


def programme(problem: Problem) -> float:
    """The same question put to a mixed-integer solver, from the definition."""
    n, columns = problem.applications, np.arange(problem.p.size)
    level = problem.levels[problem.r]

    def rows(group, size, low, high, where=slice(None)):
        matrix = sparse.csr_array((np.ones(columns[where].size), (group[where], columns[where])), (size, columns.size))
        return LinearConstraint(matrix, low, high)

    answer = milp(
        -problem.w,
        integrality=np.ones(columns.size),
        bounds=Bounds(0, 1),
        constraints=[
            rows(problem.p, n, problem.demand, problem.demand),
            rows(problem.r, problem.examiners, problem.load_min, problem.load_max),
            rows(problem.p, n, 1, np.inf, level == 2),
            rows(problem.p, n, 0, 1, level == 0),
        ],
        options={"mip_rel_gap": 1e-8},
    )
    return float(-answer.fun)


def test_an_employer_inside_a_region_nests():
    people = {"employers": [0, 0, 1, 2], "regions": [0, 0, 0, 1]}
    problem = Problem(
        p=[0] * 4,
        r=range(4),
        w=[0.9, 0.8, 0.7, 0.1],
        demand=[2],
        load_min=[0] * 4,
        load_max=[1] * 4,
        team=TeamRules(max_per_employer=1, max_per_region=2),
        **people,
    )
    assert assign(problem, seed=0).pairs == [(0, 0), (0, 2)]
    assert not split(families_of(problem))[1]


def test_rules_that_cross_are_solved_and_said_so(monkeypatch):
    problem = crowded(1, team=TeamRules(min_seniors=1, max_trainees=1, max_per_employer=1))
    whole = assign(problem, seed=0)
    assert whole.method == "flow+milp"
    assert whole.exact
    monkeypatch.setattr(crossing, "WHOLE", 0)
    part = assign(problem, seed=0)
    assert not part.exact
    assert part.total <= whole.total + 1e-6
    assert part.total >= 0.97 * whole.total
    assert part.optimum >= whole.total - 1e-6
    for found in (whole, part):
        assert breaches_of(problem, found.chosen, families_of(problem)) == []


def test_the_affected_part_grows_until_the_rules_can_be_kept(monkeypatch):
    monkeypatch.setattr(crossing, "WHOLE", 0)
    # 0 takes the colleagues 0 and 1 (crossing levels); it must give one up, and only application 1 holds another.
    problem = Problem(
        p=[0, 0, 0, 1, 1, 2],
        r=[0, 1, 2, 2, 4, 3],
        w=[0.95, 0.9, 0.1, 0.9, 0.1, 0.5],
        demand=[2, 1, 1],
        load_min=[0] * 5,
        load_max=[1] * 5,
        levels=[2, 1, 2, 2, 2],
        employers=[5, 5, 6, 7, 8],
        team=TeamRules(min_seniors=1, max_per_employer=1),
    )
    found = assign(problem, seed=0)
    assert found.pairs == [(0, 0), (0, 2), (1, 4), (2, 3)]
    assert not found.exact


def test_rules_that_cannot_be_kept_together_are_named():
    problem = Problem(
        p=[0, 0, 0, 1],
        r=[0, 1, 2, 2],
        w=[0.9, 0.8, 0.7, 0.6],
        demand=[2, 1],
        load_min=[0] * 3,
        load_max=[1] * 3,
        levels=[2, 1, 2],
        employers=[5, 5, 6],
        team=TeamRules(min_seniors=1, max_per_employer=1),
    )
    with pytest.raises(InfeasibleError) as refusal:
        assign(problem, seed=0)
    assert [finding.code for finding in refusal.value.diagnosis.findings] == ["rules_together"]


def test_the_senior_with_the_highest_affinity_leads():
    problem = crowded(4, team=TeamRules(leader=True))
    found = assign(problem, seed=0)
    for i in range(problem.applications):
        seniors = {
            int(j): w for p, j, w in zip(found.p, found.r, found.w, strict=True) if p == i and problem.levels[j] == 2
        }
        assert seniors[int(found.leaders[i])] == max(seniors.values())
    assert assign(crowded(4), seed=0).leaders.size == 0
