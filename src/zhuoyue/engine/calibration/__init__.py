"""Calibration: the leniency of examiners taken out of their ratings, with what remains uncertain.

    from zhuoyue.engine.calibration import Ratings, calibrate
    result = calibrate(Ratings(applications, examiners, values), scale="auto")
    result.adjusted, result.leniency, result.scale

`zhuoyue.engine.ranking` ranks a calibration, with intervals and the chance of each application to be above the cut.
"""

from zhuoyue.engine.calibration.checks import UNLIMITED, CalibrationRefusedError, Limits, Reason
from zhuoyue.engine.calibration.draws import Block, own_variance, posterior
from zhuoyue.engine.calibration.facets import CriterionEffects
from zhuoyue.engine.calibration.model import Calibration, calibrate, check
from zhuoyue.engine.calibration.ratings import Ratings, RatingsError
from zhuoyue.engine.calibration.solver import NotConvergedError
from zhuoyue.engine.calibration.variances import Variances

__all__ = [
    "UNLIMITED",
    "Block",
    "Calibration",
    "CalibrationRefusedError",
    "CriterionEffects",
    "Limits",
    "NotConvergedError",
    "Ratings",
    "RatingsError",
    "Reason",
    "Variances",
    "calibrate",
    "check",
    "own_variance",
    "posterior",
]
