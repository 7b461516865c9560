from zhuoyue.domain.review.models.examiners import Assignment, AssignmentRun, Invitation
from zhuoyue.domain.review.models.jury import Meeting, Recusal, Seat, Tally, VoteCast
from zhuoyue.domain.review.models.scoring import ItemScore, Scorebook, ScoreEntry, Visit, VisitIssue
from zhuoyue.domain.review.models.stages import ConditionCheck, Decision, Entry, StageRun

__all__ = [
    "Assignment",
    "AssignmentRun",
    "ConditionCheck",
    "Decision",
    "Entry",
    "Invitation",
    "ItemScore",
    "Meeting",
    "Recusal",
    "ScoreEntry",
    "Scorebook",
    "Seat",
    "StageRun",
    "Tally",
    "Visit",
    "VisitIssue",
    "VoteCast",
]
