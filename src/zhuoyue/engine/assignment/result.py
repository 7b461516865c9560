"""What an assignment run hands back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.problem import (
    SENIOR,
    BoolArray,
    FloatArray,
    IntArray,
    NodeArray,
    Problem,
    counts_of,
    sums_of,
)
from zhuoyue.engine.assignment.rules import NONE, Family


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """chosen: over the problem's pairs; p, r, w: the chosen pairs; scores: sum of affinities per application.

    optimum: largest total that any assignment can have (`exact` false: an upper bound of it).
    worst_bound: no assignment gives its worst-off application more; None unless that was the objective.
    method: "flow", then "+chains" where the worst-off were raised, "+milp" where rules crossed.
    leaders: examiner who leads each team, -1 without one; empty where no leader is asked for.
    """

    chosen: BoolArray
    p: NodeArray
    r: NodeArray
    w: FloatArray
    scores: FloatArray
    loads: IntArray
    total: float
    optimum: float
    exact: bool
    worst: float
    worst_bound: float | None
    method: str
    seed: int
    leaders: IntArray

    @property
    def price_paid(self) -> float:
        """Share of the optimal total that was given up."""
        return 1 - self.total / self.optimum if self.optimum else 0.0

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.p.tolist(), self.r.tolist(), strict=True))


def result_of(
    problem: Problem,
    chosen: BoolArray,
    *,
    seed: int,
    method: str = "flow",
    optimum: float | None = None,
    exact: bool = True,
    worst_bound: float | None = None,
) -> Assignment:
    pairs = np.flatnonzero(chosen)
    p, r, w = problem.p[pairs], problem.r[pairs], problem.w[pairs]
    scores = sums_of(p, w, problem.applications)
    total = float(scores.sum())
    return Assignment(
        chosen,
        p,
        r,
        w,
        scores,
        counts_of(r, problem.examiners),
        total,
        total if optimum is None else optimum,
        exact,
        float(scores.min()) if scores.size else 0.0,
        worst_bound,
        method,
        seed,
        leaders_of(problem, chosen) if problem.team.leader else np.zeros(0, dtype=np.int64),
    )


def leaders_of(problem: Problem, chosen: BoolArray) -> IntArray:
    """The senior with the highest affinity in each team (equals: the lower number); -1 where a team has no senior."""
    leaders = np.full(problem.applications, NONE, dtype=np.int64)
    seniors = np.flatnonzero(chosen & (problem.levels[problem.r] == SENIOR))
    from_worst = seniors[np.lexsort((-problem.r[seniors], problem.w[seniors]))]
    leaders[problem.p[from_worst]] = problem.r[from_worst]
    return leaders


def breaches_of(problem: Problem, chosen: BoolArray, families: Sequence[Family]) -> list[str]:
    """Every bound and rule that `chosen` does not keep, one word each; empty for a valid assignment."""
    wanted = counts_of(problem.p[chosen], problem.applications) != problem.demand
    loads = counts_of(problem.r[chosen], problem.examiners)
    found = ["demand"] * int(wanted.sum())
    found += ["load"] * int(((loads < problem.load_min) | (loads > problem.load_max)).sum())
    found += ["pinned"] * int((problem.pins & ~chosen).sum())
    found += ["forbidden"] * int((chosen & ~problem.pins & ~problem.usable).sum())
    for family in families:
        found += [family.name] * family.breached(chosen).size
    return found
