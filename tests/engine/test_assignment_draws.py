from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings

from engine.assignment_instances import crowded, problems
from zhuoyue.engine.assignment import (
    AssignmentError,
    InfeasibleError,
    Problem,
    TeamRules,
    assign,
    breaches_of,
    draw,
    draw_sample,
    families_of,
    lottery,
)


def test_a_draw_is_valid_repeats_with_its_seed_and_ignores_affinity():
    problem = crowded(1, team=TeamRules(min_seniors=1))
    first = draw(problem, seed=5)
    assert breaches_of(problem, first.chosen, families_of(problem)) == []
    assert first.pairs == draw(problem, seed=5).pairs
    assert first.pairs != draw(problem, seed=6).pairs
    best = assign(problem, seed=0).total
    assert np.mean([draw(problem, seed=seed).total for seed in range(20)]) < 0.9 * best


def test_every_examiner_is_drawn_equally_often_where_nothing_tells_them_apart():
    even = Problem(p=[0] * 4, r=range(4), w=[0.9, 0.1, 0.1, 0.1], demand=[1], load_min=[0] * 4, load_max=[1] * 4)
    counts = Counter(draw(even, seed=seed).pairs[0][1] for seed in range(800))
    assert all(150 <= counts[j] <= 250 for j in range(4))


def test_a_sample_is_sorted_without_repeats_and_repeats_with_its_seed():
    sample = draw_sample(50, 10, seed=3)
    assert len(set(sample.tolist())) == 10
    assert sample.tolist() == sorted(sample.tolist()) == draw_sample(50, 10, seed=3).tolist()
    with pytest.raises(AssignmentError, match="out of"):
        draw_sample(3, 4, seed=0)


@settings(max_examples=60, deadline=None)
@given(problems(teams=False, pins=True))
def test_no_probability_exceeds_the_cap_and_every_draw_is_valid(problem):
    try:
        plan = lottery(problem, cap=0.75, seed=0)
    except InfeasibleError:
        return
    decided = plan.probability[~problem.pins]
    assert (decided <= 0.75).all()
    assert np.allclose(np.bincount(problem.p, plan.probability, problem.applications), problem.demand)
    for seed in range(3):
        found = plan.draw(seed=seed)
        assert breaches_of(problem, found.chosen, ()) == []
        assert (plan.probability[found.chosen] > 0).all()


def test_over_many_draws_each_pair_comes_up_with_its_probability_and_teams_keep_their_rules():
    problem = crowded(2, applications=12, examiners=10, density=0.9, team=TeamRules(min_seniors=1, max_trainees=2))
    plan = lottery(problem, cap=0.6, seed=0)
    draws = 2000
    seen = np.zeros(problem.p.size)
    for seed in range(draws):
        found = plan.draw(seed=seed)
        seen += found.chosen
        if seed < 50:
            assert breaches_of(problem, found.chosen, families_of(problem)) == []
    spread = np.sqrt(plan.probability * (1 - plan.probability) / draws)
    assert (np.abs(seen / draws - plan.probability) <= 4.5 * spread + 1e-12).all()
    assert plan.expected_total == pytest.approx(float(plan.probability @ problem.w))


def test_a_cap_of_one_is_the_optimum():
    problem = crowded(3)
    assert lottery(problem, cap=1, seed=0).expected_total == pytest.approx(assign(problem, seed=0).total, rel=1e-6)


def test_caps_that_leave_too_little_are_refused_in_words():
    problem = Problem(p=[0, 0], r=[0, 1], w=[0.5, 0.5], demand=[1], load_min=[0, 0], load_max=[1, 1])
    with pytest.raises(InfeasibleError, match="raise the caps"):
        lottery(problem, cap=[0.4, 0.5], seed=0)
    with pytest.raises(AssignmentError, match="between 0 and 1"):
        lottery(problem, cap=1.5, seed=0)
    short = Problem(p=[0], r=[0], w=[0.5], demand=[2], load_min=[0], load_max=[1])
    with pytest.raises(InfeasibleError, match="has 1 candidates"):
        lottery(short, cap=1, seed=0)
    pinned_twice = Problem(
        p=[0, 0], r=[0, 1], w=[0.5, 0.5], demand=[1], load_min=[0, 0], load_max=[1, 1], pinned=[(0, 0), (0, 1)]
    )
    with pytest.raises(InfeasibleError, match="pinned"):
        lottery(pinned_twice, cap=1, seed=0)


def test_a_lottery_refuses_rules_that_cross():
    problem = crowded(1, team=TeamRules(min_seniors=1, max_per_employer=1))
    with pytest.raises(AssignmentError, match="cross"):
        lottery(problem, cap=0.5, seed=0)
