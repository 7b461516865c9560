"""Random assignment: a draw with a published seed, and affinity under a cap on the probability of any pair."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhuoyue.engine.assignment.diagnosis import Diagnosis, Finding, InfeasibleError, diagnose
from zhuoyue.engine.assignment.flow import Network, build, costs_of, least_cost
from zhuoyue.engine.assignment.problem import AssignmentError, FloatArray, IntArray, Problem
from zhuoyue.engine.assignment.result import Assignment, result_of
from zhuoyue.engine.assignment.rounding import rounded
from zhuoyue.engine.assignment.rules import families_of, split
from zhuoyue.engine.assignment.solve import best_of

UNITS = 1000
"""Probabilities are multiples of 1 / UNITS; a cap is rounded down to one."""


def draw_sample(population: int, size: int, *, seed: int) -> IntArray:
    """`size` different numbers below `population`, every set of them equally likely; sorted."""
    if not 0 <= size <= population:
        raise AssignmentError(f"{size} cannot be drawn out of {population}.")
    return np.sort(np.random.default_rng(seed).choice(population, size=size, replace=False)).astype(np.int64)


def draw(problem: Problem, *, seed: int) -> Assignment:
    """Affinity plays no part: every pair gets a random weight from the seed, and the heaviest valid set is chosen.

    With `draw_sample` for the applications this is the double-random rule: who is examined, and by whom.
    """
    weights = np.random.default_rng(seed).random(problem.p.size)
    chosen, _, exact, method = best_of(problem, costs_of(problem, weights, seed=seed), weights)
    return result_of(problem, chosen, seed=seed, method=method, exact=exact)


@dataclass(frozen=True, slots=True, eq=False)
class Lottery:
    """probability: of each pair of the problem; expected_total: total affinity of a draw on the average."""

    problem: Problem
    probability: FloatArray
    expected_total: float
    network: Network
    flows: IntArray

    def draw(self, *, seed: int) -> Assignment:
        """One valid assignment; over seeds each pair comes up with exactly its probability."""
        whole = rounded(self.network, self.flows, UNITS, np.random.default_rng(seed))
        chosen = self.problem.pins
        chosen[self.network.pairs] |= whole[: self.network.pairs.size] > 0
        return result_of(self.problem, chosen, seed=seed, method="lottery", optimum=None)


def lottery(problem: Problem, *, cap: ArrayLike, seed: int) -> Lottery:
    """Largest expected total affinity where no pair is more likely than its cap (one number, or one per pair).

    Pinned pairs are certain. Whoever plans to get a certain examiner cannot count on it above the cap.
    """
    caps = np.broadcast_to(np.asarray(cap, dtype=np.float64), problem.p.shape)
    if ((caps < 0) | (caps > 1)).any():
        raise AssignmentError("A cap is a probability between 0 and 1.")
    nested, crossing = split(families_of(problem))
    if crossing:
        names = " and ".join(family.name for family in crossing)
        raise AssignmentError(f"The {names} rules cross the others: a lottery cannot keep them. Use draw or assign.")
    network = build(problem, nested, problem.pins)
    flows = None
    if network is not None:
        capacities = np.floor(caps[network.pairs] * UNITS + 1e-9).astype(np.int64)
        flows = least_cost(network, capacities, costs_of(problem, problem.w, seed=seed)[network.pairs], UNITS)
    if network is None or flows is None:
        raise InfeasibleError(_why(problem))
    probability = problem.pins.astype(np.float64)
    probability[network.pairs] += flows[: network.pairs.size] / UNITS
    return Lottery(problem, probability, float(probability @ problem.w), network, flows)


def _why(problem: Problem) -> Diagnosis:
    found = diagnose(problem)
    if not found.feasible:
        return found
    text = "The caps leave too little probability to fill every team: raise the caps or open more candidates."
    return Diagnosis((Finding("caps_low", text),))
