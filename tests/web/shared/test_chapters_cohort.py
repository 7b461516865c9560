"""Totals chapter by chapter: percent of the points, and a cohort only where it names nobody."""

from decimal import Decimal

from zhuoyue.engine.scoring import composite_of, model_from_data, total_of, tree_from_data
from zhuoyue.web.shared.chapters import chapter_shares, spokes_of

MODEL = model_from_data({"key": "p", "kind": "percent_bands", "step": 5, "bands": [{"low": 0, "high": 100}]})
POINTED = tree_from_data(
    {
        "key": "top",
        "children": [
            {"key": "1", "children": [{"key": "1.1", "points": 30}, {"key": "1.2", "points": 70}]},
            {"key": "2", "points": 50},
        ],
    }
)
WEIGHTED = tree_from_data({"key": "top", "children": [{"key": "a", "weight": 2}, {"key": "b", "weight": 1}]})
TITLES = {"1": "1 领导", "2": "2 战略"}


def total(first, second, third):
    return total_of(POINTED, {"1.1": first, "1.2": second, "2": third}, MODEL)


def test_a_chapter_is_percent_of_its_points():
    assert chapter_shares(total(100, 0, 50)) == {"1": 30, "2": 50}


def test_without_points_it_is_the_mean():
    assert chapter_shares(total_of(WEIGHTED, {"a": 65, "b": 50}, MODEL)) == {"a": 65, "b": 50}


def test_spokes_carry_titles_and_the_others():
    others = [chapter_shares(total(value, value, value)) for value in (10, 20, 30)]
    first, second = spokes_of(total(50, 50, 70), others, TITLES)
    assert (first.label, first.own, first.cohort) == (
        "1 领导",
        Decimal("50.0"),
        (Decimal(10), Decimal(20), Decimal(30)),
    )
    assert second.own == 70


def test_two_others_are_no_cohort():
    others = [chapter_shares(total(10, 10, 10))] * 2
    assert [spoke.cohort for spoke in spokes_of(total(50, 50, 70), others, TITLES)] == [(), ()]


def test_an_unfinished_other_does_not_count():
    others = [chapter_shares(one) for one in (total(10, 10, 10), total(20, 20, 20), total(30, None, 30))]
    assert spokes_of(total(50, 50, 70), others, TITLES)[0].cohort == ()


def test_an_unfinished_total_and_a_mean_of_examiners_have_no_spokes():
    whole = total(50, 50, 70)
    assert spokes_of(total(50, None, 70), [], TITLES) == []
    assert spokes_of(composite_of({"甲": whole}, weights={"甲": 1}, out_of=whole.maximum), [], TITLES) == []
