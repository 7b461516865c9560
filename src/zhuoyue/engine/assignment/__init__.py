"""Assignment of examiners to applications: `assign`, `repair`, `draw`, `lottery`, `diagnose`, `explain`."""

from zhuoyue.engine.assignment.diagnosis import Diagnosis, Finding, InfeasibleError, diagnose
from zhuoyue.engine.assignment.draws import Lottery, draw, draw_sample, lottery
from zhuoyue.engine.assignment.explain import PassedOver, Reason, explain
from zhuoyue.engine.assignment.fair import best_possible
from zhuoyue.engine.assignment.problem import (
    ORDINARY,
    SENIOR,
    TRAINEE,
    AssignmentError,
    CancelledError,
    Problem,
    TeamRules,
)
from zhuoyue.engine.assignment.repair import Repair, repair
from zhuoyue.engine.assignment.result import Assignment, breaches_of
from zhuoyue.engine.assignment.rules import families_of
from zhuoyue.engine.assignment.solve import assign

__all__ = [
    "ORDINARY",
    "SENIOR",
    "TRAINEE",
    "Assignment",
    "AssignmentError",
    "CancelledError",
    "Diagnosis",
    "Finding",
    "InfeasibleError",
    "Lottery",
    "PassedOver",
    "Problem",
    "Reason",
    "Repair",
    "TeamRules",
    "assign",
    "best_possible",
    "breaches_of",
    "diagnose",
    "draw",
    "draw_sample",
    "explain",
    "families_of",
    "lottery",
    "repair",
]
