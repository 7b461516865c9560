"""Why this pair: its affinity and rank, who stood above it, and what kept each of these away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.assignment.problem import AssignmentError, Problem
from zhuoyue.engine.assignment.result import Assignment
from zhuoyue.engine.assignment.rules import Family, families_of


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A candidate above the chosen one.

    reason: "forbidden", "load" (already has the largest load), "rule" (the exchange would break `rule`) or "traded"
    (possible, but another application or the total needed it more).
    """

    examiner: int
    affinity: float
    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """rank 1 is the application's best candidate; `among` counts the candidates that are not forbidden."""

    application: int
    examiner: int
    affinity: float
    rank: int
    among: int
    pinned: bool
    leads: bool
    given_up: float
    passed_over: tuple[PassedOver, ...]
    sentence: str


def explain(problem: Problem, assignment: Assignment, *, application: int, examiner: int) -> Reason:
    """given_up: affinity that the application misses against its best candidate not in the team."""
    first, last = np.searchsorted(problem.p, (application, application + 1))
    own = np.arange(first, last)
    mine = own[(problem.r[own] == examiner) & assignment.chosen[own]]
    if not mine.size:
        raise AssignmentError(f"Examiner {examiner} is not assigned to application {application}.")
    pair = int(mine[0])
    pinned, usable = bool(problem.pins[pair]), problem.usable
    above = own[(problem.w[own] > problem.w[pair]) & ~assignment.chosen[own]]
    above = above[np.argsort(-problem.w[above], kind="stable")]
    families = families_of(problem)
    passed = tuple(
        _passed(problem, assignment, families, pair, int(other), allowed=bool(usable[other])) for other in above
    )
    open_to = own[usable[own] | problem.pins[own]]
    rank = 1 + int((problem.w[open_to] > problem.w[pair]).sum())
    reachable = [other.affinity for other in passed if other.reason != "forbidden"]
    leads = bool(assignment.leaders.size and assignment.leaders[application] == examiner)
    return Reason(
        application,
        examiner,
        float(problem.w[pair]),
        rank,
        int(open_to.size),
        pinned,
        leads,
        max(reachable, default=float(problem.w[pair])) - float(problem.w[pair]),
        passed,
        _sentence(problem, pair, rank, int(open_to.size), pinned=pinned, passed=passed),
    )


def _passed(
    problem: Problem, assignment: Assignment, families: Sequence[Family], pair: int, other: int, *, allowed: bool
) -> PassedOver:
    examiner, affinity = int(problem.r[other]), float(problem.w[other])
    if not allowed:
        return PassedOver(examiner, affinity, "forbidden")
    for family in families:
        left, entered = int(family.group[pair]), int(family.group[other])
        counts = family.counts(assignment.chosen)
        full = entered >= 0 and counts[entered] >= family.high[entered]
        needed = left >= 0 and counts[left] <= family.low[left]
        if left != entered and (full or needed):
            return PassedOver(examiner, affinity, "rule", family.name)
    if assignment.loads[examiner] >= problem.load_max[examiner]:
        return PassedOver(examiner, affinity, "load")
    return PassedOver(examiner, affinity, "traded")


def _sentence(
    problem: Problem, pair: int, rank: int, among: int, *, pinned: bool, passed: tuple[PassedOver, ...]
) -> str:
    application, examiner = int(problem.p[pair]), int(problem.r[pair])
    words = {
        "forbidden": "kept away",
        "load": "fully loaded elsewhere",
        "rule": "excluded by a team rule",
        "traded": "needed more elsewhere",
    }
    counts = [(words[reason], sum(other.reason == reason for other in passed)) for reason in words]
    fate = ", ".join(f"{count} {word}" for word, count in counts if count)
    text = f"Examiner {examiner} has affinity {problem.w[pair]:.3f} to application {application}, "
    text += f"rank {rank} of {among} candidates"
    if pinned:
        return f"{text}; the pair was pinned."
    return f"{text}; of those above and not in the team: {fate}." if fate else f"{text}; nobody better was left out."
