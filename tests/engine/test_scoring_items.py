from decimal import Decimal

import pytest

from zhuoyue.engine.scoring import Marks, ModelError, check_value, model_from_data, score_item
from zhuoyue.engine.verdict import Verdict

GUIDED = model_from_data(
    {"key": "p", "kind": "percent_bands", "step": 1, "bands": [{"low": 10, "high": 95}], "dimensions": ["a", "b"]}
)
STEPPED = model_from_data(
    {
        "key": "s",
        "kind": "percent_bands",
        "step": 5,
        "bands": [{"low": 10, "high": 95}],
        "dimensions": {"p": ["a", "b"]},
    }
)
COMPUTED = model_from_data(
    {
        "key": "c",
        "kind": "percent_bands",
        "step": 5,
        "bands": [{"low": 0, "high": 100}],
        "dimensions": {"process": ["a", "b"]},
        "guidance": "computed",
    }
)
GRADES = model_from_data(
    {"key": "g", "kind": "grades", "grades": [{"key": "low", "value": 1}, {"key": "high", "value": 2}]}
)
POINTS = model_from_data({"key": "q", "kind": "points", "step": "0.5"})


@pytest.mark.parametrize("value", [10, "15", Decimal("95.0")])
def test_a_value_on_the_steps_within_the_bounds_may_stand(value):
    assert check_value(STEPPED, value) == ()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (5, Verdict.of("below_low", value=Decimal(5), low=Decimal(10))),
        (Decimal("95.5"), Verdict.of("above_high", value=Decimal("95.5"), high=Decimal(95))),
        ("52", Verdict.of("off_step", value=Decimal(52), step=Decimal(5), near=(Decimal(50), Decimal(55)))),
        ("很好", Verdict.of("not_a_number", value="很好")),
        (52.0, Verdict.of("not_a_number", value=52.0)),
        (None, Verdict.of("not_a_number", value=None)),
    ],
)
def test_a_refusal_says_what_would_be_right(value, reason):
    assert check_value(STEPPED, value) == (reason,)


def test_the_step_may_be_waived_for_means_but_not_the_bounds():
    assert check_value(STEPPED, "52.5", enforce_step=False) == ()
    assert [reason.code for reason in check_value(STEPPED, "95.5", enforce_step=False)] == ["above_high"]


def test_the_nearest_step_above_never_passes_the_top():
    uneven = model_from_data({"key": "u", "kind": "points", "step": 4, "high": 10})
    assert check_value(uneven, 9)[0]["near"] == (8, 10)


def test_points_are_bounded_by_the_items_own():
    assert check_value(POINTS, "12.5", points=Decimal("12.5")) == ()
    assert check_value(POINTS, "0.5", points=Decimal("0.5")) == ()
    assert check_value(POINTS, 13, points=Decimal("12.5"))[0]["high"] == Decimal("12.5")
    with pytest.raises(ModelError, match="takes its top from the item's points, but the item has none"):
        check_value(POINTS, 13)
    with pytest.raises(ModelError, match="must be above 0, not 0"):
        check_value(POINTS, 0, points=Decimal(0))


def test_an_unknown_grade_is_refused_with_the_known_ones():
    assert check_value(GRADES, "middle") == (Verdict.of("unknown_grade", value="middle", grades=("low", "high")),)
    assert score_item(GRADES, "low").percent == 50


def test_dimensions_only_guide_the_examiners_own_percent():
    score = score_item(GUIDED, Marks(50, {"a": 40, "b": None}), points=Decimal(110))
    assert (score.value, score.percent, score.points) == (50, 50, 55)
    assert score.notes == (Verdict.of("outside_guide", value=Decimal(50), lowest=Decimal(40), highest=Decimal(40)),)
    assert score_item(GUIDED, Marks(50, {"a": 40, "b": 60})).notes == ()
    assert score_item(GUIDED, Marks(50, {"a": 50, "b": 60})).notes == ()
    assert score_item(GUIDED, Marks(60, {"a": 50, "b": 60})).notes == ()
    assert score_item(GUIDED, 50).points is None


def test_a_refused_mark_of_a_dimension_names_it_and_blocks_the_item():
    score = score_item(STEPPED, Marks(50, {"a": 42, "x": 50}), kind="p", node="4.1")
    assert score.percent is None
    assert score.missing == ()
    assert [(reason.code, reason["dimension"]) for reason in score.refused] == [
        ("unknown_dimension", "x"),
        ("off_step", "a"),
    ]


def test_a_computed_item_lists_the_dimensions_it_still_lacks():
    score = score_item(COMPUTED, Marks(dimensions={"b": 50}), kind="process", node="4.1")
    assert (score.percent, score.missing) == (None, ("4.1/a",))
    assert score_item(COMPUTED, Marks(dimensions={"a": 45, "b": 50}), kind="process").percent == Decimal("47.5")


def test_a_computed_item_takes_no_value_of_its_own():
    score = score_item(COMPUTED, Marks(50, {"a": 45, "b": 50}), kind="process")
    assert score.refused == (Verdict.of("value_is_computed", value=50),)
    assert score.percent is None


def test_a_model_that_computes_from_nothing_does_not_fit_the_item():
    with pytest.raises(ModelError, match="has none for kind 'results'"):
        score_item(COMPUTED, 50, kind="results")


def test_an_empty_item_is_missing():
    score = score_item(GUIDED, None, node="4.1")
    assert (score.missing, score.refused, score.band, score.notes) == (("4.1",), (), None, ())
