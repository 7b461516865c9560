import numpy as np
import pytest
from engine.assignment_instances import crowded, every_answer, problems, scores
from hypothesis import given, settings

from zhuoyue.engine.assignment import InfeasibleError, TeamRules, assign, best_possible, breaches_of, families_of
from zhuoyue.engine.assignment import fair
from zhuoyue.engine.assignment.chains import Exchange


@settings(max_examples=100, deadline=None)
@given(problems(teams=True, pins=True))
def test_the_worst_off_lies_between_that_of_the_total_and_the_bound_and_nothing_is_breached(problem):
    try:
        total = assign(problem, seed=0)
    except InfeasibleError:
        return
    found = assign(problem, seed=0, objective="worst_first")
    truth = max(min(scores(problem, answer)) for answer in every_answer(problem))
    assert total.worst - 1e-9 <= found.worst <= truth + 1e-9
    assert truth <= found.worst_bound + 1e-9
    assert breaches_of(problem, found.chosen, families_of(problem)) == []


def test_on_small_problems_it_is_nearly_always_the_best_there_is():
    best, count = 0, 0
    for seed in range(40):
        problem = crowded(seed, applications=5, examiners=6, density=0.9)
        truths = [min(scores(problem, answer)) for answer in every_answer(problem)]
        if truths:
            count += 1
            best += assign(problem, seed=0, objective="worst_first").worst >= max(truths) - 1e-9
    assert count > 5
    assert best >= 0.8 * count


@pytest.mark.parametrize("seed", range(4))
def test_a_crowded_cycle_comes_near_its_bound(seed):
    problem = crowded(seed)
    found = assign(problem, seed=0, objective="worst_first")
    assert found.worst >= 0.9 * found.worst_bound
    assert found.worst_bound == pytest.approx(best_possible(problem).min())
    assert found.method == "flow+chains"


@pytest.mark.parametrize("price", [0.0, 0.01, 0.03])
def test_the_price_is_never_exceeded_and_a_higher_one_buys_no_less(price):
    problem = crowded(2)
    cheap, dear = (assign(problem, seed=0, objective="worst_first", price=share) for share in (price, price + 0.05))
    assert cheap.price_paid <= price + 1e-9
    assert dear.worst >= cheap.worst - 1e-9


def test_many_short_applications_start_from_the_reweighted_flow(monkeypatch):
    monkeypatch.setattr(fair, "MANY_SHORT", 0)
    problem = crowded(3)
    found = assign(problem, seed=0, objective="worst_first")
    assert found.worst > assign(problem, seed=0).worst
    assert breaches_of(problem, found.chosen, ()) == []


def test_team_rules_hold_along_every_chain():
    problem = crowded(5, team=TeamRules(min_seniors=1, max_trainees=1))
    found = assign(problem, seed=0, objective="worst_first")
    assert found.worst > assign(problem, seed=0).worst
    assert breaches_of(problem, found.chosen, families_of(problem)) == []


def test_a_lift_lets_nobody_else_fall_below_the_threshold():
    problem = crowded(6)
    exchange = Exchange(problem, assign(problem, seed=0).chosen)
    threshold = float(np.quantile(exchange.scores, 0.3))
    for application in range(problem.applications):
        before = exchange.scores.copy()
        if before[application] < threshold and exchange.lift(application, threshold):
            fallen = np.flatnonzero(exchange.scores < before - 1e-9)
            assert exchange.scores[application] > before[application]
            assert (exchange.scores[fallen] >= threshold - 1e-9).all()
        assert breaches_of(problem, exchange.chosen, ()) == []
        assert np.allclose(exchange.scores, np.bincount(problem.p, problem.w * exchange.chosen))
    assert exchange.total == pytest.approx(exchange.scores.sum())
