"""An exact, dense solution of the same model, and made-up cycles with known truth, to hold the engine against."""

import numpy as np
from scipy.optimize import minimize

from zhuoyue.engine.calibration import Ratings


def dense_blup(applications, examiners, values, variances):
    """Qualities, leniencies and mean by inverting the whole covariance matrix, and -2 restricted log likelihood."""
    quality, leniency, noise = variances
    left = np.equal.outer(applications, np.unique(applications)).astype(float)
    right = np.equal.outer(examiners, np.unique(examiners)).astype(float)
    covariance = quality * left @ left.T + leniency * right @ right.T + noise * np.eye(len(values))
    inverse = np.linalg.inv(covariance)
    weight = inverse.sum()
    mean = inverse.sum(axis=0) @ values / weight
    pull = inverse @ (values - mean)
    deviance = np.linalg.slogdet(covariance)[1] + np.log(weight) + (values - mean) @ pull
    return quality * left.T @ pull, leniency * right.T @ pull, mean, deviance


def dense_reml(applications, examiners, values):
    """Variances that maximise the restricted likelihood, by a general optimiser."""

    def deviance(logs):
        return dense_blup(applications, examiners, values, np.exp(logs))[3]

    start = np.log(np.var(values) / 3)
    return np.exp(minimize(deviance, [start] * 3, method="L-BFGS-B", bounds=[(start - 12, start + 6)] * 3).x)


def posterior_covariance(applications, examiners, values, variances):
    """Covariance of mean + quality given the ratings, the mean unknown."""
    quality, leniency, noise = variances
    left = np.equal.outer(applications, np.unique(applications)).astype(float)
    right = np.equal.outer(examiners, np.unique(examiners)).astype(float)
    columns = np.column_stack([np.ones(len(values)), left, right])
    prior = np.concatenate([[0.0], np.full(left.shape[1], noise / quality), np.full(right.shape[1], noise / leniency)])
    covariance = noise * np.linalg.inv(columns.T @ columns + np.diag(prior))
    carry = np.column_stack([np.ones(left.shape[1]), np.eye(left.shape[1]), np.zeros((left.shape[1], right.shape[1]))])
    return carry @ covariance @ carry.T


def made_up(applications=60, examiners=8, each=3, seed=0, spread=(10.0, 5.0, 6.0), scale_spread=0.0):
    """Ratings about 50 with known qualities, leniencies and scales."""
    random = np.random.default_rng(seed)
    quality = random.normal(0, spread[0], applications)
    leniency = random.normal(0, spread[1], examiners)
    scale = np.maximum(random.normal(1, scale_spread, examiners), 0.2)
    who = np.concatenate([random.choice(examiners, each, replace=False) for _ in range(applications)])
    what = np.repeat(np.arange(applications), each)
    values = 50 + scale[who] * quality[what] + leniency[who] + random.normal(0, spread[2], len(who))
    return Ratings(what, who, values), quality, leniency, scale
