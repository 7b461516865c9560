"""The call into `engine.scoring`: which model reads which item of which scorebook."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.golden_cases import check, plain

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.queries.totals import Sheet, mean_total, total_of
from zhuoyue.domain.judging.scales import Scales

CASES = sorted((Path(__file__).parent / "golden").glob("*.json"))


def node(data):
    points = Decimal(data["points"]) if "points" in data else None
    parent = Node(code=data["parent"])
    return Node(code=data["code"], kind=data["kind"], points=points, parent=parent)


def sheet(data):
    values = {code: Decimal(value) for code, value in data["values"].items()}
    return Sheet(Scales(data["process"], data["results"]), values)


def test_there_are_cases():
    assert len(CASES) > 1


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_total_of_what_scorebooks_say(path):
    case = json.loads(path.read_text("utf-8"))
    total = total_of([node(data) for data in case["items"]], *(sheet(data) for data in case["sheets"]))
    check(case["total"], plain(total))


def test_the_mean_of_three_voices_is_exact():
    items = [node({"code": "4.1", "parent": "4", "kind": "process", "points": "30"})]
    scales = Scales("percent-bands-adli", "plain-points")
    totals = {
        name: total_of(items, Sheet(scales, {"4.1": Decimal(value)}))
        for name, value in zip("甲乙丙", (50, 50, 55), strict=True)
    }
    assert mean_total(totals).value == Decimal("15.5")
