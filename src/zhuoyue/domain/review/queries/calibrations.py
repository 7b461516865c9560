"""Raw and calibrated totals side by side: how much of a place is the applicant's, how much the examiners' own.

A calibration shows; it decides nothing. Where the scores cannot carry one, the reasons are said instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhuoyue.domain.review.models import Entry
from zhuoyue.domain.review.queries.totals import StageTotal
from zhuoyue.engine import cuts, ranking
from zhuoyue.engine.calibration import CalibrationRefusedError, Ratings, Reason, calibrate

PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """One application. `sure` is the chance to be above the cut; None where there is no single line."""

    entry: Entry
    raw: Decimal
    raw_rank: int
    adjusted: Decimal
    adjusted_rank: int
    low: Decimal
    high: Decimal
    sure: Decimal | None


@dataclass(frozen=True, slots=True)
class Habit:
    """How many points an examiner gives above the others (negative: below), and its standard error."""

    name: str
    count: int
    leniency: Decimal
    error: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    lines: tuple[Line, ...]
    habits: tuple[Habit, ...]
    cut: ranking.Cut | None
    refused: tuple[Reason, ...]


def calibration_of(totals: Sequence[StageTotal], rule: cuts.Rule | None, *, seed: int) -> Comparison:
    """Calibrate the examiners' own totals, in percent. `rule`: the cut whose line the chances refer to."""
    rows = [
        (standing.entry.application.number, judged.expert_id, float(judged.total.percent), judged.name)
        for standing in totals
        for judged in standing.judged
        if judged.total.percent is not None
    ]
    try:
        found = calibrate(
            Ratings([row[0] for row in rows], [str(row[1]) for row in rows], [row[2] for row in rows]), scale="auto"
        )
    except CalibrationRefusedError as error:
        return Comparison((), (), None, error.reasons)
    cut = cut_line(rule, len(found.applications))
    ranked = ranking.rank(found, cut=cut or ranking.Cut(places=len(found.applications)), seed=seed)
    entries = {standing.entry.application.number: standing.entry for standing in totals}
    lines = tuple(_line(standing, entries, known=cut is not None) for standing in ranked.standings())
    names = {str(row[1]): row[3] for row in rows}
    return Comparison(lines, _habits(found, ranked, names, rows), cut, ())


def cut_line(rule: cuts.Rule | None, candidates: int) -> ranking.Cut | None:
    """The one line that a rule draws through all candidates, if it draws one: its places before its floor."""
    match rule:
        case cuts.Top():
            return ranking.Cut(places=rule.places) if rule.places < candidates else None
        case cuts.Threshold():
            return ranking.Cut(least=float(rule.at_least))
        case cuts.Floor():
            return cut_line(rule.then, candidates) or ranking.Cut(least=float(rule.at_least))
        case cuts.Capped():
            return cut_line(rule.then, candidates)
        case cuts.Reserved():
            return cut_line(rule.inside, candidates)
        case _:
            return None


def _figure(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(PLACES)


def _line(standing: ranking.Standing, entries: dict[str, Entry], *, known: bool) -> Line:
    return Line(
        entries[standing.application],
        _figure(standing.raw),
        standing.raw_rank,
        _figure(standing.adjusted),
        standing.adjusted_rank,
        _figure(standing.low),
        _figure(standing.high),
        _figure(standing.p_above * 100) if known else None,
    )


def _habits(
    found: Any, ranked: ranking.Ranking, names: dict[str, str], rows: Sequence[tuple[str, UUID, float, str]]
) -> tuple[Habit, ...]:
    counts = {examiner: sum(str(row[1]) == examiner for row in rows) for examiner in found.examiners}
    habits = (
        Habit(names[examiner], counts[examiner], _figure(leniency), _figure(error))
        for examiner, leniency, error in zip(
            found.examiners, found.leniency.tolist(), ranked.leniency_error.tolist(), strict=True
        )
    )
    return tuple(sorted(habits, key=lambda habit: -abs(habit.leniency)))
