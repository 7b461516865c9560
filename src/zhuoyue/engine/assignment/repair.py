"""After a recusal, a withdrawal or a new pin: the valid assignment that moves the fewest pairs.

One flow in which a pair of the previous assignment outweighs every affinity together. Fewest moves come first, the
largest total affinity second.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.flow import TIES, ties
from zhuoyue.engine.assignment.problem import Problem
from zhuoyue.engine.assignment.result import Assignment, result_of
from zhuoyue.engine.assignment.solve import best_of

AFFINITY_STEPS = 1000
"""Steps of affinity that decide between repairs with equally few moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """added and removed: pairs that are new, and pairs of the previous assignment that are gone."""

    assignment: Assignment
    added: tuple[tuple[int, int], ...]
    removed: tuple[tuple[int, int], ...]


def repair(problem: Problem, previous: Iterable[tuple[int, int]], *, seed: int) -> Repair:
    """`problem` is the changed one; pairs of `previous` that it no longer offers are gone of necessity."""
    before = np.asarray(sorted(set(previous)), dtype=np.int64).reshape(-1, 2)
    width = max(problem.examiners, 1)
    kept = np.isin(problem.p.astype(np.int64) * width + problem.r, before[:, 0] * width + before[:, 1])
    span = float(np.ptp(problem.w)) if problem.w.size else 0.0
    steps = np.rint((problem.w - problem.w.min(initial=0.0)) * (AFFINITY_STEPS / span if span else 0.0))
    outweigh = (AFFINITY_STEPS + 1) * float(problem.demand.sum()) + 1
    weights = steps + outweigh * kept
    costs = (-TIES * weights).astype(np.int64) - ties(problem, seed)
    chosen, _, exact, method = best_of(problem, costs, weights)
    assignment = result_of(problem, chosen, seed=seed, method=method, optimum=None, exact=exact)
    after = set(assignment.pairs)
    earlier = {(int(i), int(j)) for i, j in before}
    return Repair(assignment, tuple(sorted(after - earlier)), tuple(sorted(earlier - after)))
