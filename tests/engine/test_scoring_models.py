from decimal import Decimal

import pytest

from zhuoyue.engine.scoring import Band, Guidance, Kind, ModelError, model_from_data

BANDS = [{"low": 0, "high": 5}, {"low": 10, "high": 25, "name": "early"}, {"low": 30, "high": 100}]
BANDED = {"key": "p", "kind": "percent_bands", "step": 5, "bands": BANDS}
RADAR = {**BANDED, "kind": "radar", "dimensions": [{"key": "approach", "attributes": ["sound"]}, "deployment"]}
GRADES = {"key": "g", "kind": "grades", "grades": [{"key": "a", "value": 1}, {"key": "b", "value": 2}]}
POINTS = {"key": "q", "kind": "points"}


def test_percent_bands_bound_what_may_be_entered():
    model = model_from_data(BANDED)
    assert (model.low, model.high, model.full, model.step) == (0, 100, 100, 5)
    assert model.guidance is Guidance.GUIDE_ONLY
    assert model.band_of(Decimal(25)) == Band(Decimal(10), Decimal(25), "early")
    assert model.band_of(Decimal("7.5")) is None


def test_bands_may_begin_beside_the_steps():
    model = model_from_data(BANDED | {"step": 10, "bands": [{"low": 3, "high": 13}, {"low": 23, "high": 33}]})
    assert (model.low, model.high) == (3, 33)


def test_dimensions_may_differ_by_kind_of_item():
    model = model_from_data(BANDED | {"dimensions": {"process": ["approach"], "results": ["levels", "trends"]}})
    assert [dimension.key for dimension in model.dimensions_for("results")] == ["levels", "trends"]
    assert model.dimensions_for("context") == ()
    everywhere = model_from_data(BANDED | {"dimensions": ["approach"]})
    assert [dimension.key for dimension in everywhere.dimensions_for("results")] == ["approach"]


def test_radar_computes_unless_told_otherwise():
    assert model_from_data(RADAR).guidance is Guidance.COMPUTED
    assert model_from_data(RADAR | {"guidance": "guide_only"}).guidance is Guidance.GUIDE_ONLY
    assert model_from_data(RADAR | {"ceilings": ["approach"]}).ceilings == ("approach",)


def test_a_grade_scale_may_be_full_above_its_best_grade():
    assert model_from_data(GRADES).full == 2
    assert model_from_data(GRADES | {"full": 4}).full == 4


def test_plain_points_may_have_bounds_of_their_own():
    free = model_from_data(POINTS)
    assert (free.kind, free.low, free.high, free.full, free.step) == (Kind.POINTS, 0, None, None, None)
    bound = model_from_data(POINTS | {"low": 1, "high": 10, "step": 0.5})
    assert (bound.low, bound.high, bound.full, bound.step) == (1, 10, 10, Decimal("0.5"))


def bands(*pairs):
    return {"bands": [{"low": low, "high": high} for low, high in pairs]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "scoring model: key must be a text"),
        ({"key": "x", "kind": "stars"}, "kind is 'stars'; it must be one of: percent_bands, radar, grades, points"),
        (BANDED | {"grades": []}, "scoring model 'p': unknown grades"),
        (BANDED | bands((10, 5)), "band 10-5 must rise and lie within 0-100"),
        (BANDED | bands((0, 105)), "band 0-105 must rise and lie within 0-100"),
        (BANDED | bands((0, 12)), "band 0-12 is not a whole number of steps of 5"),
        (BANDED | bands((0, 5), (15, 25)), "after 0-5 the next band must start at 10, not 15"),
        (BANDED | {"guidance": "computed"}, "guidance is computed, but there are no dimensions"),
        (BANDED | {"dimensions": ["a", "a"]}, "named twice: a"),
        (BANDED | {"dimensions": [{"key": "a", "attributes": ["b"]}]}, "dimensions 1: unknown attributes"),
        (BANDED | {"dimensions": [{"key": "a", "weight": 0}]}, "dimensions: the weights add up to 0"),
        (BANDED | {"dimensions": [{"key": "a", "weight": -1}]}, "weight is -1; it must not be negative"),
        (RADAR | {"ceilings": ["sound"]}, "ceilings: unknown sound; known are: approach, deployment"),
        (RADAR | {"dimensions": [{"key": "a", "attributes": ["x"]}, {"key": "b", "attributes": ["x"]}]}, "twice: x"),
        (GRADES | {"grades": [{"key": "a", "value": 1}, {"key": "a", "value": 2}]}, "named twice: a"),
        (GRADES | {"grades": [{"key": "a", "value": 1}, {"key": "b", "value": 1}]}, "grades must rise in value"),
        (GRADES | {"full": 1}, "full is 1; it must be above 0 and at least the best grade's 2"),
        (GRADES | {"grades": [{"key": "a", "value": 0}]}, "full is 0; it must be above 0"),
        (POINTS | {"low": 10, "high": 10}, "low 10 must be below high 10"),
    ],
)
def test_a_contradiction_is_named_with_its_place(data, sentence):
    with pytest.raises(ModelError) as caught:
        model_from_data(data)
    assert sentence in str(caught.value)
