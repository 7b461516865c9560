from dataclasses import replace
from fractions import Fraction

import pytest

from zhuoyue.engine.scoring import (
    Explanation,
    ReplayError,
    Rule,
    explanation_from_data,
    model_from_data,
    replay,
    total_of,
    tree_from_data,
)

MODEL = model_from_data({"key": "p", "kind": "percent_bands", "step": 5, "bands": [{"low": 0, "high": 100}]})
POINTED = tree_from_data({"key": "top", "children": [{"key": "a", "points": 30}, {"key": "b", "points": 70}]})
WEIGHTED = tree_from_data({"key": "top", "children": [{"key": "a", "weight": 2}, {"key": "b", "weight": 1}]})


def test_formulas_read_like_the_sum_on_paper():
    pointed = total_of(POINTED, {"a": 65, "b": 50}, MODEL).explanation
    assert [pointed.formula, *(child.formula for child in pointed.children)] == [
        "19.5 + 35",
        "65 × 30 ÷ 100",
        "50 × 70 ÷ 100",
    ]
    assert pointed.children[0].children[0].formula == ""
    assert total_of(WEIGHTED, {"a": 65, "b": 50}, MODEL).explanation.formula == "(2 × 65 + 1 × 50) ÷ 3"
    assert total_of(WEIGHTED, {"a": 65}, MODEL).explanation.formula == ""


def test_an_open_explanation_replays_to_nothing():
    explanation = total_of(WEIGHTED, {"a": 65}, MODEL).explanation
    assert replay(explanation_from_data(explanation.as_data())) is None


def test_a_changed_leaf_or_total_is_found():
    explanation = total_of(POINTED, {"a": 65, "b": 50}, MODEL).explanation
    with pytest.raises(ReplayError, match="top: recorded 60, but its parts give 109/2"):
        replay(replace(explanation, exact=Fraction(60)))
    data = explanation.as_data()
    data["children"][0]["children"][0]["inputs"]["value"] = "70"
    with pytest.raises(ReplayError, match="a: recorded 65, but its parts give 70"):
        replay(explanation_from_data(data))


@pytest.mark.parametrize("rule", [Rule.LOWEST, Rule.MEAN, Rule.SCALED])
def test_a_record_without_its_parts_does_not_replay(rule):
    with pytest.raises(ReplayError, match=f"x: recorded parts do not make a {rule}"):
        replay(Explanation("x", rule, Fraction(1)))
