"""From the first step of an assessment to its result, and what is improved because of it."""

from zhuoyue.domain.assessments.actions.assessing import finish, reopen, restore, save_item, start, withdraw
from zhuoyue.domain.assessments.actions.improving import Plan, add_improvement, drop, edit_improvement, resume

__all__ = [
    "Plan",
    "add_improvement",
    "drop",
    "edit_improvement",
    "finish",
    "reopen",
    "restore",
    "resume",
    "save_item",
    "start",
    "withdraw",
]
