"""Cases worked by hand."""

import numpy as np
import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.calibration import CalibrationRefusedError, Limits, Ratings, calibrate


def calibrated(case):
    options = dict(case["options"])
    limits = Limits(**options.pop("limits", {}))
    return calibrate(Ratings(*zip(*case["ratings"], strict=True)), limits=limits, **options)


def shown(found, digits):
    """The figures of a calibration, rounded, and two that golden cases read more easily."""
    result = {name: getattr(found, name) for name in ("mean", "raw", "adjusted", "leniency", "scale")}
    result["adjusted_less_mean"] = found.adjusted - found.adjusted.mean()
    if found.criteria is not None:
        result["easiness_steps"] = -np.diff(found.criteria.easiness)
    rounded = {name: (np.round(value, digits) + 0.0).tolist() for name, value in result.items()}
    variances = {name: round(value, digits) for name, value in plain(found.variances).items()}
    return rounded | {"variances": variances}


@pytest.mark.parametrize("case", golden("calibration"))
def test_calibration_is_as_worked_by_hand(case):
    if "refused" in case:
        with pytest.raises(CalibrationRefusedError) as refused:
            calibrated(case)
        check(case["refused"], plain(refused.value.reasons))
    else:
        check(case["expect"], shown(calibrated(case), case.get("digits", 4)))
