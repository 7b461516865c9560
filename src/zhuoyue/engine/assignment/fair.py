"""Worst-off-first: as much as possible for the application that has least, at a price in total affinity."""

import numpy as np

from zhuoyue.engine.assignment.chains import SLACK, Exchange
from zhuoyue.engine.assignment.flow import costs_of
from zhuoyue.engine.assignment.hooks import Hooks
from zhuoyue.engine.assignment.needs import Needs
from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, Problem
from zhuoyue.engine.assignment.rounds import Rounds
from zhuoyue.engine.assignment.rules import Family, split

THRESHOLDS = 8
"""Bisections of the threshold; the last is within 1/256 of the distance to the bound."""
PATIENCE = 10
"""Applications that may fail to rise before a threshold is given up as too high."""
MANY_SHORT = 1000
"""Above so many applications below a goal, chains start halfway to it."""
FIRST_ROUNDS = 8
"""Rounds of exchanges before chains."""
ARCS = 10_000_000
"""Candidate pairs looked at in all further rounds."""
ATTEMPTS, ATTEMPTS_AT_A_PRICE = 2, 8
"""Thresholds tried between what was reached and what failed or cost too much."""
LARGE = 1_000_000
"""Above so many candidate pairs a quarter of the attempts must do."""
EFFORT = 4_000_000
"""Examiners looked at in all searches of one climb (less than a minute) before it stays with what it has reached."""


def best_possible(problem: Problem) -> FloatArray:
    """Sum of the best pairs of each application, as many as it demands: no assignment gives it more."""
    return Needs.of(problem).best_possible


def raise_worst(
    problem: Problem,
    optimum: BoolArray,
    families: tuple[Family, ...],
    *,
    price: float | None,
    seed: int,
    hooks: Hooks,
) -> tuple[BoolArray, float]:
    """`optimum` (largest total) with its worst-off raised, giving up at most `price` of its total, and their bound."""
    best = Exchange(problem, optimum, families)
    least_total = -np.inf if price is None else best.total - price * abs(best.total) - SLACK
    needs, costs = Needs.of(problem), costs_of(problem, problem.w, seed=seed)
    goal, bound = needs.bound(best.worst)
    nested, crossing = split(families)
    rounds = Rounds(problem, nested, seed=seed, most=0 if crossing else FIRST_ROUNDS + ARCS // max(problem.p.size, 1))
    high = bound
    attempts = ATTEMPTS if price is None else ATTEMPTS_AT_A_PRICE
    for _ in range(attempts if problem.p.size <= LARGE else -(-attempts // 4)):
        if high <= best.worst + SLACK:
            break
        start = None if families else needs.start(goal, costs)
        start = rounds.run(best.chosen if start is None else start, goal, FIRST_ROUNDS, hooks)
        trial = Exchange(problem, start, families)
        climb(trial, goal, hooks)
        trial = Exchange(problem, rounds.polish(trial.chosen, min(goal, trial.worst), hooks), families)
        if trial.total >= least_total and trial.worst > best.worst + SLACK:
            best = trial
        if best is not trial or trial.worst < goal - SLACK:
            high = goal
        goal = (best.worst + high) / 2
    return best.chosen, bound


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
