from zhuoyue.domain.review.models.ballots import BallotKey, CountingCode, KeyShare, SealedVote
from zhuoyue.domain.review.models.examiners import Assignment, AssignmentRun, Invitation
from zhuoyue.domain.review.models.jury import Meeting, Recusal, Seat, VoteCast
from zhuoyue.domain.review.models.scoring import StageBook, Visit, VisitIssue
from zhuoyue.domain.review.models.stages import ConditionCheck, Decision, Entry, StageRun

__all__ = [
    "Assignment",
    "AssignmentRun",
    "BallotKey",
    "ConditionCheck",
    "CountingCode",
    "Decision",
    "Entry",
    "Invitation",
    "KeyShare",
    "Meeting",
    "Recusal",
    "SealedVote",
    "Seat",
    "StageBook",
    "StageRun",
    "Visit",
    "VisitIssue",
    "VoteCast",
]
