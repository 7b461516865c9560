"""Krippendorff's alpha: 1 for perfect agreement, 0 for what chance gives, below 0 for systematic disagreement.

Definition (Krippendorff, Content Analysis, ch. 11): alpha = 1 - Do / De over the values of units rated at least
twice; Do is the mean squared difference within units, a pair of a unit with m ratings weighing 1 / (m - 1), De that
between any two values. The difference is 0 or 1 (nominal), the distance in ranks (ordinal), or the plain difference
(interval).

No pair is formed here. With n values, a unit's sum of squares SS about its mean and the total sum of squares TSS,
the pairs of a unit sum up to 2 m SS, so that

    Do = (1 / n) Σ 2 m SS / (m - 1)        De = 2 TSS / (n - 1)

The ordinal distance between two values is the difference of their mid-ranks, so ordinal alpha is interval alpha of
mid-ranks. Sums are plain sums and not dot products: waking threads for those costs more than it saves.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zhuoyue.engine.agreement.ratings import Codes, Floats, Ratings
from zhuoyue.engine.verdict import Verdict


class Level(StrEnum):
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Alpha:
    """`value` is None where `reasons` say why there is none. `units` and `ratings` count those rated at least twice."""

    value: float | None
    level: Level
    units: int
    ratings: int
    observed: float
    expected: float
    reasons: tuple[Verdict, ...] = ()


def alpha_of(ratings: Ratings, *, level: Level = Level.INTERVAL) -> Alpha:
    units, values, sizes = _pairable(ratings)
    count, rated = len(values), int((sizes > 1).sum())
    if rated == 0:
        return Alpha(None, level, 0, 0, 0.0, 0.0, (Verdict.of("no_unit_rated_twice"),))
    if level is Level.NOMINAL:
        observed, expected = _nominal(units, values, sizes)
    else:
        scale = _mid_ranks(values) if level is Level.ORDINAL else values
        observed, expected = _interval(units, scale, sizes)
    if expected == 0.0:
        return Alpha(None, level, rated, count, 0.0, 0.0, (Verdict.of("all_ratings_equal"),))
    return Alpha(1.0 - observed / expected, level, rated, count, observed, expected)


def _pairable(ratings: Ratings) -> tuple[Codes, Floats, Codes]:
    """Units and values without the units rated once, and how often each unit was rated."""
    sizes = ratings.per_unit
    if len(sizes) == 0 or sizes.min() > 1:
        return ratings.units, ratings.values, sizes
    paired = sizes[ratings.units] > 1
    return ratings.units[paired], ratings.values[paired], sizes


def _interval(units: Codes, values: Floats, sizes: Codes) -> tuple[float, float]:
    count = len(values)
    means = np.bincount(units, values, minlength=len(sizes)) / np.maximum(sizes, 1)
    inside = values - means[units]
    inside *= inside
    if sizes.min() == sizes.max():
        within = float(inside.sum()) * int(sizes[0]) / (int(sizes[0]) - 1)
    else:
        squares = np.bincount(units, inside, minlength=len(sizes))
        within = float((squares * (sizes / np.maximum(sizes - 1, 1))).sum())
    observed = 2.0 * within / count
    about = values - values.mean()
    return observed, 2.0 * float((about * about).sum()) / (count - 1)


def _mid_ranks(values: Floats) -> Floats:
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    middles: Floats = (np.cumsum(counts) - counts / 2)[codes]
    middles -= middles.mean()
    return middles


def _nominal(units: Codes, values: Floats, sizes: Codes) -> tuple[float, float]:
    """Pairs that differ: all ordered pairs less those of equal values."""
    count = len(values)
    _, codes, totals = np.unique(values, return_inverse=True, return_counts=True)
    cells, same = np.unique(units * len(totals) + codes, return_counts=True)
    weights = 1.0 / np.maximum(sizes - 1, 1)
    paired = sizes * (sizes > 1)
    agreeing = float((same * same * weights[cells // len(totals)]).sum())
    observed = (float((paired * paired * weights).sum()) - agreeing) / count
    expected = (count * count - int(totals @ totals)) / (count * (count - 1))
    return observed, expected
