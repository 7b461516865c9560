from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.indicators import Comparator, Direction, Indicator, IndicatorError, assess
from zhuoyue.engine.verdict import Verdict

numbers = st.integers(-50, 50)
series = st.dictionaries(st.integers(2010, 2022), numbers, max_size=8)


def rising(**given):
    return Indicator("x", {2018: 1, 2019: 2, 2020: 3}, **given)


def test_without_values_there_is_only_a_reason():
    found = assess(Indicator("x", {2020: None}, target=5, comparators=[Comparator("c", {2020: 1})]))
    assert found.level.verdict == Verdict.of("no_values")
    assert found.trend.verdict == Verdict.of("too_few_points", points=0, needed=3)
    assert found.comparisons[0].verdict == Verdict.of("no_common_year")
    assert found.notes == ()


def test_equal_values_are_unchanged():
    trend = assess(Indicator("x", {2018: 4, 2019: 4, 2020: 4})).trend
    assert (trend.verdict.code, trend.verdict["moves"], trend.adverse, trend.run) == ("unchanged", "level", False, 2)


@pytest.mark.parametrize(
    ("values", "code", "run"),
    [
        ((1, 2, 3, 4), "improved_throughout", 3),
        ((4, 3, 2, 1), "worsened_throughout", 3),
        ((1, 5, 4, 6), "improved_overall", 1),
        ((6, 4, 5, 1), "worsened_overall", 1),
        ((1, 5, 5, 1), "no_clear_trend", 1),
        ((1, 9, 3, 2), "worsened_overall", 2),
    ],
)
def test_trend_codes(values, code, run):
    trend = assess(Indicator("x", dict(enumerate(values, 2018)))).trend
    assert (trend.verdict.code, trend.run) == (code, run)


def test_two_points_make_a_trend_where_asked():
    found = assess(Indicator("x", {2019: 1, 2020: 3}), min_points=1)
    assert found.trend.verdict.code == "improved_throughout"
    assert assess(Indicator("x", {2019: 1}), min_points=1).trend.verdict["needed"] == 2


def test_the_years_own_target_goes_first():
    level = assess(rising(target=1, targets={2020: 4})).level
    assert (level.target, level.gap, level.gap_percent, level.verdict.code) == (4, -1, -25, "target_missed")


def test_tolerance_is_for_the_best_target_only():
    within = Indicator("x", {2020: "10.5"}, direction=Direction.TARGET_BEST, target=10, tolerance="0.5")
    assert assess(within).level.verdict.code == "target_met"
    assert assess(rising(target=4, tolerance=1)).level.verdict.code == "target_missed"


@pytest.mark.parametrize(
    ("theirs", "code", "course"),
    [
        ({2020: 3}, "level_with", Verdict.of("one_common_year", year=2020)),
        ({2018: 2, 2020: 2}, "ahead", Verdict.of("overtook", year=2020)),
        ({2018: 0, 2019: 2, 2020: 9}, "behind", Verdict.of("fell_behind", year=2020)),
        ({2018: 3, 2019: 3, 2020: 4}, "behind", Verdict.of("gap_shrinking", first=2018, last=2020, change=Decimal(-1))),
        ({2018: 2, 2019: 4, 2020: 5}, "behind", Verdict.of("gap_growing", first=2018, last=2020, change=Decimal(1))),
        ({2018: 0, 2019: 1, 2020: 1}, "ahead", Verdict.of("lead_growing", first=2018, last=2020, change=Decimal(1))),
        ({2018: 0, 2020: 2}, "ahead", Verdict.of("lead_unchanged", first=2018, last=2020, change=Decimal(0))),
        ({2018: 0, 2020: 3}, "level_with", Verdict.of("gap_shrinking", first=2018, last=2020, change=Decimal(-1))),
    ],
)
def test_comparison_and_its_course(theirs, code, course):
    found = assess(rising(comparators=[Comparator("c", theirs, kind="benchmark")])).comparisons[0]
    assert (found.kind, found.verdict.code, found.course) == ("benchmark", code, course)


def test_nothing_is_a_percentage_of_nought():
    found = assess(rising(target=0, comparators=[Comparator("c", {2020: 0})]))
    assert found.level.gap_percent is None
    assert found.comparisons[0].gap_percent is None


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        (Indicator("x", {2020: 0.5}), "x 2020 is 0.5, not an exact number"),
        (Indicator("x", {2020: 1}, target="many"), "x, target is 'many', which does not read as a number"),
        (Indicator("x", {2020: 1}, target=1, tolerance=0.5), "x, tolerance is 0.5, not an exact number"),
        (Indicator("x", {2020: 1}, comparators=[Comparator("c", {2020: "-"})]), "c 2020 is '-'"),
        (Indicator("x", {2020: 1}, direction=Direction.TARGET_BEST), "the best value is the target, but 2020 has none"),
    ],
)
def test_an_incomplete_statement_is_refused(indicator, sentence):
    with pytest.raises(IndicatorError) as caught:
        assess(indicator)
    assert sentence in str(caught.value)


@given(series, st.randoms(use_true_random=False))
def test_the_order_of_years_changes_nothing(values, chance):
    years = chance.sample(sorted(values), len(values))
    assert assess(Indicator("x", {year: values[year] for year in years})) == assess(Indicator("x", values))


@given(series)
def test_lower_is_better_mirrors_higher_is_better(values):
    up = assess(Indicator("x", values, target=3)).trend
    mirrored = Indicator("x", {year: -value for year, value in values.items()}, direction=Direction.LOWER_BETTER)
    down = assess(mirrored).trend
    assert (up.improvement, up.improving, up.worsening, up.adverse) == (
        down.improvement,
        down.improving,
        down.worsening,
        down.adverse,
    )
    assert up.verdict.code == down.verdict.code


@given(series.filter(lambda values: len(values) >= 3), numbers, st.integers(-9, 9))
def test_a_straight_line_added_adds_its_slope(values, start, slope):
    tilted = {year: value + start + slope * (year - 2010) for year, value in values.items()}
    before, after = (Fraction(assess(Indicator("x", some)).trend.slope) for some in (values, tilted))
    assert float(after - before) == pytest.approx(slope)
    pairs = [(a, b) for a in values for b in values if a < b]
    assert float(before) == pytest.approx(median((values[b] - values[a]) / (b - a) for a, b in pairs))
