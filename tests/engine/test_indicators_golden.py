import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.indicators import Comparator, Direction, Indicator, assess


def by_year(values):
    return {int(year): value for year, value in values.items()}


@pytest.mark.parametrize("case", golden("indicators"))
def test_assessment_is_as_worked_by_hand(case):
    data = case["indicator"]
    comparators = [Comparator(**row | {"values": by_year(row["values"])}) for row in data["comparators"]]
    changes = {"values": by_year(data["values"]), "comparators": comparators, "direction": Direction(data["direction"])}
    check(case["expect"], plain(assess(Indicator(**data | changes))))
