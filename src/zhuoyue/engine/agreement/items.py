"""How each item of the criteria fared: agreement, reliability, and the widest gap between two examiners."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from zhuoyue.engine.agreement.alpha import Alpha, Level, alpha_of
from zhuoyue.engine.agreement.flags import above, below, raised
from zhuoyue.engine.agreement.ratings import Ratings, RatingsError, ratings_of
from zhuoyue.engine.agreement.reliability import Reliability, reliability_of
from zhuoyue.engine.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ItemLimits:
    """Beyond which a figure is flagged; None asks nothing. `max_range` is in the unit of the ratings."""

    min_alpha: float | None = None
    min_icc: float | None = None
    max_range: float | None = None


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """`mean_range` and `widest` are of highest less lowest rating per unit; `widest_unit` is where."""

    item: str | int
    alpha: Alpha
    reliability: Reliability
    mean_range: float
    widest: float
    widest_unit: str | int | None
    flags: tuple[Verdict, ...] = ()


def item_figures(
    items: ArrayLike,
    units: ArrayLike,
    raters: ArrayLike,
    values: ArrayLike,
    *,
    level: Level = Level.INTERVAL,
    limits: ItemLimits | None = None,
) -> tuple[ItemFigure, ...]:
    """One figure per item, in the order of their ids; four arrays of one length."""
    listed, unit_array, rater_array = np.asarray(items), np.asarray(units), np.asarray(raters)
    numbers = np.asarray(values, dtype=np.float64)
    if listed.shape != numbers.shape:
        raise RatingsError(f"items and values must be of one length, not {listed.shape} and {numbers.shape}")
    found = []
    for item in np.unique(listed):
        mine = listed == item
        ratings = ratings_of(unit_array[mine], rater_array[mine], numbers[mine])
        found.append(_item_figure(item.item(), ratings, level, limits or ItemLimits()))
    return tuple(found)


def _item_figure(item: str | int, ratings: Ratings, level: Level, limits: ItemLimits) -> ItemFigure:
    alpha, reliability = alpha_of(ratings, level=level), reliability_of(ratings)
    sizes = ratings.per_unit
    high, low = np.full(len(sizes), -np.inf), np.full(len(sizes), np.inf)
    np.maximum.at(high, ratings.units, ratings.values)
    np.minimum.at(low, ratings.units, ratings.values)
    ranges = (high - low)[sizes > 1]
    place = int(np.argmax(high - low)) if len(ranges) else None
    figure = ItemFigure(
        item=item,
        alpha=alpha,
        reliability=reliability,
        mean_range=float(ranges.mean()) if len(ranges) else 0.0,
        widest=float(ranges.max()) if len(ranges) else 0.0,
        widest_unit=None if place is None else ratings.unit_ids[place].item(),
    )
    flags = [
        below("low_alpha", alpha.value, limits.min_alpha),
        below("low_icc", reliability.icc_agreement, limits.min_icc),
        above("wide_range", figure.widest, limits.max_range),
    ]
    return replace(figure, flags=raised(flags))
