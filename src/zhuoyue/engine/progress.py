"""Targets with milestones: where they stand on a given day, and where the reported course leads.

The expected value between two milestones lies on the straight line between them. The forecast is the least-squares
line through the reported values; its interval is the usual prediction interval, with Student's t:

    value ± t(n - 2) · s · √(1 + 1/n + (x - x̄)² / Σ(x_i - x̄)²)     s² = Σ residual² / (n - 2)
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from scipy.special import stdtrit

from zhuoyue.engine.exact import Number, NumberError, decimal_of, exact
from zhuoyue.engine.verdict import Verdict

_TWELVE_DIGITS = Context(prec=12)
_FEWEST_FOR_LINE = 2
_FEWEST_FOR_INTERVAL = 3
_LAST_DAY = date.max.toordinal()


class ProgressError(ValueError):
    """A target or report that contradicts itself."""


class Aim(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class State(StrEnum):
    """UNREPORTED: nothing has been reported, so nothing can be said about reaching it."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    UNDATED = "undated"
    UNREPORTED = "unreported"


@dataclass(frozen=True, slots=True)
class Target:
    """`goal` by the day `due` (None: no date was set). `milestones` and the `baseline` are (day, value)."""

    name: str
    goal: Number
    due: date | None = None
    aim: Aim = Aim.AT_LEAST
    baseline: tuple[date, Number] | None = None
    milestones: Mapping[date, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forecast:
    """For the day `on`; `low` and `high` are None with fewer than three reports. `reaches_on`: where the line does."""

    on: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    confidence: float
    a_day: Decimal
    reaches_on: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`expected` is what the milestones ask for on the day; `ahead` how far the latest report is beyond it.

    `done` is the share of the way from the baseline (0 without one) to the goal.
    """

    state: State
    latest: Decimal | None
    reported_on: date | None
    expected: Decimal | None
    ahead: Decimal | None
    done: Decimal | None
    forecast: Forecast | None
    verdicts: tuple[Verdict, ...]


Points = Sequence[tuple[date, Fraction]]


def progress_of(
    target: Target,
    reports: Mapping[date, Number],
    *,
    today: date,
    confidence: float = 0.9,
    stale_after: int | None = None,
) -> Progress:
    """`stale_after` days a report is noted as old. Reports dated after `today` are left out and noted.

    Raises ProgressError for a milestone after the due date, or a number that is none.
    """
    if not 0 < confidence < 1:
        raise ProgressError(f"confidence is {confidence}; it must lie between 0 and 1")
    goal = _number(target.goal, f"{target.name}, goal")
    path = _path(target, goal)
    known = [point for point in _points(reports, target.name) if point[0] <= today]
    verdicts = list(_notes(target, reports, path, known, today=today, stale_after=stale_after))
    expected = _expected(path, today)
    forecast = _forecast(target, goal, known, today=today, confidence=confidence)
    if not known:
        return Progress(State.UNREPORTED, None, None, _decimal(expected), None, None, None, tuple(verdicts))
    day, latest = known[-1]
    better = 1 if target.aim is Aim.AT_LEAST else -1
    state, reason = _state(target, goal, latest, expected, forecast, today=today)
    return Progress(
        state=state,
        latest=decimal_of(latest),
        reported_on=day,
        expected=_decimal(expected),
        ahead=None if expected is None else decimal_of(better * (latest - expected)),
        done=_done(target, goal, latest),
        forecast=forecast,
        verdicts=(reason, *verdicts),
    )


def expected_on(target: Target, day: date) -> Decimal | None:
    """What the milestones ask for on `day`; None before the first of them and for a target without dates."""
    return _decimal(_expected(_path(target, _number(target.goal, f"{target.name}, goal")), day))


def _number(value: Number, what: str) -> Fraction:
    try:
        return exact(value, what=what)
    except NumberError as error:
        raise ProgressError(str(error)) from error


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else decimal_of(number)


def _points(values: Mapping[date, Number], name: str) -> list[tuple[date, Fraction]]:
    return [(day, _number(value, f"{name} {day}")) for day, value in sorted(values.items())]


def _path(target: Target, goal: Fraction) -> list[tuple[date, Fraction]]:
    """Baseline, milestones and goal in the order of their days."""
    steps = _points(target.milestones, target.name)
    if target.due is not None:
        late = [day for day, _ in steps if day > target.due]
        if late:
            raise ProgressError(f"{target.name}: the milestone of {late[0]} is after the due date {target.due}")
        steps = [step for step in steps if step[0] < target.due] + [(target.due, goal)]
    if target.baseline is None:
        return steps
    day, value = target.baseline
    if steps and steps[0][0] <= day:
        raise ProgressError(f"{target.name}: the milestone of {steps[0][0]} is not after the baseline of {day}")
    return [(day, _number(value, f"{target.name}, baseline")), *steps]


def _expected(path: Points, day: date) -> Fraction | None:
    after = bisect_right(path, day, key=lambda point: point[0])
    if after == 0:
        return None
    start, value = path[after - 1]
    if after == len(path):
        return value
    end, goal = path[after]
    return value + (goal - value) * Fraction((day - start).days, (end - start).days)


def _state(
    target: Target,
    goal: Fraction,
    latest: Fraction,
    expected: Fraction | None,
    forecast: Forecast | None,
    *,
    today: date,
) -> tuple[State, Verdict]:
    if _meets(target, latest, goal):
        return State.REACHED, Verdict.of("goal_reached", goal=decimal_of(goal), latest=decimal_of(latest))
    if target.due is not None and today > target.due:
        return State.MISSED, Verdict.of("goal_missed", due=target.due, goal=decimal_of(goal), latest=decimal_of(latest))
    if target.due is None and not target.milestones:
        return State.UNDATED, Verdict.of("no_date_set")
    if expected is not None:
        state = State.ON_COURSE if _meets(target, latest, expected) else State.BEHIND
        reason = Verdict.of("against_milestones", expected=decimal_of(expected), latest=decimal_of(latest))
        return state, reason
    if forecast is not None:
        state = State.ON_COURSE if _meets(target, Fraction(forecast.value), goal) else State.BEHIND
        return state, Verdict.of("against_forecast", on=forecast.on, forecast=forecast.value, goal=decimal_of(goal))
    return State.ON_COURSE, Verdict.of("nothing_due_yet")


def _meets(target: Target, value: Fraction, line: Fraction) -> bool:
    return value >= line if target.aim is Aim.AT_LEAST else value <= line


def _done(target: Target, goal: Fraction, latest: Fraction) -> Decimal | None:
    """None where goal and start are the same, of which nothing is a share."""
    start = Fraction(0) if target.baseline is None else _number(target.baseline[1], "baseline")
    return None if goal == start else decimal_of((latest - start) / (goal - start))


def _notes(
    target: Target,
    reports: Mapping[date, Number],
    path: Points,
    known: Points,
    *,
    today: date,
    stale_after: int | None,
) -> list[Verdict]:
    found = []
    ahead_of_time = tuple(sorted(day for day in reports if day > today))
    if ahead_of_time:
        found.append(Verdict.of("reports_from_the_future", days=ahead_of_time))
    if known and stale_after is not None and (today - known[-1][0]).days > stale_after:
        found.append(Verdict.of("report_is_old", reported_on=known[-1][0], days=(today - known[-1][0]).days))
    for day, value in path:
        if day in target.milestones and day <= today and known and not _reached_by(target, value, known, day):
            found.append(Verdict.of("milestone_missed", day=day, value=decimal_of(value)))
    return found


def _reached_by(target: Target, value: Fraction, known: Points, day: date) -> bool:
    return any(_meets(target, reported, value) for when, reported in known if when <= day)


def _forecast(target: Target, goal: Fraction, known: Points, *, today: date, confidence: float) -> Forecast | None:
    """For the due date, else the last milestone, never a day gone by; None without a date or a line."""
    on = max([target.due] if target.due else target.milestones, default=None)
    if on is None or on < today or len(known) < _FEWEST_FOR_LINE:
        return None
    days = [Fraction(day.toordinal()) for day, _ in known]
    values = [value for _, value in known]
    count = len(known)
    middle, mean = sum(days, Fraction(0)) / count, sum(values, Fraction(0)) / count
    spread = sum(((day - middle) ** 2 for day in days), Fraction(0))
    slope = sum(((day - middle) * value for day, value in zip(days, values, strict=True)), Fraction(0)) / spread
    away = on.toordinal() - middle
    value = mean + slope * away
    half = None
    if count >= _FEWEST_FOR_INTERVAL:
        residuals = [got - mean - slope * (day - middle) for day, got in zip(days, values, strict=True)]
        noise = sum((residual**2 for residual in residuals), Fraction(0)) / (count - 2)
        half = _half_width(noise * (1 + Fraction(1, count) + away**2 / spread), count - 2, confidence)
    return Forecast(
        on=on,
        value=decimal_of(value),
        low=None if half is None else decimal_of(value - half),
        high=None if half is None else decimal_of(value + half),
        confidence=confidence,
        a_day=decimal_of(slope),
        reaches_on=_reaches_on(target, goal, slope, mean - slope * middle, today),
    )


def _half_width(variance: Fraction, freedom: int, confidence: float) -> Fraction:
    """Twelve significant digits: more than an estimate's width is known to."""
    quantile = Decimal(float(stdtrit(freedom, (1 + confidence) / 2)))
    return Fraction(_TWELVE_DIGITS.multiply(quantile, decimal_of(variance).sqrt()))


def _reaches_on(target: Target, goal: Fraction, slope: Fraction, start: Fraction, today: date) -> date | None:
    """The first day from `today` on which the line meets the goal; None when it never does or too far off to name."""
    if _meets(target, start + slope * today.toordinal(), goal):
        return today
    towards = slope > 0 if target.aim is Aim.AT_LEAST else slope < 0
    if not towards:
        return None
    day = ceil((goal - start) / slope)
    return date.fromordinal(day) if day <= _LAST_DAY else None
