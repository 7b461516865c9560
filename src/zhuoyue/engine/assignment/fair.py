"""Worst-off-first: as much as possible for the application that has least, at a price in total affinity."""

from collections.abc import Iterator

import numpy as np

from zhuoyue.engine.assignment.chains import SLACK, Exchange
from zhuoyue.engine.assignment.flow import costs_of, solve
from zhuoyue.engine.assignment.hooks import Hooks
from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, Problem, counts_of, sums_of
from zhuoyue.engine.assignment.rules import Family, split

THRESHOLDS = 8
"""Bisections of the threshold; the last is within 1/256 of the distance to the bound."""
PATIENCE = 10
"""Applications that may fail to rise before a threshold is given up as too high."""
SHORTFALL_WEIGHT = 30.0
"""Weight of the squared shortfall of a pair below its share of the threshold, in the reweighted flow."""
MANY_SHORT = 1000
"""Above so many applications below a goal, chains start from the reweighted flow and halfway to the goal."""
EFFORT = 25_000_000
"""Examiners looked at in all searches of one climb (some minutes) before it stays with what it has reached."""


def best_possible(problem: Problem) -> FloatArray:
    """Sum of the best pairs of each application, as many as it demands: no assignment gives it more."""
    pins, usable = problem.pins, np.flatnonzero(problem.usable)
    order = usable[np.lexsort((-problem.w[usable], problem.p[usable]))]
    apps = problem.p[order]
    rank = np.arange(order.size) - np.searchsorted(apps, apps)
    wanted = problem.demand - counts_of(problem.p[pins], problem.applications)
    top = order[rank < wanted[apps]]
    top = np.concatenate([top, np.flatnonzero(pins)])
    return sums_of(problem.p[top], problem.w[top], problem.applications)


def raise_worst(
    problem: Problem,
    optimum: BoolArray,
    families: tuple[Family, ...],
    *,
    bound: float,
    price: float | None,
    seed: int,
    hooks: Hooks,
) -> BoolArray:
    """`optimum` (largest total) with its worst-off raised towards `bound`, giving up at most `price` of its total."""
    best = Exchange(problem, optimum, families)
    least_total = -np.inf if price is None else best.total - price * abs(best.total) - SLACK
    out_of_reach = best.worst
    for start in _starts(problem, best, families, bound, seed):
        trial = Exchange(problem, start, families)
        climb(trial, bound, hooks)
        out_of_reach = max(out_of_reach, trial.worst)
        if trial.total >= least_total and trial.worst > best.worst + SLACK:
            best = trial
        if trial is best and trial.worst >= bound - SLACK:
            return best.chosen
    low, high = best.worst, out_of_reach
    for _ in range(THRESHOLDS):
        if high <= low + SLACK:
            break
        trial = Exchange(problem, optimum, families)
        climb(trial, (low + high) / 2, hooks)
        if trial.total >= least_total and trial.worst > best.worst + SLACK:
            best, low = trial, trial.worst
        else:
            high = (low + high) / 2
    return best.chosen


def _starts(
    problem: Problem, optimum: Exchange, families: tuple[Family, ...], bound: float, seed: int
) -> Iterator[BoolArray]:
    if (optimum.scores < bound - SLACK).sum() <= MANY_SHORT:
        yield optimum.chosen
    share = bound / np.maximum(problem.demand, 1)[problem.p]
    shortfall = np.maximum(share - problem.w, 0)
    unit = float(np.abs(share).max(initial=0.0)) or 1.0
    even = problem.w - SHORTFALL_WEIGHT / unit * shortfall**2
    evened = solve(problem, costs_of(problem, even, seed=seed), split(families)[0])
    if evened is not None and not any(family.breached(evened).size for family in families):
        yield evened


def climb(exchange: Exchange, goal: float, hooks: Hooks) -> None:
    """Raise the worst-off as near to `goal` as chains allow, bisecting the threshold between reached and failed."""
    threshold = failed = goal
    if (exchange.scores < goal - SLACK).sum() > MANY_SHORT:
        threshold = (exchange.worst + goal) / 2
    for step in range(THRESHOLDS):
        if raise_to(exchange, threshold, hooks):
            if threshold >= goal:
                return
        else:
            failed = threshold
        hooks.tell("raising", (step + 1) / THRESHOLDS)
        threshold = (exchange.worst + failed) / 2


def raise_to(exchange: Exchange, threshold: float, hooks: Hooks) -> bool:
    """Lift every application below the threshold, worst first; whether all reached it."""
    failures = 0
    while exchange.worst < threshold - SLACK:
        risen = False
        short = np.flatnonzero(exchange.scores < threshold - SLACK)
        for application in short[np.argsort(exchange.scores[short], kind="stable")]:
            hooks.tell("raising", 0.0)
            while exchange.scores[application] < threshold - SLACK and exchange.lift(int(application), threshold):
                risen = True
            failures += int(exchange.scores[application] < threshold - SLACK)
            if failures > PATIENCE or exchange.effort > EFFORT:
                return False
        if not risen:
            return False
    return True
