"""The sparse solution equals the dense one, and the variances equal the restricted-likelihood optimum."""

import numpy as np
import pytest

from engine.calibration_reference import dense_blup, dense_reml, made_up, posterior_covariance
from zhuoyue.engine.calibration import NotConvergedError, Ratings, calibrate, own_variance, posterior, variances
from zhuoyue.engine.calibration.ratings import design_of
from zhuoyue.engine.calibration.solver import system_of
from zhuoyue.engine.calibration.variances import Variances


def three(found):
    return found.quality, found.leniency, found.noise


@pytest.mark.parametrize("seed", range(3))
def test_estimates_equal_those_of_the_dense_equations(seed):
    ratings, *_ = made_up(seed=seed)
    found = calibrate(ratings)
    quality, leniency, mean, _ = dense_blup(
        ratings.applications, ratings.examiners, ratings.values, three(found.variances)
    )
    assert found.mean == pytest.approx(mean, abs=1e-7)
    np.testing.assert_allclose(found.adjusted, mean + quality, atol=1e-7)
    np.testing.assert_allclose(found.leniency, leniency, atol=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_variances_reach_the_restricted_likelihood_optimum(seed):
    ratings, *_ = made_up(seed=seed, applications=30)
    found = calibrate(ratings)
    best = dense_reml(ratings.applications, ratings.examiners, ratings.values)
    np.testing.assert_allclose(three(found.variances), best, rtol=2e-3, atol=1e-3 * best[2])


def test_traces_by_signs_come_close_to_the_exact_ones(monkeypatch):
    ratings, *_ = made_up(applications=300, examiners=60)
    exact = calibrate(ratings).variances
    monkeypatch.setattr(variances, "EXACT_EXAMINERS", 10)
    np.testing.assert_allclose(three(calibrate(ratings).variances), three(exact), rtol=0.02)


def test_moments_of_a_balanced_design_are_those_of_the_analysis_of_variance():
    table = np.array([[60, 65, 55], [70, 74, 68], [80, 88, 77], [50, 57, 40]], float)
    what, who = np.indices(table.shape)
    found = variances.moments(design_of(Ratings(what.ravel(), who.ravel(), table.ravel())), 1)
    left = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
    noise = (left**2).sum() / 6
    assert found.noise == pytest.approx(noise)
    assert found.quality == pytest.approx((3 * table.mean(1).var(ddof=1) - noise) / 3)
    assert found.leniency == pytest.approx((4 * table.mean(0).var(ddof=1) - noise) / 4)


def test_draws_have_the_exact_posterior_covariance():
    ratings, *_ = made_up(applications=12, examiners=4, seed=1)
    found = calibrate(ratings)
    exact = posterior_covariance(ratings.applications, ratings.examiners, ratings.values, three(found.variances))
    blocks = list(posterior(found, draws=4000, seed=5))
    drawn = np.column_stack([block.adjusted for block in blocks])
    centre = np.column_stack([block.centre for block in blocks])
    np.testing.assert_allclose(drawn.mean(axis=1), found.adjusted, atol=0.4)
    np.testing.assert_allclose(np.cov(drawn), exact, atol=0.12 * exact.max())
    np.testing.assert_allclose(own_variance(found) + centre.var(axis=1, ddof=1), np.diag(exact), rtol=0.06)


def test_a_draw_does_not_depend_on_how_many_others_are_made():
    found = calibrate(made_up()[0])
    few = next(posterior(found, draws=3, seed=9)).adjusted
    many = next(posterior(found, draws=30, seed=9)).adjusted
    np.testing.assert_allclose(few, many[:, :3], atol=1e-3)


def test_a_solver_that_may_not_go_on_says_so():
    ratings, *_ = made_up()
    system = system_of(design_of(ratings), scale=np.ones(8), quality_ratio=1.0, leniency_ratio=1.0)
    with pytest.raises(NotConvergedError, match="8 examiners were not solved in 1 steps"):
        system.leniencies(np.arange(8.0)[:, None], most_steps=1)


def test_an_examiner_absorbed_by_own_applications_is_still_solved():
    ratings, *_ = made_up(applications=20, examiners=4, each=1)
    system = system_of(design_of(ratings), scale=np.ones(4))
    np.testing.assert_array_equal(system.leniencies(np.zeros((4, 1))), np.zeros((4, 1)))
    assert (system.preconditioner > 0).all()


def test_ratings_without_noise_and_examiners_without_habits_are_solved():
    """What is left of the leniencies is rounding, which singular equations cannot reach."""
    rows = [(what, who, 0.1 * what * what) for what in range(30) for who in ((what + step) % 6 for step in (0, 1, 3))]
    found = calibrate(Ratings(*zip(*rows, strict=True)))
    np.testing.assert_allclose(found.adjusted, [0.1 * what * what for what in range(30)], atol=1e-3)
    np.testing.assert_allclose(found.leniency, 0, atol=1e-4)


def test_where_nothing_varies_every_ratio_exists_all_the_same():
    found = Variances(0.0, -1.0, 0.0).floored()
    assert (found.quality_ratio, found.leniency_ratio) == (1.0, 1.0)
