"""Criteria: averaged, or first freed of their own easiness and of an examiner's habits on one of them."""

import numpy as np
import pytest

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import UNLIMITED, Ratings, calibrate

EASINESS = np.array([6.0, 0.0, -6.0, 0.0])


def by_criterion(seed=0, noise=2.0, missing=0.0, habit=0.0, **options):
    """Ratings per criterion around pair values; examiner 0 is lenient by `habit` on criterion 0 alone."""
    random = np.random.default_rng(seed)
    pairs, quality, *_ = made_up(seed=seed, **options)
    what, who = np.repeat(pairs.applications, 4), np.repeat(pairs.examiners, 4)
    which = np.tile(np.arange(4), len(pairs.values))
    values = np.repeat(pairs.values, 4) + EASINESS[which] + random.normal(0, noise, len(which))
    values += habit * ((who == 0) & (which == 0))
    kept = (random.random(len(which)) >= missing) | (which == 3)
    return Ratings(what[kept], who[kept], values[kept], which[kept]), quality, pairs


def test_complete_criteria_give_the_same_pooled_or_freed():
    ratings, *_ = by_criterion()
    pooled, freed = calibrate(ratings), calibrate(ratings, facets="criteria")
    np.testing.assert_allclose(freed.adjusted, pooled.adjusted, atol=1e-6)
    assert pooled.criteria is None
    assert freed.criteria.criteria == (0, 1, 2, 3)


def test_easiness_is_found():
    found = calibrate(by_criterion(missing=0.4, noise=0.5)[0], facets="criteria").criteria
    np.testing.assert_allclose(found.easiness - found.easiness.mean(), EASINESS, atol=0.4)


def test_a_habit_on_one_criterion_is_found():
    ratings, *_ = by_criterion(habit=8.0, applications=150)
    found = calibrate(ratings, facets="criteria").criteria.leniency
    assert found[0, 0] == pytest.approx(6.0, abs=1.0)  # 8 less its share in the examiner's mean of four
    assert np.abs(found[1:]).max() < 1.0
    np.testing.assert_allclose(found.sum(axis=1), 0, atol=1e-9)


def test_missing_criteria_no_longer_pass_for_quality():
    ratings, quality, _ = by_criterion(missing=0.5, spread=(4.0, 2.0, 1.0), noise=0.5)
    pooled, freed = calibrate(ratings), calibrate(ratings, facets="criteria")
    error = [np.std(found.adjusted - found.mean - quality) for found in (pooled, freed)]
    assert error[1] < 0.75 * error[0]


def test_raw_means_stay_plain_means():
    ratings, *_ = by_criterion(missing=0.5)
    np.testing.assert_array_equal(calibrate(ratings, facets="criteria").raw, calibrate(ratings).raw)


def test_where_habits_cannot_be_told_they_are_nought():
    """Every application's criterion was seen by one examiner only: nothing tells habit from profile."""
    random = np.random.default_rng(2)
    rows = [
        (what, who, 50 + 5 * what + random.normal(), 2 * place + half)
        for what in range(8)
        for place, who in enumerate((what % 4, (what + 1) % 4))
        for half in (0, 1)
    ]
    found = calibrate(Ratings(*zip(*rows, strict=True)), facets="criteria", limits=UNLIMITED)
    np.testing.assert_array_equal(found.criteria.leniency, 0)


def test_one_criterion_is_no_facet():
    pairs, *_ = made_up()
    one = Ratings(pairs.applications, pairs.examiners, pairs.values, ["only"] * len(pairs.values))
    found = calibrate(one, facets="criteria")
    np.testing.assert_allclose(found.adjusted, calibrate(pairs).adjusted, atol=1e-9)
    np.testing.assert_array_equal(found.criteria.leniency, 0)


def test_criteria_without_noise_are_solved_exactly():
    """Nothing but rounding is left within the pairs."""
    rows = [
        (what, who, 70 + 0.3 * what + 2 * who + EASINESS[which], which)
        for what in range(12)
        for who in range(4)
        for which in range(3)
        if not (who == 3 and which == 2)
    ]
    found = calibrate(Ratings(*zip(*rows, strict=True)), facets="criteria")
    np.testing.assert_allclose(found.leniency - found.leniency.mean(), [-3, -1, 1, 3], atol=1e-3)
    np.testing.assert_allclose(found.criteria.leniency, 0, atol=1e-6)
