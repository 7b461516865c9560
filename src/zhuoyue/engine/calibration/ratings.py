"""Ratings as given, and the same ratings as sorted index arrays.

Everything below works on `Design`: ids sorted, ratings sorted by (application, examiner). The order in which ratings
arrive therefore cannot change a result, not even in its last bit.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


class RatingsError(ValueError):
    """Ratings that contradict themselves: lengths that differ, a value that is no number, a rating given twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """One value per (application, examiner), or per (application, examiner, criterion) when `criteria` is given.

    Ids may be anything hashable and sortable, of one kind in each column. Values are numbers on one common scale.
    """

    applications: Sequence[Any]
    examiners: Sequence[Any]
    values: Sequence[Any] | Floats
    criteria: Sequence[Any] | None = None

    def __post_init__(self) -> None:
        columns = [self.applications, self.examiners, self.values]
        lengths = {len(column) for column in columns + ([] if self.criteria is None else [self.criteria])}
        if len(lengths) > 1:
            raise RatingsError(f"The columns of the ratings have different lengths: {sorted(lengths)}.")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Ratings as arrays: `application[k]` and `examiner[k]` index the sorted ids, `values[k]` is the rating."""

    applications: tuple[Any, ...]
    examiners: tuple[Any, ...]
    application: Indices
    examiner: Indices
    values: Floats

    @property
    def per_application(self) -> Indices:
        return np.bincount(self.application, minlength=len(self.applications))

    @property
    def per_examiner(self) -> Indices:
        return np.bincount(self.examiner, minlength=len(self.examiners))

    def raw_means(self) -> Floats:
        sums = np.bincount(self.application, self.values, len(self.applications))
        means: Floats = sums / self.per_application
        return means


@dataclass(frozen=True, slots=True, eq=False)
class CriterionDesign:
    """Ratings per criterion; `pair[k]` numbers the (application, examiner) pairs in sorted order."""

    applications: tuple[Any, ...]
    examiners: tuple[Any, ...]
    criteria: tuple[Any, ...]
    application: Indices
    examiner: Indices
    criterion: Indices
    pair: Indices
    values: Floats


def index(ids: Sequence[Any]) -> tuple[tuple[Any, ...], Indices]:
    """The distinct ids, sorted, and each entry's place among them."""
    plain: Sequence[Hashable] = ids.tolist() if isinstance(ids, np.ndarray) else ids
    distinct = tuple(sorted(set(plain)))  # type: ignore[type-var]  # sortable by contract, checked by sorted itself
    place = {one: number for number, one in enumerate(distinct)}
    return distinct, np.fromiter(map(place.__getitem__, plain), dtype=np.intp, count=len(plain))


def numbers(values: Sequence[Any] | Floats) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if not np.isfinite(found).all():
        raise RatingsError("A rating is not a finite number.")
    return found


def design_of(ratings: Ratings) -> Design:
    """Index ratings that carry no criteria."""
    applications, application = index(ratings.applications)
    examiners, examiner = index(ratings.examiners)
    key = application * max(len(examiners), 1) + examiner
    order = np.argsort(key, kind="stable")
    doubled = np.flatnonzero(np.diff(key[order]) == 0)
    if doubled.size:
        at = order[doubled[0]]
        raise RatingsError(f"{examiners[examiner[at]]} rated {applications[application[at]]} twice.")
    return Design(applications, examiners, application[order], examiner[order], numbers(ratings.values)[order])


def criterion_design_of(ratings: Ratings) -> CriterionDesign:
    """Index ratings that carry criteria."""
    applications, application = index(ratings.applications)
    examiners, examiner = index(ratings.examiners)
    criteria, criterion = index(() if ratings.criteria is None else ratings.criteria)
    pair = application * max(len(examiners), 1) + examiner
    key = pair * max(len(criteria), 1) + criterion
    order = np.argsort(key, kind="stable")
    doubled = np.flatnonzero(np.diff(key[order]) == 0)
    if doubled.size:
        at = order[doubled[0]]
        who, what, where = examiners[examiner[at]], applications[application[at]], criteria[criterion[at]]
        raise RatingsError(f"{who} rated {what} twice on {where}.")
    numbered = np.cumsum(np.diff(pair[order], prepend=-1) != 0) - 1
    values = numbers(ratings.values)[order]
    application, examiner, criterion = application[order], examiner[order], criterion[order]
    return CriterionDesign(applications, examiners, criteria, application, examiner, criterion, numbered, values)


def pooled(design: CriterionDesign, values: Floats | None = None) -> Design:
    """One value per pair: the plain mean over the pair's criteria of the ratings, or of `values` in their order."""
    first = np.flatnonzero(np.diff(design.pair, prepend=-1))
    means = np.bincount(design.pair, design.values if values is None else values) / np.bincount(design.pair)
    return Design(design.applications, design.examiners, design.application[first], design.examiner[first], means)
