"""Ranking: raw and adjusted side by side, how sure each place is, and who would flip.

The ranking shows; it does not decide. Cut rules and totals are `engine.scoring`'s, in exact decimals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhuoyue.engine.calibration.draws import own_variance, posterior
from zhuoyue.engine.calibration.model import Calibration
from zhuoyue.engine.calibration.ratings import Design, Floats, Indices
from zhuoyue.engine.calibration.solver import system_of
from zhuoyue.engine.calibration.variances import fit

TIE = 1e-7  # share of the spread of quality below which two estimates count as equal

Flags = NDArray[np.bool_]


class RankingError(ValueError):
    """A cut, confidence or number of draws that makes no sense."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Above the cut are the best `places`, or those who reach `least` points; one of the two."""

    places: int | None = None
    least: float | None = None

    def __post_init__(self) -> None:
        if (self.places is None) == (self.least is None):
            raise RankingError("A cut is either a number of places or a least number of points.")
        if self.places is not None and self.places < 1:
            raise RankingError(f"A cut needs at least one place, not {self.places}.")

    def above(self, values: Floats, ranks: Indices) -> Flags:
        """Who is above; everyone tied at the last place counts."""
        if self.least is not None:
            return values >= self.least
        return ranks <= (self.places or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One application's line. `low` to `high` holds its quality with the ranking's confidence."""

    application: Any
    raw: float
    raw_rank: int
    adjusted: float
    adjusted_rank: int
    low: float
    high: float
    expected_rank: float
    p_above: float
    above_raw: bool
    above: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Arrays stand in the order of `applications`; ranks start at 1 and equal values share the better rank.

    `expected_rank` is the mean rank over the draws, `p_above` the share of draws above the cut, `leniency_error` the
    standard error of each examiner's leniency. `tied` lists those level at the last place when the cut would split
    them: the ranking does not choose.
    """

    applications: tuple[Any, ...]
    cut: Cut
    confidence: float
    raw: Floats
    adjusted: Floats
    raw_rank: Indices
    adjusted_rank: Indices
    low: Floats
    high: Floats
    expected_rank: Floats
    p_above: Floats
    above_raw: Flags
    above: Flags
    tied: tuple[Any, ...]
    leniency_error: Floats

    def standings(self) -> tuple[Standing, ...]:
        """One line per application, best adjusted first; equal ones in the order of their ids."""
        columns = (
            self.applications, self.raw.tolist(), self.raw_rank.tolist(), self.adjusted.tolist(),
            self.adjusted_rank.tolist(), self.low.tolist(), self.high.tolist(), self.expected_rank.tolist(),
            self.p_above.tolist(), self.above_raw.tolist(), self.above.tolist(),
        )  # fmt: skip
        lines = [Standing(*line) for line in zip(*columns, strict=True)]
        return tuple(sorted(lines, key=lambda line: line.adjusted_rank))


@dataclass(frozen=True, slots=True)
class Flip:
    """What changes at the cut when one examiner's ratings are left out.

    `unrated` lists applications nobody else rated; they are left aside. `shift` is the largest change of an estimate.
    """

    examiner: Any
    leaving: tuple[Any, ...]
    entering: tuple[Any, ...]
    unrated: tuple[Any, ...]
    shift: float


def rank(calibration: Calibration, *, cut: Cut, seed: int, draws: int = 200, confidence: float = 0.9) -> Ranking:
    """Rank a calibration, with intervals, expected rank and P(above the cut) from `draws` draws."""
    if not 0.0 < confidence < 1.0:
        raise RankingError(f"Confidence lies between 0 and 1, not at {confidence}.")
    if draws < 2:  # noqa: PLR2004 - a spread needs two
        raise RankingError(f"Uncertainty needs at least 2 draws, not {draws}.")
    applications, examiners = len(calibration.applications), len(calibration.examiners)
    ranks, above, centre, leniency = (Tally(size) for size in (applications, applications, applications, examiners))
    for block in posterior(calibration, draws=draws, seed=seed):
        places = strict_ranks(block.adjusted)
        ranks.add(places)
        above.add(cut.above(block.adjusted, places).astype(np.float64))
        centre.add(block.centre - calibration.adjusted[:, None])
        leniency.add(block.leniency - calibration.leniency[:, None])
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * np.sqrt(own_variance(calibration) + centre.variance())
    tolerance = TIE * float(np.sqrt(calibration.variances.quality))
    raw_rank, adjusted_rank = (shared_ranks(values, tolerance) for values in (calibration.raw, calibration.adjusted))
    inside = cut.above(calibration.adjusted, adjusted_rank)
    return Ranking(
        applications=calibration.applications,
        cut=cut,
        confidence=confidence,
        raw=calibration.raw,
        adjusted=calibration.adjusted,
        raw_rank=raw_rank,
        adjusted_rank=adjusted_rank,
        low=calibration.adjusted - half,
        high=calibration.adjusted + half,
        expected_rank=ranks.mean(),
        p_above=above.mean(),
        above_raw=cut.above(calibration.raw, raw_rank),
        above=inside,
        tied=tied_at(cut, adjusted_rank, inside, calibration.applications),
        leniency_error=np.sqrt(leniency.variance()),
    )


class Tally:
    """Running mean and variance per row over columns that come in blocks."""

    def __init__(self, rows: int) -> None:
        self.count = 0
        self.total = np.zeros(rows)
        self.squares = np.zeros(rows)

    def add(self, columns: NDArray[Any]) -> None:
        self.count += columns.shape[1]
        self.total += columns.sum(axis=1)
        self.squares += np.square(columns, dtype=np.float64).sum(axis=1)

    def mean(self) -> Floats:
        return self.total / self.count

    def variance(self) -> Floats:
        return np.maximum(self.squares - self.total**2 / self.count, 0.0) / (self.count - 1)


def strict_ranks(values: Floats) -> Indices:
    """Ranks 1.. of each column, best first; for draws, in which nothing ties."""
    best_first = np.argsort(-values.T, axis=1)
    ranks = np.empty(best_first.shape, np.intp)
    np.put_along_axis(ranks, best_first, np.arange(1, len(values) + 1)[None, :], axis=1)
    return ranks.T


def shared_ranks(values: Floats, tolerance: float) -> Indices:
    """Ranks 1.., best first; values that follow each other within `tolerance` share the better rank."""
    best_first = np.argsort(-values, kind="stable")
    starts = np.append(True, np.diff(values[best_first]) < -tolerance)
    places = np.arange(1, len(values) + 1)
    ranks = np.empty(len(values), np.intp)
    ranks[best_first] = np.maximum.accumulate(np.where(starts, places, 1))
    return ranks


def tied_at(cut: Cut, ranks: Indices, above: Flags, applications: tuple[Any, ...]) -> tuple[Any, ...]:
    if cut.places is None or int(above.sum()) <= cut.places:
        return ()
    last = int(ranks[above].max())
    return tuple(applications[place] for place in np.flatnonzero(ranks == last))


def sensitivity(calibration: Calibration, *, cut: Cut, examiners: Sequence[Any] | None = None) -> tuple[Flip, ...]:
    """Leave out each examiner in turn (or those named), solve again at the same variances, and see who flips.

    One solve per examiner. Only applications that others rated too are ranked, before as after.
    """
    places = {examiner: place for place, examiner in enumerate(calibration.examiners)}
    named = calibration.examiners if examiners is None else examiners
    unknown = [examiner for examiner in named if examiner not in places]
    if unknown:
        raise RankingError(f"No ratings by {', '.join(map(str, unknown))}.")
    return tuple(flip(calibration, cut, places[examiner]) for examiner in named)


def flip(calibration: Calibration, cut: Cut, place: int) -> Flip:
    design = calibration.design
    kept = design.examiner != place
    rest = replace(
        design, application=design.application[kept], examiner=design.examiner[kept], values=design.values[kept]
    )
    rated = rest.per_application > 0
    before, after = calibration.adjusted[rated], refitted(calibration, rest)[rated]
    tolerance = TIE * float(np.sqrt(calibration.variances.quality))
    was, now = (cut.above(values, shared_ranks(values, tolerance)) for values in (before, after))
    names = [calibration.applications[number] for number in np.flatnonzero(rated)]
    return Flip(
        examiner=calibration.examiners[place],
        leaving=tuple(names[number] for number in np.flatnonzero(was & ~now)),
        entering=tuple(names[number] for number in np.flatnonzero(now & ~was)),
        unrated=tuple(calibration.applications[number] for number in np.flatnonzero(~rated)),
        shift=float(np.abs(after - before).max(initial=0.0)),
    )


def refitted(calibration: Calibration, design: Design) -> Floats:
    variances = calibration.variances
    system = system_of(
        design,
        scale=calibration.scale,
        quality_ratio=variances.quality_ratio,
        leniency_ratio=variances.leniency_ratio,
    )
    found = fit(system, design.values)
    return found.mean + found.quality
