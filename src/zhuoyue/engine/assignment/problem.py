"""What is to be assigned: applications, examiners, candidate pairs, loads and rules."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
NodeArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

TRAINEE, ORDINARY, SENIOR = 0, 1, 2


class AssignmentError(ValueError):
    """The question is malformed, or has no answer."""


class CancelledError(AssignmentError):
    """The caller's `cancel` hook said stop."""


@dataclass(frozen=True, slots=True)
class TeamRules:
    """Rules for the team of one application. None: no limit."""

    min_seniors: int = 0
    max_trainees: int | None = None
    max_per_employer: int | None = None
    max_per_region: int | None = None
    leader: bool = False
    """Every team names one leader, who is a senior: it has at least one."""


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Problem:
    """Pairs are kept sorted by application, then examiner; every array over pairs follows that order.

    p, r: application and examiner of each candidate pair (numbered from 0); w: affinity of the pair.
    demand: examiners wanted per application; load_min, load_max: bounds per examiner.
    levels: 0 trainee, 1 ordinary, 2 senior; employers, regions: group numbers, negative where unknown.
    pinned pairs must be chosen, forbidden pairs must not. A conflict of interest is an absent or forbidden pair.
    """

    p: NodeArray
    r: NodeArray
    w: FloatArray
    demand: IntArray
    load_min: IntArray
    load_max: IntArray
    levels: IntArray
    employers: IntArray
    regions: IntArray
    pinned: tuple[tuple[int, int], ...]
    forbidden: tuple[tuple[int, int], ...]
    team: TeamRules

    def __init__(  # noqa: PLR0913  the parts of the question, each by its name
        self,
        *,
        p: ArrayLike,
        r: ArrayLike,
        w: ArrayLike,
        demand: ArrayLike,
        load_min: ArrayLike,
        load_max: ArrayLike,
        levels: ArrayLike | None = None,
        employers: ArrayLike | None = None,
        regions: ArrayLike | None = None,
        pinned: Iterable[tuple[int, int]] = (),
        forbidden: Iterable[tuple[int, int]] = (),
        team: TeamRules | None = None,
    ) -> None:
        examiners = np.size(load_max)
        for name, value in (
            ("demand", _whole(demand, "demand")),
            ("load_min", _whole(load_min, "load_min")),
            ("load_max", _whole(load_max, "load_max")),
            ("levels", _groups(levels, examiners, ORDINARY, "levels")),
            ("employers", _groups(employers, examiners, -1, "employers")),
            ("regions", _groups(regions, examiners, -1, "regions")),
            ("pinned", _pairs(pinned)),
            ("forbidden", _pairs(forbidden)),
            ("team", team or TeamRules()),
        ):
            object.__setattr__(self, name, value)
        _check_loads(self)
        for name, array in zip("prw", _sorted_pairs(self, p, r, w), strict=True):
            object.__setattr__(self, name, array)
        both = set(self.pinned) & set(self.forbidden)
        if both:
            raise AssignmentError(f"Pinned and forbidden at once: {sorted(both)}.")

    @property
    def applications(self) -> int:
        return self.demand.size

    @property
    def examiners(self) -> int:
        return self.load_max.size

    @property
    def starts(self) -> IntArray:
        """Pairs of application i are starts[i] to starts[i + 1]."""
        return np.searchsorted(self.p, np.arange(self.applications + 1, dtype=self.p.dtype)).astype(np.int64)

    @property
    def pins(self) -> BoolArray:
        return _mask(self, self.pinned, "pinned")

    @property
    def barred(self) -> BoolArray:
        return _mask(self, self.forbidden, None)

    @property
    def usable(self) -> BoolArray:
        """Pairs that are still to be decided: neither pinned nor forbidden."""
        return ~(self.pins | self.barred)


def counts_of(numbers: NodeArray | IntArray, size: int) -> IntArray:
    """How often each of 0 to size - 1 occurs."""
    return np.bincount(numbers, minlength=size).astype(np.int64)


def sums_of(numbers: NodeArray | IntArray, weights: FloatArray, size: int) -> FloatArray:
    """Sum of the weights that belong to each of 0 to size - 1."""
    return np.asarray(np.bincount(numbers, weights=weights, minlength=size), dtype=np.float64)


def _whole(values: ArrayLike, name: str) -> IntArray:
    array = np.atleast_1d(np.asarray(values))
    if array.ndim != 1 or not np.issubdtype(array.dtype, np.integer):
        raise AssignmentError(f"{name} must be a list of whole numbers.")
    return array.astype(np.int64)


def _groups(values: ArrayLike | None, size: int, default: int, name: str) -> IntArray:
    array = np.full(size, default, np.int64) if values is None else _whole(values, name)
    if array.size != size:
        raise AssignmentError(f"{name} has {array.size} entries for {size} examiners.")
    return array


def _pairs(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(int(i), int(j)) for i, j in pairs}))


def _check_loads(problem: Problem) -> None:
    if problem.load_min.size != problem.load_max.size:
        raise AssignmentError(f"{problem.load_min.size} minimum loads for {problem.load_max.size} maximum loads.")
    if (problem.demand < 0).any() or (problem.load_min < 0).any():
        raise AssignmentError("Demands and loads cannot be negative.")
    wrong = np.flatnonzero(problem.load_min > problem.load_max)
    if wrong.size:
        raise AssignmentError(f"Examiner {wrong[0]} has a minimum load above the maximum.")


def _sorted_pairs(
    problem: Problem, p: ArrayLike, r: ArrayLike, w: ArrayLike
) -> tuple[NodeArray, NodeArray, FloatArray]:
    apps, people = np.asarray(p), np.asarray(r)
    affinity = np.asarray(w, dtype=np.float64)
    if not apps.shape == people.shape == affinity.shape or apps.ndim != 1:
        raise AssignmentError("p, r and w must be lists of one length.")
    if not np.isfinite(affinity).all():
        raise AssignmentError("Affinities must be finite numbers.")
    for array, size, name in ((apps, problem.applications, "application"), (people, problem.examiners, "examiner")):
        if array.size and (array.min() < 0 or array.max() >= size):
            raise AssignmentError(f"A pair names an {name} outside 0 to {size - 1}.")
    key = apps.astype(np.int64) * max(problem.examiners, 1) + people
    if (key[1:] <= key[:-1]).any():
        order = np.argsort(key, kind="stable")
        key, apps, people, affinity = key[order], apps[order], people[order], affinity[order]
        twice = np.flatnonzero(key[1:] == key[:-1])
        if twice.size:
            raise AssignmentError(f"The pair ({apps[twice[0]]}, {people[twice[0]]}) is given twice.")
    return apps.astype(np.int32), people.astype(np.int32), affinity


def _mask(problem: Problem, pairs: tuple[tuple[int, int], ...], must_exist: str | None) -> BoolArray:
    mask = np.zeros(problem.p.size, dtype=np.bool_)
    for i, j in pairs:
        first, last = np.searchsorted(problem.p, (i, i + 1))
        at = first + int(np.searchsorted(problem.r[first:last], j))
        if at < last and problem.r[at] == j:
            mask[at] = True
        elif must_exist:
            raise AssignmentError(f"The {must_exist} pair ({i}, {j}) is not among the candidates.")
    return mask
