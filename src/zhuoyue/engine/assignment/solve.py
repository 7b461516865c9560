"""The two questions: the largest total affinity, and the best for the worst-off at a price."""

from typing import Literal

import numpy as np

from zhuoyue.engine.assignment.crossing import keep_crossing
from zhuoyue.engine.assignment.diagnosis import InfeasibleError, diagnose
from zhuoyue.engine.assignment.fair import raise_worst
from zhuoyue.engine.assignment.flow import costs_of, solve
from zhuoyue.engine.assignment.hooks import Cancel, Hooks, Progress
from zhuoyue.engine.assignment.problem import AssignmentError, BoolArray, FloatArray, IntArray, Problem
from zhuoyue.engine.assignment.result import Assignment, result_of
from zhuoyue.engine.assignment.rules import families_of, split


def assign(
    problem: Problem,
    *,
    seed: int,
    objective: Literal["total", "worst_first"] = "total",
    price: float | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Assignment:
    """The best assignment that keeps every rule; equals are decided by the seed.

    objective: "total" (largest total affinity) or "worst_first" (then the worst-off application gets as much as
    possible). price: share of the largest total that worst_first may give up, 0 to 1; None: as much as it takes.
    Raises InfeasibleError, which carries the diagnosis, and CancelledError.
    """
    if objective not in {"total", "worst_first"}:
        raise AssignmentError(f"Unknown objective: {objective}.")
    if price is not None and not 0 <= price <= 1:
        raise AssignmentError("The price is a share between 0 and 1.")
    hooks = Hooks(progress, cancel)
    hooks.tell("flow", 0.0)
    chosen, bound, exact, method = best_of(problem, costs_of(problem, problem.w, seed=seed), problem.w)
    hooks.tell("flow", 1.0)
    if objective == "total":
        return result_of(problem, chosen, seed=seed, method=method, optimum=bound, exact=exact)
    raised, worst_bound = raise_worst(problem, chosen, families_of(problem), price=price, seed=seed, hooks=hooks)
    if not np.array_equal(raised, chosen):
        method += "+chains"
    return result_of(problem, raised, seed=seed, method=method, optimum=bound, exact=exact, worst_bound=worst_bound)


def best_of(problem: Problem, costs: IntArray, weights: FloatArray) -> tuple[BoolArray, float, bool, str]:
    """(chosen pairs, upper bound of the total weight, whether it is reached for certain, method)."""
    families = families_of(problem)
    nested, crossing = split(families)
    chosen = solve(problem, costs, nested)
    if chosen is None:
        raise InfeasibleError(diagnose(problem))
    bound = float(weights[np.flatnonzero(chosen)].sum())
    mended, exact = keep_crossing(problem, chosen, weights, families) if crossing else (chosen, True)
    if mended is None:
        raise InfeasibleError(diagnose(problem))
    if mended is chosen:
        return chosen, bound, True, "flow"
    return mended, float(weights[mended].sum()) if exact else bound, exact, "flow+milp"
