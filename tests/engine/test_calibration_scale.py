"""A scale per examiner: found where it is there, left out where it is not."""

import numpy as np
import pytest

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import Ratings, calibrate, scale


def spearman(one, other):
    return np.corrcoef(np.argsort(np.argsort(one)), np.argsort(np.argsort(other)))[0, 1]


def test_true_scales_are_found_and_used():
    ratings, quality, _, true = made_up(applications=600, examiners=12, scale_spread=0.3)
    found = calibrate(ratings, scale="auto")
    assert found.scaled
    assert found.scale_gain > 100
    assert found.scale.mean() == pytest.approx(1)
    np.testing.assert_allclose(found.scale, true / true.mean(), atol=4 * found.scale_error.max())
    assert spearman(found.adjusted, quality) > spearman(calibrate(ratings).adjusted, quality)


@pytest.mark.parametrize("seed", range(4))
def test_scales_that_are_not_there_are_not_used(seed):
    ratings, *_ = made_up(applications=150, seed=seed)
    found = calibrate(ratings, scale="auto")
    assert found.scale_gain < 2
    if not found.scaled:
        np.testing.assert_array_equal(found.adjusted, calibrate(ratings).adjusted)


def test_scales_are_not_looked_for_in_noise():
    """The gain may look large where one rating says next to nothing of quality."""
    ratings, *_ = made_up(applications=20, examiners=9, each=9, seed=2, spread=(5, 5, 10))
    values = np.where(ratings.examiners == 0, 3 * ratings.values, ratings.values)
    found = calibrate(Ratings(ratings.applications, ratings.examiners, values), scale="auto")
    assert found.variances.quality < 0.25 * (found.variances.quality + found.variances.noise)
    assert found.scale_gain > 1
    assert not found.scaled


def test_scales_can_be_forced_and_are_not_looked_for_unless_asked():
    ratings, *_ = made_up(applications=150)
    assert calibrate(ratings, scale=True).scaled
    assert calibrate(ratings).scale_gain is None
    assert not calibrate(ratings).scaled


def test_an_examiner_who_reverses_the_order_gets_the_least_scale_not_a_negative_one():
    ratings, quality, *_ = made_up(applications=80, examiners=5, spread=(10, 3, 2))
    values = np.where(ratings.examiners == 0, 50 - 0.3 * quality[ratings.applications], ratings.values)
    found = calibrate(Ratings(ratings.applications, ratings.examiners, values), scale=True)
    assert 0 < found.scale[0] < 0.2


def test_the_deviance_is_that_of_the_dense_normal_distribution():
    ratings, *_ = made_up(applications=10, examiners=4)
    found = calibrate(ratings, scale=True)
    design, variances = found.design, found.variances
    fitted = scale.fit(found.system(), design.values)
    same = np.equal.outer(design.application, design.application)
    sizes = found.scale[design.examiner]
    covariance = variances.quality * same * np.outer(sizes, sizes) + variances.noise * np.eye(len(sizes))
    rest = design.values - found.mean - found.leniency[design.examiner]
    exact = np.linalg.slogdet(covariance)[1] + rest @ np.linalg.solve(covariance, rest)
    assert scale.deviance(design, found.system(), fitted, found.scale, variances) == pytest.approx(exact)


def test_rounds_are_bounded(monkeypatch):
    monkeypatch.setattr(scale, "ROUNDS", 1)
    assert calibrate(made_up()[0], scale=True).scaled
