"""Exchange chains: raise one application without letting any other fall below a threshold.

An application drops one examiner and takes a better one. The examiner taken may now have one too many, so an
application of theirs moves on to somebody else, and so on, until somebody has room or takes the place that was left.
The search goes outwards from the first move, one link at a time for all chains at once; where several links lead to
the same examiner the one that costs the total least is kept, and of the shortest chains the best for the total wins.
"""

from collections.abc import Sequence

import numpy as np

from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, IntArray, NodeArray, Problem, counts_of, sums_of
from zhuoyue.engine.assignment.rules import Family

SLACK = 1e-12
SEARCH_LIMIT = 3000
"""Examiners looked at in one search before it gives up."""
START, POOL = -1, -2


def ranges(starts: IntArray, counts: IntArray) -> IntArray:
    """start, start + 1, ... (count numbers) for each start, one after the other."""
    return np.asarray(
        np.arange(counts.sum()) + np.repeat(starts - (np.cumsum(counts) - counts), counts), dtype=np.int64
    )


class Exchange:
    """An assignment in the course of being improved; valid after every `lift`."""

    def __init__(self, problem: Problem, chosen: BoolArray, families: Sequence[Family] = ()) -> None:
        self.problem, self.chosen = problem, chosen.copy()
        self.movable = problem.usable
        self.starts = problem.starts
        self.scores = sums_of(problem.p[chosen], problem.w[chosen], problem.applications)
        self.loads = counts_of(problem.r[chosen], problem.examiners)
        self.rules = [_Counts(family, chosen) for family in families]
        self._hold(np.flatnonzero(chosen & self.movable))
        size = problem.examiners
        self.seen, self.search, self.effort = np.zeros(size, dtype=np.int64), 0, 0
        self.origin, self.dropped, self.taken = (np.full(size, START, dtype=np.int64) for _ in range(3))
        self.gain = np.zeros(size)

    def _hold(self, pairs: IntArray) -> None:
        """Lists of movable pairs per examiner, in one array with room for the largest load."""
        problem = self.problem
        room = np.minimum(problem.load_max, counts_of(problem.r, problem.examiners))
        self.offset = np.cumsum(room) - room
        self.slots = np.zeros(int(room.sum()), dtype=np.int64)
        self.held = counts_of(problem.r[pairs], problem.examiners)
        by_examiner = pairs[np.argsort(problem.r[pairs], kind="stable")]
        self.slots[ranges(self.offset, self.held)] = by_examiner

    @property
    def worst(self) -> float:
        return float(self.scores.min())

    @property
    def total(self) -> float:
        return float(self.scores.sum())

    def lift(self, application: int, threshold: float) -> bool:
        """Raise one application, to the threshold if one chain can, else as far as one does; False if none can."""
        w = self.problem.w
        own = np.arange(self.starts[application], self.starts[application + 1])
        own = own[self.movable[own]]
        mine, others = own[self.chosen[own]], own[~self.chosen[own]]
        need = threshold - self.scores[application] - SLACK
        for enough in (True, False):
            for drop in mine[np.argsort(w[mine], kind="stable")]:
                gains = w[others] - w[drop]
                takes = others[gains >= need if enough else (gains > SLACK) & (gains < need)]
                takes = takes[self._allowed(np.full(takes.size, drop), takes)]
                chain = self._chain(int(drop), takes, threshold)
                if chain:
                    self._apply(chain)
                    return True
        return False

    def _allowed(self, drops: IntArray, takes: IntArray) -> BoolArray:
        """Which single exchanges keep the rules of the application's team."""
        allowed = np.ones(takes.size, dtype=np.bool_)
        for rule in self.rules:
            allowed &= rule.allow(drops, takes)
        return allowed

    def _chain(self, drop: int, takes: IntArray, threshold: float) -> list[tuple[int, int]]:
        """Exchanges (dropped pair, taken pair) that together keep every load; empty if none was found."""
        problem = self.problem
        self.search += 1
        goal = int(problem.r[drop])
        spare = bool(self.loads[goal] > problem.load_min[goal])  # the place that is left may stay empty
        front = self._reach(
            takes, np.full(takes.size, START), np.full(takes.size, drop), problem.w[takes] - problem.w[drop]
        )
        last, pooled, links = self.effort + SEARCH_LIMIT, False, 1
        while front.size and self.effort < last:
            self.effort += front.size
            room = self.loads[front] < problem.load_max[front]
            ends = front[(front == goal) | (room & spare)]
            if ends.size:
                return self._trace(int(ends[np.argmax(self.gain[ends])]))
            further = self._links(front, int(problem.p[drop]), threshold, links)
            if room.any() and not pooled:
                pooled = True
                further = np.concatenate([further, self._pool(front[room])])
            front, links = further, links + 1
        return []

    def _reach(self, takes: IntArray, origin: IntArray, drops: IntArray, gain: FloatArray) -> IntArray:
        """Note the best way to each examiner reached; returns them."""
        order = np.argsort(gain, kind="stable")  # of several ways the last written stays: the best
        takes = takes[order]
        reached = self.problem.r[takes]
        self.origin[reached], self.dropped[reached], self.taken[reached] = origin[order], drops[order], takes
        self.gain[reached], self.seen[reached] = gain[order], self.search
        return np.unique(reached).astype(np.int64)

    def _links(self, front: IntArray, first: int, threshold: float, links: int) -> IntArray:
        """Move on, for every examiner in front, any application they hold to any examiner not yet seen."""
        problem, w = self.problem, self.problem.w
        drops, origin = self.slots[ranges(self.offset[front], self.held[front])], np.repeat(front, self.held[front])
        fresh = (problem.p[drops] != first) & ~self._on_way(problem.p[drops], origin, links)
        drops, origin = drops[fresh], origin[fresh]
        apps = problem.p[drops]
        counts = self.starts[apps + 1] - self.starts[apps]
        takes = ranges(self.starts[apps], counts)
        least = w[drops] - np.maximum(self.scores[apps] - threshold, 0) - SLACK
        fits = (w[takes] >= np.repeat(least, counts)) & (self.seen[problem.r[takes]] != self.search)
        fits &= self.movable[takes] & ~self.chosen[takes]
        source = np.repeat(np.arange(drops.size), counts)[fits]
        takes = takes[fits]
        allowed = self._allowed(drops[source], takes)
        takes, source = takes[allowed], source[allowed]
        gain = self.gain[origin[source]] + w[takes] - w[drops[source]]
        return self._reach(takes, origin[source], drops[source], gain)

    def _on_way(self, apps: IntArray | NodeArray, at: IntArray, links: int) -> BoolArray:
        """Whether the application already moves on the way to `at`: two moves of one could break its threshold."""
        used = np.zeros(apps.size, dtype=np.bool_)
        for _ in range(links):
            taken = self.taken[at]
            used |= (taken >= 0) & (self.problem.p[taken] == apps)
            at = np.where(self.origin[at] >= 0, self.origin[at], at)
        return used

    def _pool(self, with_room: IntArray) -> IntArray:
        """Somebody with room keeps the examiner too many; anybody above their minimum can give one up instead."""
        best = with_room[np.argmax(self.gain[with_room])]
        givers = np.flatnonzero((self.loads > self.problem.load_min) & (self.seen != self.search))
        self.origin[givers], self.dropped[givers], self.taken[givers] = best, POOL, POOL
        self.gain[givers], self.seen[givers] = self.gain[best], self.search
        return givers

    def _trace(self, end: int) -> list[tuple[int, int]]:
        chain = []
        while end != START:
            if self.taken[end] != POOL:
                chain.append((int(self.dropped[end]), int(self.taken[end])))
            end = int(self.origin[end])
        return chain

    def _apply(self, chain: list[tuple[int, int]]) -> None:
        problem = self.problem
        for drop, take in chain:
            self.chosen[drop], self.chosen[take] = False, True
            self.scores[problem.p[drop]] += problem.w[take] - problem.w[drop]
            for rule in self.rules:
                rule.move(drop, take)
            loser = problem.r[drop]
            last = self.offset[loser] + self.held[loser] - 1
            places = self.slots[self.offset[loser] : last + 1]
            places[places == drop] = self.slots[last]
            self.held[loser] -= 1
            self.loads[loser] -= 1
        for _, take in chain:
            winner = problem.r[take]
            self.slots[self.offset[winner] + self.held[winner]] = take
            self.held[winner] += 1
            self.loads[winner] += 1


class _Counts:
    """Chosen pairs per group of one family; group -1 (none) is one more place at the end that allows everything."""

    def __init__(self, family: Family, chosen: BoolArray) -> None:
        self.group = family.group
        self.low, self.high = np.append(family.low, -1), np.append(family.high, np.iinfo(np.int64).max)
        self.count = np.append(family.counts(chosen), 0)

    def allow(self, drops: IntArray, takes: IntArray) -> BoolArray:
        left, entered = self.group[drops], self.group[takes]
        within = (self.count[left] > self.low[left]) & (self.count[entered] < self.high[entered])
        return np.asarray((left == entered) | within)

    def move(self, drop: int, take: int) -> None:
        self.count[self.group[drop]] -= 1
        self.count[self.group[take]] += 1
        self.count[-1] = 0
