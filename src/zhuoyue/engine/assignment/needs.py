"""What a threshold asks of each application's list: a bound of the worst-off, and a place to set out from.

To reach a threshold an application needs so many of its examiners at least from the top of its list: one from its best
4, say, and two from its best 11, because even the best choice with fewer falls short. These needs nest, so they are one
flow for all applications together. Where that flow has no answer no assignment reaches the threshold: a bound that
knows how applications compete. Where it has one, the answer of least cost is close to the threshold for everybody.
Rules of teams are left out, which can only make the bound too high.
"""

from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.flow import Network, least_cost
from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, IntArray, Problem, counts_of, sums_of

SLACK = 1e-12
FEWEST, MOST = 9, 40
"""Bisections between what was reached and what cannot be: within 1/512 of the distance at least."""
ARCS = 5_000_000
"""Candidate pairs looked at in all bisections beyond the fewest."""


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """Undecided pairs, sorted by application and then best first.

    best[u]: sum of the best u pairs per application; base, wanted, least, most: what the pins leave of the scores,
    demands and loads.
    """

    problem: Problem
    order: IntArray
    owner: IntArray
    starts: IntArray
    w: FloatArray
    best: tuple[FloatArray, ...]
    base: FloatArray
    wanted: IntArray
    least: IntArray
    most: IntArray

    @classmethod
    def of(cls, problem: Problem) -> "Needs":
        n, pins, usable = problem.applications, problem.pins, np.flatnonzero(problem.usable)
        order = usable[np.lexsort((-problem.w[usable], problem.p[usable]))]
        owner = problem.p[order].astype(np.int64)
        starts = np.searchsorted(owner, np.arange(n + 1))
        wanted = problem.demand - counts_of(problem.p[pins], n)
        taken = counts_of(problem.r[pins], problem.examiners)
        # beyond the last pair of all there is nothing to take
        w = np.append(problem.w[order], np.full(int(wanted.max(initial=0)), -np.inf))
        best = [np.zeros(n)]
        for unit in range(int(wanted.max(initial=0))):
            there = (starts[:-1] + unit < starts[1:]) & (unit < wanted)
            best.append(best[-1] + np.where(there, w[starts[:-1] + unit], 0.0))
        return cls(
            problem,
            order,
            owner,
            starts,
            w,
            tuple(best),
            sums_of(problem.p[pins], problem.w[pins], n),
            wanted,
            np.maximum(problem.load_min - taken, 0),
            problem.load_max - taken,
        )

    @property
    def best_possible(self) -> FloatArray:
        """Sum of the best pairs of each application, as many as it demands: no assignment gives it more."""
        return self.base + self.best[-1]

    def bound(self, reached: float) -> tuple[float, float]:
        """(largest threshold found whose needs can be met, least threshold found that nothing can exceed).

        reached: what some assignment gives its worst-off.
        """
        low, high = reached, float(self.best_possible.min(initial=np.inf))
        goal = high
        for _ in range(min(max(ARCS // max(self.owner.size, 1), FEWEST), MOST)):
            if high <= low + SLACK:
                break
            if self.start(goal, None) is not None:
                low = goal
            else:
                high = goal
            goal = (low + high) / 2
        return min(low, high), high

    def start(self, threshold: float, costs: IntArray | None) -> BoolArray | None:
        """The choice of least cost (None: any) that meets all needs of the threshold; None where there is none."""
        network = self._network(self._levels(threshold))
        flows = least_cost(
            network,
            np.ones(network.pairs.size, dtype=np.int64),
            np.zeros(network.pairs.size, dtype=np.int64) if costs is None else costs[network.pairs],
        )
        if flows is None:
            return None
        chosen = self.problem.pins
        chosen[network.pairs[np.flatnonzero(flows[: network.pairs.size])]] = True
        return chosen

    def _levels(self, threshold: float) -> IntArray:
        """For each pair, the first of the application's examiners (1, 2, ...) whom its place on the list allows."""
        rank = np.arange(self.owner.size) - self.starts[self.owner]
        need = threshold - self.base - SLACK
        level = np.full(self.owner.size, len(self.best))
        for unit in range(len(self.best) - 1, 0, -1):
            without = self.best[unit - 1][self.owner] + self._window(self.wanted - unit + 1)
            top = counts_of(self.owner[without >= need[self.owner]], self.wanted.size)
            level[(rank < top[self.owner]) & (unit <= self.wanted[self.owner])] = unit
        return level

    def _window(self, lengths: IntArray) -> FloatArray:
        """From each pair on, the sum of so many pairs of its application; -inf where there are not so many."""
        size, sums = self.owner.size, np.zeros(self.owner.size)
        length, left = lengths[self.owner], self.starts[self.owner + 1] - np.arange(self.owner.size)
        for step in range(int(lengths.max(initial=0))):
            sums += np.where(step < length, self.w[step : step + size], 0.0)
        sums[left < length] = -np.inf
        return sums

    def _network(self, level: IntArray) -> Network:
        """Each examiner wanted enters at a node of their own and may pass on to those before, who are choosier."""
        n, m, units = self.wanted.size, self.most.size, len(self.best) - 1
        inside = np.flatnonzero(level <= self.wanted[self.owner])
        pairs, sink = self.order[inside], n * units + m
        node = np.arange(n * units).reshape(n, units)
        enters = (np.arange(1, units + 1) <= self.wanted[:, None]).astype(np.int64).ravel()
        return Network(
            pairs,
            (self.owner[inside] * units + level[inside] - 1).astype(np.int32),
            (n * units + self.problem.r[pairs]).astype(np.int32),
            np.concatenate([node[:, 1:].ravel(), np.arange(n * units, sink)]).astype(np.int32),
            np.concatenate([node[:, :-1].ravel(), np.full(m, sink)]).astype(np.int32),
            np.concatenate([np.full(n * max(units - 1, 0), units), self.most - self.least]),
            np.concatenate([enters, -self.least, [self.least.sum() - enters.sum()]]),
        )
