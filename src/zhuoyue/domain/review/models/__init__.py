from zhuoyue.domain.review.models.examiners import Assignment, AssignmentRun, Invitation
from zhuoyue.domain.review.models.jury import Meeting, Recusal, Seat, Tally, VoteCast
from zhuoyue.domain.review.models.scoring import StageBook, Visit, VisitIssue
from zhuoyue.domain.review.models.stages import ConditionCheck, Decision, Entry, StageRun

__all__ = [
    "Assignment",
    "AssignmentRun",
    "ConditionCheck",
    "Decision",
    "Entry",
    "Invitation",
    "Meeting",
    "Recusal",
    "Seat",
    "StageBook",
    "StageRun",
    "Tally",
    "Visit",
    "VisitIssue",
    "VoteCast",
]
