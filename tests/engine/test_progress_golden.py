from datetime import date

import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.progress import Aim, Target, progress_of


def by_day(values):
    return {date.fromisoformat(day): value for day, value in values.items()}


def target_of(data):
    baseline = data.get("baseline")
    return Target(
        name=data["name"],
        goal=data["goal"],
        due=date.fromisoformat(data["due"]) if "due" in data else None,
        aim=Aim(data.get("aim", "at_least")),
        baseline=None if baseline is None else (date.fromisoformat(baseline[0]), baseline[1]),
        milestones=by_day(data.get("milestones", {})),
    )


@pytest.mark.parametrize("case", golden("progress"))
def test_progress_is_as_worked_by_hand(case):
    found = progress_of(target_of(case["target"]), by_day(case["reports"]), today=date.fromisoformat(case["today"]))
    check(case["expect"], plain(found))
