"""Results indicators: level against the target, trend over the years, comparison with others.

Everything is exact. The trend is Theil and Sen's: the middle of the slopes between all pairs of years, which one odd
year cannot turn. Verdicts are codes with values; faces word them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median

from zhuoyue.engine.exact import Number, NumberError, decimal_of, exact
from zhuoyue.engine.verdict import Verdict

YearlySeries = Mapping[int, Number | None]

_FEWEST_FOR_TREND = 3


class IndicatorError(ValueError):
    """An indicator that cannot be judged because its own statement is incomplete."""


class Direction(StrEnum):
    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    TARGET_BEST = "target_best"


@dataclass(frozen=True, slots=True)
class Comparator:
    """`kind` is the caller's word (competitor, benchmark, industry mean)."""

    name: str
    values: YearlySeries
    kind: str = "competitor"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`values` by year, None where not known. `targets` by year go before the one `target` for all years.

    With TARGET_BEST a value within `tolerance` of the target meets it.
    """

    name: str
    values: YearlySeries
    direction: Direction = Direction.HIGHER_BETTER
    unit: str = ""
    target: Number | None = None
    targets: Mapping[int, Number] = field(default_factory=dict)
    tolerance: Number = 0
    comparators: Sequence[Comparator] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The latest known value. `gap` is how far beyond the target it is, in the good direction; `gap_percent` of it."""

    year: int | None
    value: Decimal | None
    target: Decimal | None
    gap: Decimal | None
    gap_percent: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trend:
    """`slope` is the value's change a year, `improvement` the same in the good direction; `adverse` when below 0.

    A step leads from one known year to the next; `run` counts the latest steps of one kind in a row.
    """

    slope: Decimal | None
    improvement: Decimal | None
    steps: int
    improving: int
    worsening: int
    run: int
    adverse: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gap` is the lead over the comparator in the good direction in the latest common `year`.

    `verdict` says where it stands, `course` how that came about (overtaking, gap closing, ...).
    """

    comparator: str
    kind: str
    year: int | None
    gap: Decimal | None
    gap_percent: Decimal | None
    verdict: Verdict
    course: Verdict | None


@dataclass(frozen=True, slots=True)
class Assessment:
    level: Level
    trend: Trend
    comparisons: tuple[Comparison, ...]
    notes: tuple[Verdict, ...]


def assess(indicator: Indicator, *, min_points: int = _FEWEST_FOR_TREND) -> Assessment:
    """Raises IndicatorError for values that are not numbers, or TARGET_BEST without a target for a known year."""
    known = _known(indicator.values, indicator.name)
    goals = {year: goal for year in indicator.values if (goal := _target(indicator, year)) is not None}
    others = [(other, _known(other.values, other.name)) for other in indicator.comparators]
    if indicator.direction is Direction.TARGET_BEST:
        bare = sorted(set(known) - set(goals))
        if bare:
            raise IndicatorError(f"{indicator.name}: the best value is the target, but {bare[0]} has none")
    merit = {year: _merit(indicator, value, goals.get(year)) for year, value in known.items()}
    return Assessment(
        level=_level(indicator, known, goals),
        trend=_trend(known, merit, max(2, min_points)),
        comparisons=tuple(_compare(indicator, known, merit, goals, other, series) for other, series in others),
        notes=_notes(known),
    )


def _known(values: YearlySeries, name: str) -> dict[int, Fraction]:
    """Known years only, in order."""
    return {year: _read(value, f"{name} {year}") for year, value in sorted(values.items()) if value is not None}


def _target(indicator: Indicator, year: int) -> Fraction | None:
    goal = indicator.targets.get(year, indicator.target)
    return None if goal is None else _read(goal, f"{indicator.name}, target")


def _read(value: Number, what: str) -> Fraction:
    try:
        return exact(value, what=what)
    except NumberError as error:
        raise IndicatorError(str(error)) from error


def _merit(indicator: Indicator, value: Fraction, goal: Fraction | None) -> Fraction:
    """The value on a scale where more is better."""
    if indicator.direction is Direction.HIGHER_BETTER:
        return value
    if indicator.direction is Direction.LOWER_BETTER:
        return -value
    return -abs(value - (goal or Fraction(0)))


def _notes(known: Mapping[int, Fraction]) -> tuple[Verdict, ...]:
    if not known:
        return ()
    missing = tuple(year for year in range(min(known), max(known)) if year not in known)
    return (Verdict.of("missing_years", years=missing),) if missing else ()


def _level(indicator: Indicator, known: Mapping[int, Fraction], goals: Mapping[int, Fraction]) -> Level:
    if not known:
        return Level(None, None, None, None, None, Verdict.of("no_values"))
    year = max(known)
    value, goal = known[year], goals.get(year)
    if goal is None:
        verdict = Verdict.of("no_target", year=year, value=decimal_of(value))
        return Level(year, decimal_of(value), None, None, None, verdict)
    gap = _merit(indicator, value, goal) - _merit(indicator, goal, goal)
    tolerance = _read(indicator.tolerance, f"{indicator.name}, tolerance")
    slack = tolerance if indicator.direction is Direction.TARGET_BEST else Fraction(0)
    verdict = Verdict.of(
        "target_met" if gap + slack >= 0 else "target_missed",
        year=year,
        value=decimal_of(value),
        target=decimal_of(goal),
        gap=decimal_of(gap),
    )
    return Level(year, decimal_of(value), decimal_of(goal), decimal_of(gap), _percent(gap, goal), verdict)


def _trend(known: Mapping[int, Fraction], merit: Mapping[int, Fraction], min_points: int) -> Trend:
    if len(known) < min_points:
        verdict = Verdict.of("too_few_points", points=len(known), needed=min_points)
        return Trend(None, None, 0, 0, 0, 0, adverse=False, verdict=verdict)
    signs = [_sign(later - earlier) for earlier, later in pairwise(merit.values())]
    slope, improvement = _slope(known), _slope(merit)
    improving, worsening = signs.count(1), signs.count(-1)
    verdict = Verdict.of(
        _trend_code(signs, improvement),
        first=min(known),
        last=max(known),
        steps=len(signs),
        improving=improving,
        worsening=worsening,
        slope=decimal_of(slope),
        moves={1: "up", 0: "level", -1: "down"}[_sign(slope)],
    )
    return Trend(
        slope=decimal_of(slope),
        improvement=decimal_of(improvement),
        steps=len(signs),
        improving=improving,
        worsening=worsening,
        run=next((place for place, sign in enumerate(reversed(signs)) if sign != signs[-1]), len(signs)),
        adverse=improvement < 0,
        verdict=verdict,
    )


def _trend_code(signs: Sequence[int], improvement: Fraction) -> str:
    if not any(signs):
        return "unchanged"
    if set(signs) == {1}:
        return "improved_throughout"
    if set(signs) == {-1}:
        return "worsened_throughout"
    return {1: "improved_overall", 0: "no_clear_trend", -1: "worsened_overall"}[_sign(improvement)]


def _slope(points: Mapping[int, Fraction]) -> Fraction:
    """Theil-Sen: the middle of (later - earlier) ÷ years over all pairs of years."""
    return median((points[late] - points[early]) / (late - early) for early, late in combinations(points, 2))


def _compare(
    indicator: Indicator,
    known: Mapping[int, Fraction],
    merit: Mapping[int, Fraction],
    goals: Mapping[int, Fraction],
    other: Comparator,
    series: Mapping[int, Fraction],
) -> Comparison:
    leads = {year: merit[year] - _merit(indicator, series[year], goals.get(year)) for year in known if year in series}
    if not leads:
        return Comparison(other.name, other.kind, None, None, None, Verdict.of("no_common_year"), None)
    year = max(leads)
    lead = leads[year]
    verdict = Verdict.of(
        {1: "ahead", 0: "level_with", -1: "behind"}[_sign(lead)],
        comparator=other.name,
        year=year,
        own=decimal_of(known[year]),
        theirs=decimal_of(series[year]),
        gap=decimal_of(lead),
    )
    percent = _percent(lead, series[year])
    return Comparison(other.name, other.kind, year, decimal_of(lead), percent, verdict, _course(leads))


def _course(leads: Mapping[int, Fraction]) -> Verdict:
    """How the lead developed over the common years: the latest crossing, else how first and last differ."""
    first, last = min(leads), max(leads)
    crossings = [
        (late, _sign(leads[late]))
        for early, late in pairwise(leads)
        if leads[late] and _sign(leads[late]) != _sign(leads[early])
    ]
    if first == last:
        return Verdict.of("one_common_year", year=last)
    if crossings:
        year, side = crossings[-1]
        return Verdict.of("overtook" if side > 0 else "fell_behind", year=year)
    change = abs(leads[last]) - abs(leads[first])
    whose = "lead" if leads[last] > 0 else "gap"
    code = {1: f"{whose}_growing", 0: f"{whose}_unchanged", -1: f"{whose}_shrinking"}[_sign(change)]
    return Verdict.of(code, first=first, last=last, change=decimal_of(change))


def _percent(gap: Fraction, base: Fraction) -> Decimal | None:
    """None for a base of 0, of which nothing is a percentage."""
    return decimal_of(gap * 100 / abs(base)) if base else None


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
