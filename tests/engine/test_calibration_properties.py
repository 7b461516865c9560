"""What must hold for any ratings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import UNLIMITED, CalibrationRefusedError, Ratings, calibrate

SCALES = st.sampled_from([False, True, "auto"])
SEEDS = st.integers(0, 2**32 - 1)


def of_any(seed):
    """A made-up cycle whose size, spreads and gaps come from the seed too."""
    random = np.random.default_rng(seed)
    ratings, *_ = made_up(
        applications=int(random.integers(8, 40)),
        examiners=int(random.integers(4, 10)),
        each=int(random.integers(2, 4)),
        seed=seed,
        spread=tuple(random.uniform((6, 0, 1), (20, 8, 6))),
    )
    return ratings


def calibrated(ratings, **options):
    """None where the chance data are refused; tests that use it are about the others."""
    try:
        return calibrate(ratings, limits=UNLIMITED, **options)
    except CalibrationRefusedError:
        return None


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, scale=SCALES)
def test_the_order_of_the_ratings_changes_nothing(seed, scale):
    ratings = of_any(seed)
    order = np.random.default_rng(seed + 1).permutation(len(ratings.values))
    turned = Ratings(ratings.applications[order], ratings.examiners[order], ratings.values[order])
    one, other = calibrated(ratings, scale=scale), calibrated(turned, scale=scale)
    if one is not None:
        np.testing.assert_array_equal(one.adjusted, other.adjusted)
        np.testing.assert_array_equal(one.leniency, other.leniency)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, shift=st.floats(-500, 500), factor=st.floats(0.01, 100))
def test_points_moved_and_stretched_move_and_stretch_the_result(seed, shift, factor):
    ratings = of_any(seed)
    one = calibrated(ratings)
    other = calibrated(Ratings(ratings.applications, ratings.examiners, shift + factor * ratings.values))
    if one is not None:
        size = factor * float(np.ptp(ratings.values))
        np.testing.assert_allclose(other.adjusted, shift + factor * one.adjusted, atol=1e-6 * size)
        np.testing.assert_allclose(other.leniency, factor * one.leniency, atol=1e-6 * size)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_estimates_lie_between_the_mean_and_the_ratings_freed_of_leniency(seed):
    found = calibrated(of_any(seed))
    if found is not None:
        design = found.design
        freed = np.bincount(design.application, design.values - found.leniency[design.examiner])
        freed = freed / design.per_application - found.mean
        quality = found.adjusted - found.mean
        assert (quality * freed >= -1e-9).all()
        assert (np.abs(quality) <= np.abs(freed) + 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_an_examiner_who_gives_more_to_all_counts_as_more_lenient(seed):
    ratings = of_any(seed)
    one = calibrated(ratings)
    more = ratings.values + 5.0 * (ratings.examiners == ratings.examiners.min())
    other = calibrated(Ratings(ratings.applications, ratings.examiners, more))
    if one is not None and other is not None and one.variances.leniency > 1:
        assert other.leniency[0] > one.leniency[0]


def test_ids_may_be_words_or_numbers_and_come_back_sorted():
    ratings, *_ = made_up(applications=12)
    words = [f"申报{number:02}" for number in ratings.applications]
    found = calibrate(Ratings(words, ratings.examiners.tolist(), ratings.values.tolist()))
    assert found.applications == tuple(sorted(set(words)))
    assert found.examiners == tuple(range(8))
    np.testing.assert_array_equal(found.adjusted, calibrate(ratings).adjusted)


def test_expected_ratings_follow_the_model_and_strangers_count_as_average():
    found = calibrate(made_up(scale_spread=0.4, applications=200)[0], scale=True)
    expected = found.expected([3, 3, "new", "new"], [2, "new", 2, "new"])
    quality = found.adjusted[3] - found.mean
    assert expected[0] == pytest.approx(found.mean + found.leniency[2] + found.scale[2] * quality)
    assert expected[1:] == pytest.approx([found.adjusted[3], found.mean + found.leniency[2], found.mean])


def test_reliability_rises_with_the_number_of_ratings():
    found = calibrate(made_up()[0])
    assert 0 < found.reliability(1) < found.reliability(3) < 1
    one = found.reliability(1)
    assert found.reliability(3) == pytest.approx(3 * one / (1 + 2 * one))  # Spearman and Brown
