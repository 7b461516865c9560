"""Cases worked by hand."""

import numpy as np
import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.calibration import Ratings, calibrate
from zhuoyue.engine.ranking import Cut, rank, sensitivity


@pytest.mark.parametrize("case", golden("ranking"))
def test_ranking_is_as_worked_by_hand(case):
    found = calibrate(Ratings(*zip(*case["ratings"], strict=True)))
    cut = Cut(**case["cut"])
    ranking = rank(found, cut=cut, seed=1)
    shown = {name: getattr(ranking, name) for name in case["expect"]}
    check(case["expect"], {name: list(np.asarray(value).tolist()) for name, value in shown.items()})
    if "flips" in case:
        check(case["flips"], plain(sensitivity(found, cut=cut)))
