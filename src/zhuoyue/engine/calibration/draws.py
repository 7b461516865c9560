"""Draws from what the ratings leave open: perturb and solve.

A draw makes up qualities, leniencies and noise from the estimated variances, subtracts the ratings they would give
from the real ones, solves for what is left and adds the two: an exact draw of (mean, quality, leniency) given the
ratings and the variances, at the price of one solve and without any matrix of covariances.
Source: G. Papandreou, A. Yuille, Advances in Neural Information Processing Systems 23 (2010).
Each draw has its own stream (seed, number), so that a draw does not depend on how many others are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.calibration.model import Calibration
from zhuoyue.engine.calibration.ratings import Floats
from zhuoyue.engine.calibration.solver import System
from zhuoyue.engine.calibration.variances import fitted

AT_ONCE = 20  # draws solved side by side; memory is this many times the ratings
ACCURACY = 1e-6  # of a solve, relative: far below the width of what is drawn


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some draws, one per column.

    `adjusted` (applications) and `leniency` (examiners) are draws; `centre` is the expectation of `adjusted` given
    the drawn mean and leniencies, whose remaining variance is known exactly (`own_variance`).
    """

    adjusted: Floats
    leniency: Floats
    centre: Floats


def own_variance(calibration: Calibration) -> Floats:
    """The variance of each application's quality that would remain if mean and leniencies were known."""
    variance: Floats = calibration.variances.noise / calibration.system().application_weight
    return variance


def posterior(calibration: Calibration, *, draws: int, seed: int) -> Iterator[Block]:
    """Draws in blocks of at most `AT_ONCE`."""
    system = calibration.system()
    ones = np.ones((len(calibration.design.values), 1))
    of_mean = system.solve(ones, accuracy=ACCURACY)
    unexplained = 1.0 - fitted(system, of_mean)[:, 0]
    for start in range(0, draws, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, draws))
        quality, leniency, left = made_up(calibration, system, [(seed, number) for number in numbers])
        solved = system.solve(left, accuracy=ACCURACY)
        mean = (unexplained @ left) / unexplained.sum()
        quality += mean + solved.quality - of_mean.quality * mean
        leniency += solved.leniency - of_mean.leniency * mean
        rest = (system.by_application @ calibration.design.values)[:, None]
        rest = rest - (system.by_application @ ones) * mean - system.weights @ leniency
        yield Block(quality, leniency, mean + rest / system.application_weight[:, None])


def made_up(calibration: Calibration, system: System, streams: list[tuple[int, int]]) -> tuple[Floats, Floats, Floats]:
    """Qualities and leniencies out of the air, and the real ratings minus those they would have given."""
    design, variances = calibration.design, calibration.variances
    quality = np.empty((len(design.applications), len(streams)))
    leniency = np.empty((len(design.examiners), len(streams)))
    left = np.empty((len(design.values), len(streams)))
    known = (calibration.adjusted - calibration.mean)[design.application]
    for column, stream in enumerate(streams):
        random = np.random.default_rng(stream)
        quality[:, column] = random.normal(0.0, np.sqrt(variances.quality), len(quality))
        leniency[:, column] = random.normal(0.0, np.sqrt(variances.leniency), len(leniency))
        noise = random.normal(0.0, np.sqrt(variances.noise), len(left))
        # what is unsure of the scales enters to first order, as a rating error in proportion to quality
        unsure = random.normal(0.0, calibration.scale_error)
        left[:, column] = design.values - noise - unsure[design.examiner] * known
    left -= system.by_application.T @ quality + system.by_examiner.T @ leniency
    return quality, leniency, left
