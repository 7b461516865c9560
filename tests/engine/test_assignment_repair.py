from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assignment_instances import crowded, every_answer, problems, scores
from zhuoyue.engine.assignment import InfeasibleError, Problem, assign, breaches_of, families_of, repair


def pairs_of(answer):
    return {(i, j) for i, team in enumerate(answer) for j in team}


@settings(max_examples=150, deadline=None)
@given(problems(teams=True), st.data())
def test_after_a_recusal_as_few_pairs_move_as_in_the_best_of_all_answers(problem, data):
    try:
        before = assign(problem, seed=0)
    except InfeasibleError:
        return
    if not before.pairs:
        return
    changed = replace(problem, forbidden=(data.draw(st.sampled_from(before.pairs)),))
    earlier = set(before.pairs)
    answers = list(every_answer(changed))
    if not answers:
        with pytest.raises(InfeasibleError):
            repair(changed, before.pairs, seed=0)
        return
    mended = repair(changed, before.pairs, seed=0)
    fewest = min(len(pairs_of(answer) - earlier) for answer in answers)
    assert len(mended.added) == fewest
    assert set(mended.added) == set(mended.assignment.pairs) - earlier
    assert set(mended.removed) == earlier - set(mended.assignment.pairs)
    best = max(sum(scores(changed, answer)) for answer in answers if len(pairs_of(answer) - earlier) == fewest)
    assert mended.assignment.total >= best - 0.01
    assert breaches_of(changed, mended.assignment.chosen, families_of(changed)) == []


def test_nothing_changed_moves_nothing():
    problem = crowded(1)
    before = assign(problem, seed=0)
    mended = repair(problem, before.pairs, seed=9)
    assert (mended.added, mended.removed) == ((), ())


def test_a_withdrawn_application_only_frees_its_examiners():
    problem = crowded(2, forbidden=())
    before = assign(problem, seed=0)
    demand = problem.demand.copy()
    demand[0] = 0
    mended = repair(replace(problem, demand=demand, load_min=problem.load_min * 0), before.pairs, seed=0)
    assert mended.added == ()
    assert {i for i, _ in mended.removed} == {0}


def test_a_new_pin_moves_one_pair_where_there_is_room():
    problem = crowded(3)
    before = assign(problem, seed=0)
    roomy = replace(problem, load_max=problem.load_max + 1, load_min=problem.load_min * 0)
    new = next((int(i), int(j)) for i, j in zip(problem.p, problem.r, strict=True) if (i, j) not in set(before.pairs))
    mended = repair(replace(roomy, pinned=(new,)), before.pairs, seed=0)
    assert mended.added == (new,)
    assert len(mended.removed) == 1


def test_no_candidates_and_no_demand_need_no_repair():
    empty = Problem(p=[], r=[], w=[], demand=[0], load_min=[0], load_max=[1])
    assert repair(empty, [(0, 0)], seed=0).removed == ((0, 0),)
