"""Votes of a ballot that is still sealed, changed without a trace outside what is sealed."""

from django.db.models import QuerySet

from zhuoyue.domain.review.models import SealedVote
from zhuoyue.domain.review.queries.ballots import vote_words
from zhuoyue.kernel import sealed


def turn_against_everybody(votes: QuerySet[SealedVote]) -> None:
    """Each vote sealed anew, with all choices against. There must be some to turn."""
    rows = list(votes.select_related("key__meeting"))
    assert rows
    for vote in rows:
        words = vote_words(vote.key, vote.seat_id, vote.key.meeting.round)
        paper = bytes([1] * (len(bytes(vote.sealed)) - sealed.OVERHEAD))
        vote.sealed = sealed.seal(bytes(vote.key.public), paper, *words)
        vote.mark = sealed.mark(vote.sealed, *words)
        vote.save()
