from decimal import Decimal

import pytest

from zhuoyue.engine.scoring import (
    Marks,
    ModelError,
    TotalError,
    composite_of,
    model_from_data,
    replay,
    total_of,
    tree_from_data,
)

PERCENT = model_from_data(
    {"key": "p", "kind": "percent_bands", "step": 5, "bands": [{"low": 10, "high": 90}], "dimensions": ["a", "b"]}
)
GRADES = model_from_data(
    {"key": "g", "kind": "grades", "full": 4, "grades": [{"key": "poor", "value": 1}, {"key": "good", "value": 3}]}
)
POINTS = model_from_data({"key": "q", "kind": "points"})
PLAIN = tree_from_data({"key": "top", "children": [{"key": "a"}, {"key": "b"}]})
POINTED = tree_from_data({"key": "top", "children": [{"key": "a", "points": 300}, {"key": "b", "points": 200}]})


def test_a_value_for_an_item_the_tree_does_not_score_is_an_error():
    with pytest.raises(TotalError, match="top: values for items that the tree does not score: x, y"):
        total_of(PLAIN, {"y": 50, "x": 50}, PERCENT)


def test_each_kind_of_item_may_have_its_own_model():
    tree = tree_from_data(
        {"key": "top", "children": [{"key": "a", "kind": "process"}, {"key": "b", "kind": "results"}]}
    )
    models = {"process": PERCENT, "results": GRADES}
    total = total_of(tree, {"a": 50, "b": "good"}, models)
    assert total.value == Decimal("62.5")
    open_total = total_of(tree, {}, models)
    assert (open_total.low, open_total.high) == (Decimal("17.5"), Decimal("82.5"))
    with pytest.raises(ModelError, match="item 'b' is of kind 'results'; there are models for: process"):
        total_of(tree, {}, {"process": PERCENT})


def test_open_totals_of_points_run_to_the_items_points():
    total = total_of(POINTED, {"a": "299.5"}, POINTS)
    assert (total.value, total.percent, total.low, total.high) == (None, None, Decimal("299.5"), Decimal("499.5"))


def test_a_mean_of_examiners_may_stand_between_steps():
    assert total_of(PLAIN, {"a": "52.5", "b": 60}, PERCENT).value is None
    assert total_of(PLAIN, {"a": "52.5", "b": 60}, PERCENT, enforce_step=False).value == Decimal("56.25")


def test_marks_of_dimensions_travel_with_the_item():
    total = total_of(PLAIN, {"a": Marks(50, {"a": 55, "b": 60}), "b": 60}, PERCENT)
    assert [note.code for note in total.items[0].notes] == ["outside_guide"]


def test_equal_totals_are_equal_whatever_the_thirds():
    tree = tree_from_data(
        {"key": "t", "children": [{"key": k, "children": [{"key": k + n} for n in "123"]} for k in "AB"]}
    )
    up = total_of(tree, {"A1": 50, "A2": 50, "A3": 55, "B1": 50, "B2": 50, "B3": 45}, PERCENT)
    assert up.value == 50


def test_stages_are_weighed_on_one_scale():
    document = total_of(POINTED, {"a": 50, "b": 50}, PERCENT)
    total = composite_of({"document": document, "site": 400}, weights={"document": "0.6", "site": "0.4"}, out_of=500)
    assert total.value == Decimal("0.6") * 250 + Decimal("0.4") * 400
    assert (total.maximum, total.low, total.high, total.percent) == (500, total.value, total.value, 62)
    assert replay(total.explanation) == total.value
    rescaled = composite_of({"document": document, "poll": 80}, weights={"document": 3, "poll": 1})
    assert rescaled.value == Decimal("57.5")
    assert rescaled.explanation.children[0].formula == "250 × 100 ÷ 500"


def test_a_missing_stage_or_item_leaves_the_composite_open():
    document = total_of(POINTED, {"a": 50}, PERCENT)
    refused = total_of(POINTED, {"a": 50, "b": 51}, PERCENT)
    total = composite_of(
        {"document": document, "visit": refused, "jury": None, "poll": 50},
        weights={"document": 1, "visit": 1, "jury": 1, "poll": 1},
    )
    assert total.value is None
    assert total.missing == ("document/b", "jury")
    assert [name for name, _ in total.refused] == ["visit/b"]
    # document 150+20..180 of 500 -> 34..66; visit the same; jury 0..100; poll 50
    assert (total.low, total.high) == ((34 + 34 + 0 + 50) / Decimal(4), (66 + 66 + 100 + 50) / Decimal(4))


@pytest.mark.parametrize(
    ("parts", "weights", "sentence"),
    [
        ({"a": 1}, {"b": 1}, r"weights are for \['b'\], parts are \['a'\]; they must be the same"),
        ({"a": 1}, {"a": -1}, "weights must not be negative, and one must be above 0"),
        ({"a": 1}, {"a": 0}, "weights must not be negative, and one must be above 0"),
        ({"a": 101}, {"a": 1}, "a is 101; it must lie within 0-100"),
    ],
)
def test_a_composite_that_does_not_add_up_is_refused(parts, weights, sentence):
    with pytest.raises(TotalError, match=sentence):
        composite_of(parts, weights=weights)
