"""One scale per examiner: some spread their scores wide, others crowd them together.

    y_ij = mu + leniency_j + scale_j * quality_i + noise,      scale_j ~ N(1, spread)

Expectation-maximisation over the qualities: given the scales, qualities have a mean q_i and a variance v_i in closed
form; given those, each examiner's (leniency, scale) is a ridge regression of two unknowns on q_i, in which the v_i
keep uncertain qualities from passing as differences of scale. The mean scale is held at 1.

Whether scales are worth having is decided by the likelihood with the qualities integrated out, each scale costing
its effective degree of freedom (conditional Akaike criterion): F. Vaida, S. Blanchard, Biometrika 92 (2005) 351-370.
"""

from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.calibration.ratings import Design, Floats
from zhuoyue.engine.calibration.solver import System, system_of
from zhuoyue.engine.calibration.variances import Fit, Variances, fit, refine

ROUNDS = 30
FIRST_SPREAD = 0.04
LEAST_SCALE = 0.05  # a scale of nought or below would say that an examiner's order means nothing or its reverse
REST = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """Scales with their standard errors, the spread (variance) among them and what they gain over equal scales.

    `gain` is the fall of the conditional Akaike criterion; above 0 the scales are expected to predict better.
    """

    scale: Floats
    error: Floats
    spread: float
    variances: Variances
    gain: float


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    scale: Floats
    error: Floats
    spread: float


def scales_of(design: Design, start: Variances) -> Scales:
    """Scales by expectation-maximisation from equal scales; `start` are the variances under equal scales."""
    equal = np.ones(len(design.examiners))
    system = system_of(design, scale=equal, quality_ratio=start.quality_ratio, leniency_ratio=start.leniency_ratio)
    plain = deviance(design, system, fit(system, design.values), equal, start)
    now, variances = Step(equal, np.zeros_like(equal), FIRST_SPREAD), start
    for _ in range(ROUNDS):
        after = step(design, system, fit(system, design.values), now, variances)
        moved = float(np.abs(after.scale - now.scale).max())
        now = after
        system = system_of(design, scale=now.scale)
        variances = refine(system, design.values, variances, most_steps=1)
        system = system.with_ratios(variances.quality_ratio, variances.leniency_ratio)
        if moved < REST:
            break
    scaled = deviance(design, system, fit(system, design.values), now.scale, variances)
    freedom = 1.0 + float((1.0 - now.error**2 / now.spread).sum())
    return Scales(now.scale, now.error, now.spread, variances, plain - scaled - 2.0 * freedom)


def equal_scales(examiners: int, variances: Variances) -> Scales:
    return Scales(np.ones(examiners), np.zeros(examiners), 0.0, variances, 0.0)


def step(design: Design, system: System, found: Fit, now: Step, variances: Variances) -> Step:
    examiners = len(design.examiners)
    quality = found.quality[design.application]
    unsure = (variances.noise / system.application_weight)[design.application]
    rest = design.values - found.mean
    ridge = variances.noise / now.spread

    def summed(values: Floats) -> Floats:
        return np.bincount(design.examiner, values, examiners).astype(np.float64, copy=False)

    count = design.per_examiner + variances.leniency_ratio
    qualities, squares = summed(quality), summed(quality * quality + unsure) + ridge
    sums, products = summed(rest), summed(rest * quality) + ridge
    determinant = count * squares - qualities * qualities
    scale = np.maximum((count * products - qualities * sums) / determinant, LEAST_SCALE)
    error = np.sqrt(variances.noise * count / determinant)
    spread = float(((scale - 1.0) ** 2 + error**2).mean())
    return Step(scale / scale.mean(), error, spread)


def deviance(design: Design, system: System, found: Fit, scale: Floats, variances: Variances) -> float:
    """-2 log likelihood of the ratings given mean, leniencies and scales, the qualities integrated out."""
    rest = design.values - found.mean - found.leniency[design.examiner]
    along = np.bincount(design.application, scale[design.examiner] * rest, len(design.applications))
    distance = float(rest @ rest) - float((along**2 / system.application_weight).sum())
    volume = len(rest) * np.log(variances.noise)
    volume += float(np.log(system.application_weight / variances.quality_ratio).sum())
    return float(distance / variances.noise + volume)
