"""Cut rules between stages and for awards: they return decided, tied and unmet, and never choose by themselves.

rule = rule_from_data({"kind": "floor", "at_least": 600, "then": {"kind": "top", "places": 10}})
outcome = apply(rule, [Candidate("A", Decimal("655.5")), ...])
outcome.chosen, outcome.tied, outcome.unmet
"""

from zhuoyue.engine.cuts.applying import apply, tally
from zhuoyue.engine.cuts.caps import check_caps
from zhuoyue.engine.cuts.outcomes import Candidate, Decision, Outcome, Status, Tie
from zhuoyue.engine.cuts.reading import caps_from_data, rule_from_data
from zhuoyue.engine.cuts.rules import (
    Base,
    Capped,
    Caps,
    CutError,
    Floor,
    Groups,
    Limit,
    Mark,
    Outside,
    Reservation,
    Reserved,
    Rounding,
    Rule,
    Share,
    Threshold,
    Top,
    Unfilled,
)

__all__ = [
    "Base",
    "Candidate",
    "Capped",
    "Caps",
    "CutError",
    "Decision",
    "Floor",
    "Groups",
    "Limit",
    "Mark",
    "Outcome",
    "Outside",
    "Reservation",
    "Reserved",
    "Rounding",
    "Rule",
    "Share",
    "Status",
    "Threshold",
    "Tie",
    "Top",
    "Unfilled",
    "apply",
    "caps_from_data",
    "check_caps",
    "rule_from_data",
    "tally",
]
