from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from zhuoyue.engine.progress import Aim, ProgressError, State, Target, expected_on, progress_of
from zhuoyue.engine.verdict import Verdict

START = date(2021, 1, 1)
TARGET = Target("x", 100, due=START + timedelta(100), baseline=(START, 0))


def day(number):
    return START + timedelta(number)


def of(reports, *, today=50, target=TARGET, **given):
    return progress_of(target, {day(number): value for number, value in reports.items()}, today=day(today), **given)


def test_the_expected_value_lies_on_the_line_between_milestones():
    target = Target("x", 100, due=day(100), baseline=(day(0), 0), milestones={day(50): 80, day(100): 90})
    assert [expected_on(target, day(number)) for number in (-1, 0, 25, 50, 75, 100, 101)] == [
        None,
        0,
        40,
        80,
        90,
        100,
        100,
    ]
    assert expected_on(Target("x", 5), day(0)) is None


def test_milestones_without_a_due_date_lead_as_far_as_they_go():
    target = Target("x", 100, milestones={day(10): 10, day(20): 50})
    assert expected_on(target, day(30)) == 50
    found = of({10: 10, 20: 50}, today=20, target=target)
    assert (found.state, found.forecast.on, found.forecast.value) == (State.ON_COURSE, day(20), 50)
    assert of({10: 10, 20: 50}, today=21, target=target).forecast is None


def test_before_anything_is_expected_the_forecast_decides():
    target = Target("x", 100, due=day(100))
    assert of({0: 0, 10: 11}, today=20, target=target).state is State.ON_COURSE
    slow = of({0: 0, 10: 9}, today=20, target=target)
    assert slow.state is State.BEHIND
    assert slow.verdicts == (Verdict.of("against_forecast", on=day(100), forecast=Decimal(90), goal=Decimal(100)),)
    assert of({0: 0}, today=20, target=target).verdicts == (Verdict.of("nothing_due_yet"),)


@pytest.mark.parametrize(("today", "state"), [(100, State.BEHIND), (101, State.MISSED)])
def test_the_due_day_itself_still_counts(today, state):
    assert of({90: 99}, today=today).state is state


def test_reports_from_the_future_are_left_out_and_noted():
    found = of({40: 41, 60: 100}, today=50)
    assert (found.latest, found.reported_on) == (41, day(40))
    assert Verdict.of("reports_from_the_future", days=(day(60),)) in found.verdicts


@pytest.mark.parametrize(("today", "old"), [(70, False), (71, True)])
def test_an_old_report_is_noted(today, old):
    found = of({40: 100}, today=today, stale_after=30)
    notes = [verdict for verdict in found.verdicts if verdict.code == "report_is_old"]
    assert notes == ([Verdict.of("report_is_old", reported_on=day(40), days=31)] if old else [])
    assert of({40: 100}, today=today).verdicts == found.verdicts[:1]


def test_nothing_is_a_share_of_no_way():
    assert of({40: 1}, target=Target("x", 0, due=day(100))).done is None
    assert of({40: 25}, target=Target("x", 50, due=day(100), baseline=(day(0), 100))).done == Decimal("1.5")


@pytest.mark.parametrize(
    ("reports", "aim", "goal", "on"),
    [
        ({0: 0, 10: 10}, Aim.AT_LEAST, 100, day(100)),
        ({0: 0, 10: 10}, Aim.AT_LEAST, 40, day(50)),
        ({0: 10, 10: 0}, Aim.AT_LEAST, 100, None),
        ({0: 10, 10: 10}, Aim.AT_LEAST, 100, None),
        ({0: 100, 10: 90}, Aim.AT_MOST, 30, day(70)),
        ({0: 90, 10: 100}, Aim.AT_MOST, 30, None),
        ({0: 0, 10: Decimal("0.0001")}, Aim.AT_LEAST, 10**6, None),
    ],
)
def test_the_day_on_which_the_line_reaches_the_goal(reports, aim, goal, on):
    assert of(reports, target=Target("x", goal, due=day(200), aim=aim)).forecast.reaches_on == on


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 100)), min_size=3, max_size=9, unique_by=lambda row: row[0])
)
def test_forecast_and_interval_are_those_of_the_textbook(rows):
    found = of(dict(rows), confidence=0.8).forecast
    x, y = np.array(sorted(rows), dtype=float).T
    line = stats.linregress(x, y)
    noise = np.sqrt(((y - line.intercept - line.slope * x) ** 2).sum() / (len(x) - 2))
    away = (100 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
    half = stats.t.ppf(0.9, len(x) - 2) * noise * np.sqrt(1 + 1 / len(x) + away)
    value = line.intercept + 100 * line.slope
    assert float(found.value) == pytest.approx(value, abs=1e-6)
    assert float(found.high) == pytest.approx(value + half, rel=1e-5, abs=1e-4)
    assert float(found.low) == pytest.approx(value - half, rel=1e-5, abs=1e-4)


@given(st.dictionaries(st.integers(0, 50), st.integers(0, 120), min_size=1, max_size=6), st.integers(0, 130))
def test_a_later_higher_report_never_worsens_the_state(reports, value):
    order = [State.MISSED, State.BEHIND, State.ON_COURSE, State.REACHED]
    more = reports | {51: value}
    higher = reports | {51: value + 1}
    assert order.index(of(higher, today=60).state) >= order.index(of(more, today=60).state)


def test_two_reports_make_a_line_without_an_interval():
    forecast = of({0: 0, 10: 10}).forecast
    assert (forecast.value, forecast.low, forecast.high, forecast.a_day) == (100, None, None, 1)


@pytest.mark.parametrize(
    ("target", "given", "sentence"),
    [
        (
            Target("x", 1, due=day(5), milestones={day(6): 1}),
            {},
            "x: the milestone of 2021-01-07 is after the due date",
        ),
        (Target("x", 1, due=day(5), baseline=(day(5), 0)), {}, "the milestone of 2021-01-06 is not after the baseline"),
        (Target("x", 1.5), {}, "x, goal is 1.5, not an exact number"),
        (Target("x", 1, baseline=(day(0), "-")), {}, "x, baseline is '-'"),
        (Target("x", 1), {"confidence": 1}, "confidence is 1; it must lie between 0 and 1"),
    ],
)
def test_a_target_that_contradicts_itself_is_refused(target, given, sentence):
    with pytest.raises(ProgressError) as caught:
        of({0: 1}, target=target, **given)
    assert sentence in str(caught.value)
