"""How each examiner stands to the others who rated the same units; flags with reasons.

The yardstick for a rating is the mean of the other examiners' ratings of that unit (leave-one-out), so nobody is
measured against themselves.
"""

from dataclasses import dataclass, replace

import numpy as np

from zhuoyue.engine.agreement.flags import above, below, raised
from zhuoyue.engine.agreement.ratings import Codes, Floats, Ratings
from zhuoyue.engine.verdict import Verdict

_FEWEST_FOR_CORRELATION = 3
_FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class ExaminerLimits:
    """Beyond which a figure is flagged; None asks nothing. Differences are in the unit of the ratings.

    `min_spread` is a share of the middle examiner's spread (a narrow range says little about anybody).
    Figures of examiners with fewer than `min_shared` shared units are not flagged but said to be few.
    """

    min_shared: int = 5
    max_difference: float | None = None
    max_scatter: float | None = None
    min_spread: float | None = None
    min_correlation: float | None = None


@dataclass(frozen=True, slots=True)
class ExaminerFigure:
    """None where there is too little to say.

    `difference` (own less the others' mean; above 0 is lenient) and `scatter` (its standard deviation) run over the
    `shared` units; `spread` is the standard deviation of all own ratings.
    """

    rater: str | int
    count: int
    shared: int
    mean: float
    difference: float | None
    scatter: float | None
    spread: float | None
    correlation: float | None
    flags: tuple[Verdict, ...] = ()


def examiner_figures(ratings: Ratings, *, limits: ExaminerLimits | None = None) -> tuple[ExaminerFigure, ...]:
    """One figure per examiner, in the order of their ids."""
    bounds = limits or ExaminerLimits()
    raters = len(ratings.rater_ids)
    sizes = ratings.per_unit
    sums = np.bincount(ratings.units, ratings.values, minlength=len(sizes))
    together = sizes[ratings.units] > 1
    who, own = ratings.raters[together], ratings.values[together]
    peers = (sums[ratings.units[together]] - own) / (sizes[ratings.units[together]] - 1)
    shared = np.bincount(who, minlength=raters)
    difference, scatter = _mean_and_deviation(who, own - peers, shared)
    counts = ratings.per_rater
    mean, spread = _mean_and_deviation(ratings.raters, ratings.values, counts)
    correlation = _correlations(who, own, peers, shared)
    usual = float(np.nanmedian(spread)) if np.isfinite(spread).any() else None
    figures = (
        ExaminerFigure(
            rater=ratings.rater_ids[place].item(),
            count=int(counts[place]),
            shared=int(shared[place]),
            mean=float(mean[place]) + ratings.centre,
            difference=_known(difference[place]),
            scatter=_known(scatter[place]),
            spread=_known(spread[place]),
            correlation=_known(correlation[place]),
        )
        for place in range(raters)
    )
    return tuple(_flagged(figure, bounds, usual) for figure in figures)


def _mean_and_deviation(who: Codes, values: Floats, counts: Codes) -> tuple[Floats, Floats]:
    """Per examiner; NaN without values, and for the deviation with fewer than two."""
    nowhere = np.full(len(counts), np.nan)
    mean = np.divide(np.bincount(who, values, minlength=len(counts)), counts, out=nowhere.copy(), where=counts > 0)
    rest = values - mean[who]
    squares = np.bincount(who, rest * rest, minlength=len(counts))
    variance = np.divide(squares, counts - 1, out=nowhere, where=counts > 1)
    return mean, np.sqrt(variance)


def _correlations(who: Codes, own: Floats, peers: Floats, shared: Codes) -> Floats:
    """NaN with fewer than three shared units or without variation on either side."""
    counts = np.maximum(shared, 1)
    left = own - (np.bincount(who, own, minlength=len(shared)) / counts)[who]
    right = peers - (np.bincount(who, peers, minlength=len(shared)) / counts)[who]
    both, lefts, rights = (
        np.bincount(who, product, minlength=len(shared)) for product in (left * right, left * left, right * right)
    )
    scale = np.sqrt(lefts * rights)
    sayable = (shared >= _FEWEST_FOR_CORRELATION) & (lefts > _FLAT) & (rights > _FLAT)
    found: Floats = np.divide(both, scale, out=np.full(len(shared), np.nan), where=sayable)
    return found


def _flagged(figure: ExaminerFigure, limits: ExaminerLimits, usual: float | None) -> ExaminerFigure:
    if figure.shared < limits.min_shared:
        few = Verdict.of("few_shared_units", shared=figure.shared, needed=limits.min_shared)
        return replace(figure, flags=(few,))
    lean = "lenient" if (figure.difference or 0.0) > 0 else "severe"
    size = None if figure.difference is None else abs(figure.difference)
    narrow = None if limits.min_spread is None or usual is None else limits.min_spread * usual
    flags = [
        above(lean, size, limits.max_difference),
        above("erratic", figure.scatter, limits.max_scatter),
        below("narrow_range", figure.spread, narrow),
        below("goes_own_way", figure.correlation, limits.min_correlation),
    ]
    return replace(figure, flags=raised(flags))


def _known(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)
