"""Team rules as groups: within one application, so many at least and so many at most out of a set of its pairs."""

from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.problem import SENIOR, TRAINEE, BoolArray, IntArray, Problem, counts_of

NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Disjoint groups of pairs. `group[pair]` is the group's number or -1; a group lies within one application."""

    name: str
    group: IntArray
    owner: IntArray
    """Application of each group."""
    low: IntArray
    high: IntArray

    def counts(self, chosen: BoolArray) -> IntArray:
        inside = self.group[chosen]
        return counts_of(inside[inside != NONE], self.low.size)

    def breached(self, chosen: BoolArray) -> IntArray:
        """Groups with too few or too many chosen pairs."""
        counts = self.counts(chosen)
        return np.flatnonzero((counts < self.low) | (counts > self.high))


def families_of(problem: Problem) -> tuple[Family, ...]:
    team = problem.team
    found = []
    if team.min_seniors > 0 or team.leader or team.max_trainees is not None:
        found.append(_levels(problem))
    for name, groups, limit in (
        ("employer", problem.employers, team.max_per_employer),
        ("region", problem.regions, team.max_per_region),
    ):
        if limit is not None:
            found.append(_shared(problem, name, groups, limit))
    return tuple(found)


def _levels(problem: Problem) -> Family:
    """Group 2i: the trainees of application i; group 2i + 1: its seniors."""
    n = problem.applications
    level = problem.levels[problem.r]
    side = np.where(level == TRAINEE, 0, np.where(level == SENIOR, 1, NONE))
    group = np.where(side == NONE, NONE, 2 * problem.p.astype(np.int64) + side)
    low, high = np.zeros(2 * n, dtype=np.int64), np.repeat(problem.demand, 2)
    low[1::2] = np.minimum(max(problem.team.min_seniors, int(problem.team.leader)), problem.demand)
    if problem.team.max_trainees is not None:
        high[::2] = np.minimum(problem.team.max_trainees, problem.demand)
    return Family("level", group, np.repeat(np.arange(n), 2), low, high)


def _shared(problem: Problem, name: str, groups: IntArray, limit: int) -> Family:
    """One group per application and employer (or region), where there are more candidates in it than the limit."""
    theirs = groups[problem.r]
    span = int(groups.max(initial=0)) + 1
    key = np.where(theirs < 0, NONE, problem.p * span + theirs)
    distinct, group, sizes = np.unique(key, return_inverse=True, return_counts=True)
    binding = (distinct >= 0) & (sizes > limit)
    number = np.where(binding, np.cumsum(binding) - 1, NONE)
    count = int(binding.sum())
    owner = distinct[binding] // span
    return Family(name, number[group], owner, np.zeros(count, np.int64), np.full(count, limit, np.int64))


def split(families: tuple[Family, ...]) -> tuple[tuple[Family, ...], tuple[Family, ...]]:
    """(groups that nest, groups that cross a group of an earlier family). Only the former fit into one flow."""
    nested: list[Family] = []
    crossing: list[Family] = []
    for family in families:
        crosses = np.zeros(family.low.size, dtype=np.bool_)
        for earlier in nested:
            crosses |= _crosses(family, earlier)
        in_crossing = np.append(crosses, False)[family.group]
        nested.append(_part(family, ~in_crossing))
        if crosses.any():
            crossing.append(_part(family, in_crossing))
    return tuple(nested), tuple(crossing)


def _part(family: Family, keep: BoolArray) -> Family:
    return Family(family.name, np.where(keep, family.group, NONE), family.owner, family.low, family.high)


def _crosses(family: Family, earlier: Family) -> BoolArray:
    """Which groups of `family` overlap a group of `earlier` without one containing the other."""
    crosses = np.zeros(family.low.size, dtype=np.bool_)
    sizes = _sizes(family)
    other_sizes = _sizes(earlier)
    both = (family.group != NONE) & (earlier.group != NONE)
    key = family.group[both] * (earlier.low.size + 1) + earlier.group[both]
    distinct, common = np.unique(key, return_counts=True)
    mine, other = distinct // (earlier.low.size + 1), distinct % (earlier.low.size + 1)
    crosses[mine[common < np.minimum(sizes[mine], other_sizes[other])]] = True
    return crosses


def _sizes(family: Family) -> IntArray:
    return counts_of(family.group[family.group != NONE], family.low.size)
