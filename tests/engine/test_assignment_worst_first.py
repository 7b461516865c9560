import numpy as np
import pytest
from hypothesis import given, settings

from engine.assignment_instances import crowded, every_answer, problems, scores
from zhuoyue.engine.assignment import (
    InfeasibleError,
    Problem,
    TeamRules,
    assign,
    best_possible,
    breaches_of,
    fair,
    families_of,
)
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
    for seed in range(30):
        problem = crowded(seed, applications=4, examiners=5, density=0.9)
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
    assert found.worst >= 0.99 * found.worst_bound
    assert found.worst_bound <= best_possible(problem).min() + 1e-9
    assert found.method == "flow+chains"


def test_where_all_loads_are_at_their_minimum_a_chain_passes_the_place_that_is_left_to_somebody_else():
    # 0 moves from 0 to 1, 1 makes room by moving from 1 to 2, and 2 takes the place left at 0, who must have one.
    problem = Problem(
        p=[0, 0, 1, 1, 2, 2],
        r=[0, 1, 1, 2, 3, 0],
        w=[0.1, 0.5, 0.9, 0.45, 0.9, 0.85],
        demand=[1, 1, 1],
        load_min=[1, 0, 0, 0],
        load_max=[1, 1, 1, 1],
    )
    assert assign(problem, seed=0).pairs == [(0, 0), (1, 1), (2, 3)]
    assert assign(problem, seed=0, objective="worst_first").pairs == [(0, 1), (1, 2), (2, 0)]


def test_somebody_with_room_keeps_one_too_many_and_somebody_above_the_minimum_gives_one_up():
    # 0 moves from 0 to 1, who has room; 0 must have somebody, and gets 1 from 2, who need not.
    problem = Problem(
        p=[0, 0, 1, 1],
        r=[0, 1, 0, 2],
        w=[0.1, 0.5, 0.8, 0.9],
        demand=[1, 1],
        load_min=[1, 0, 0],
        load_max=[1, 1, 1],
    )
    exchange = Exchange(problem, np.array([True, False, False, True]))
    assert exchange.lift(0, 0.5)
    assert exchange.chosen.tolist() == [False, True, True, False]


def test_rules_that_cross_hold_too():
    problem = crowded(1, team=TeamRules(min_seniors=1, max_trainees=1, max_per_employer=1))
    found = assign(problem, seed=0, objective="worst_first")
    assert found.worst > assign(problem, seed=0).worst
    assert found.method == "flow+milp+chains"
    assert breaches_of(problem, found.chosen, families_of(problem)) == []


def test_a_climb_without_effort_left_stays_with_what_it_has(monkeypatch):
    monkeypatch.setattr(fair, "EFFORT", -1)
    problem = crowded(1)
    assert assign(problem, seed=0, objective="worst_first").worst >= assign(problem, seed=0).worst


def test_a_higher_price_buys_more_in_steps():
    problem = crowded(7)
    paid = assign(problem, seed=0, objective="worst_first").price_paid
    prices = [0, 0.3 * paid, 0.6 * paid, paid]
    found = [assign(problem, seed=0, objective="worst_first", price=price) for price in prices]
    worsts = [answer.worst for answer in found]
    assert worsts == sorted(worsts)
    assert worsts[0] < worsts[1] < worsts[3]
    assert all(answer.price_paid <= price + 1e-9 for answer, price in zip(found, prices, strict=True))


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
