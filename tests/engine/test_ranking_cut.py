"""The cut, ties at it, raw beside adjusted, and who flips when an examiner is left out."""

from dataclasses import replace

import numpy as np
import pytest

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import Ratings, calibrate
from zhuoyue.engine.calibration.variances import fit
from zhuoyue.engine.ranking import Cut, RankingError, rank, sensitivity, shared_ranks


@pytest.mark.parametrize(
    ("cut", "words"),
    [({}, "either"), ({"places": 3, "least": 60.0}, "either"), ({"places": 0}, "at least one place")],
)
def test_a_cut_is_one_thing(cut, words):
    with pytest.raises(RankingError, match=words):
        Cut(**cut)


def test_equal_values_share_the_better_rank():
    values = np.array([5.0, 7.0, 7.0 + 1e-12, 1.0, 5.0 - 1e-12])
    assert shared_ranks(values, 1e-9).tolist() == [3, 1, 1, 5, 3]


def test_those_tied_at_the_last_place_are_named_and_none_is_chosen():
    rows = [(what, who, 60 + 5 * level + who) for what, level in enumerate((0, 1, 2, 2, 4, 6)) for who in range(4)]
    found = rank(calibrate(Ratings(*zip(*rows, strict=True))), cut=Cut(places=3), seed=1)
    assert found.tied == (2, 3)
    assert found.above.sum() == 4
    assert rank(calibrate(Ratings(*zip(*rows, strict=True))), cut=Cut(places=4), seed=1).tied == ()


def test_a_cut_by_points_takes_all_who_reach_it():
    found = rank(calibrate(made_up()[0]), cut=Cut(least=55.0), seed=1)
    np.testing.assert_array_equal(found.above, found.adjusted >= 55.0)
    np.testing.assert_array_equal(found.above_raw, found.raw >= 55.0)
    assert found.tied == ()
    assert found.p_above[found.adjusted.argmax()] > 0.5 > found.p_above[found.adjusted.argmin()]


def test_standings_are_sorted_and_show_both_sides():
    found = rank(calibrate(made_up()[0]), cut=Cut(places=6), seed=1)
    lines = found.standings()
    assert [line.adjusted_rank for line in lines] == sorted(line.adjusted_rank for line in lines)
    first = lines[0]
    place = found.applications.index(first.application)
    assert (first.raw, first.adjusted) == (found.raw[place], found.adjusted[place])
    assert (first.raw_rank, first.expected_rank) == (found.raw_rank[place], found.expected_rank[place])
    assert (first.low, first.high, first.p_above) == (found.low[place], found.high[place], found.p_above[place])
    assert (first.above_raw, first.above) == (bool(found.above_raw[place]), True)


def without(ratings, examiner):
    kept = ratings.examiners != examiner
    return Ratings(ratings.applications[kept], ratings.examiners[kept], ratings.values[kept])


def test_leaving_an_examiner_out_equals_solving_without_them():
    ratings, *_ = made_up(applications=40, examiners=6)
    found = calibrate(ratings)
    for flip in sensitivity(found, cut=Cut(places=8)):
        alone = calibrate(without(ratings, flip.examiner))
        assert alone.applications == found.applications
        solved = fit(replace(found, design=alone.design).system(), alone.design.values)
        adjusted = solved.mean + solved.quality
        best, before = set(np.argsort(-adjusted)[:8]), set(np.argsort(-found.adjusted)[:8])
        assert set(flip.leaving) == before - best
        assert set(flip.entering) == best - before
        assert flip.shift == pytest.approx(np.abs(adjusted - found.adjusted).max())
        assert flip.unrated == ()


def test_those_whom_nobody_else_rated_are_left_aside():
    ratings, *_ = made_up(applications=30, examiners=5)
    more = Ratings([*ratings.applications, 99], [*ratings.examiners, 2], [*ratings.values, 90.0])
    (flip,) = sensitivity(calibrate(more), cut=Cut(places=5), examiners=[2])
    assert flip.unrated == (99,)
    assert 99 not in flip.leaving
    assert len(flip.leaving) == len(flip.entering)


def test_an_examiner_who_made_an_award_is_found_out():
    rows = [(what, who, 50.0 + what + 3 * (who == 1)) for what in range(12) for who in range(4)]
    rows = [(what, who, value + (40 if (what, who) == (0, 3) else 0)) for what, who, value in rows]
    found = calibrate(Ratings(*zip(*rows, strict=True)))
    flips = {flip.examiner: flip for flip in sensitivity(found, cut=Cut(places=4))}
    assert flips[3].leaving == (0,)
    assert flips[3].entering == (8,)
    assert flips[1].leaving == flips[1].entering == ()


def test_an_unknown_examiner_cannot_be_left_out():
    with pytest.raises(RankingError, match="No ratings by Nobody"):
        sensitivity(calibrate(made_up()[0]), cut=Cut(places=3), examiners=["Nobody"])
