"""Intervals, expected ranks and chances, against truth and against each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import Ratings, calibrate
from zhuoyue.engine.ranking import Cut, RankingError, rank

PLACES = Cut(places=6)


def test_intervals_hold_the_truth_as_often_as_they_say():
    inside, chances, hard = [], [], []
    for seed in range(25):
        ratings, quality, *_ = made_up(applications=80, examiners=12, seed=seed)
        found = rank(calibrate(ratings), cut=Cut(places=8), seed=1, draws=100)
        inside.append((found.low <= 50 + quality) & (50 + quality <= found.high))
        truth = np.argsort(np.argsort(-quality)) < 8
        chances.append((found.p_above - truth) ** 2)
        hard.append(found.above != truth)
    assert 0.86 < np.mean(inside) < 0.94
    assert np.mean(chances) < 0.8 * np.mean(hard)


def test_the_same_seed_gives_the_same_ranking_and_another_seed_another():
    found = calibrate(made_up()[0])
    one, same, other = (rank(found, cut=PLACES, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.p_above, same.p_above)
    np.testing.assert_array_equal(one.low, same.low)
    assert (one.p_above != other.p_above).any()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), places=st.integers(1, 20))
def test_chances_add_up_to_the_places_and_expected_ranks_to_all_ranks(seed, places):
    ratings, *_ = made_up(applications=20, examiners=5, seed=seed, spread=(10, 4, 4))
    found = rank(calibrate(ratings), cut=Cut(places=places), seed=seed, draws=40)
    assert found.p_above.sum() == pytest.approx(places)
    assert found.expected_rank.sum() == pytest.approx(20 * 21 / 2)
    assert ((found.low < found.adjusted) & (found.adjusted < found.high)).all()
    assert ((found.p_above >= 0) & (found.p_above <= 1)).all()
    assert found.above.sum() == places


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_the_ratings_changes_no_chance(seed):
    ratings, *_ = made_up(seed=seed)
    order = np.random.default_rng(seed).permutation(len(ratings.values))
    turned = Ratings(ratings.applications[order], ratings.examiners[order], ratings.values[order])
    one, other = (rank(calibrate(each), cut=PLACES, seed=3, draws=20) for each in (ratings, turned))
    np.testing.assert_array_equal(one.p_above, other.p_above)
    np.testing.assert_array_equal(one.expected_rank, other.expected_rank)


def test_more_confidence_makes_wider_intervals():
    found = calibrate(made_up()[0])
    narrow, wide = (rank(found, cut=PLACES, seed=1, confidence=confidence) for confidence in (0.5, 0.95))
    assert (wide.high - wide.low > narrow.high - narrow.low).all()


def test_an_application_rated_more_often_is_known_better():
    ratings, *_ = made_up(examiners=10)
    extra = [(0, who, 60.0) for who in range(10) if who not in set(ratings.examiners[ratings.applications == 0])]
    what, who, values = zip(*extra, strict=True)
    more = Ratings([*ratings.applications, *what], [*ratings.examiners, *who], [*ratings.values, *values])
    found = rank(calibrate(more), cut=PLACES, seed=1)
    width = found.high - found.low
    assert width.argmin() == 0


def test_unsure_scales_widen_the_intervals():
    ratings, *_ = made_up(applications=100, examiners=10, scale_spread=0.3)
    found = calibrate(ratings, scale=True)
    sure = type(found)(
        **{name: getattr(found, name) for name in found.__slots__} | {"scale_error": np.zeros_like(found.scale)}
    )
    with_doubt, without = (rank(each, cut=PLACES, seed=1) for each in (found, sure))
    assert (with_doubt.high - with_doubt.low).mean() > (without.high - without.low).mean()


def test_leniency_of_a_busier_examiner_is_known_better():
    ratings, *_ = made_up(applications=100, examiners=6)
    kept = (ratings.examiners != 0) | (ratings.applications < 12)
    fewer = Ratings(ratings.applications[kept], ratings.examiners[kept], ratings.values[kept])
    found = rank(calibrate(fewer), cut=PLACES, seed=1)
    assert found.leniency_error.argmax() == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [({"draws": 1}, "at least 2 draws"), ({"confidence": 1.0}, "between 0 and 1"), ({"confidence": 0.0}, "not at 0.0")],
)
def test_senseless_options_are_errors(options, words):
    with pytest.raises(RankingError, match=words):
        rank(calibrate(made_up()[0]), cut=PLACES, seed=1, **options)
