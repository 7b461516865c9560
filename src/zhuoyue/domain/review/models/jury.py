from django.conf import settings
from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models.stages import StageRun
from zhuoyue.domain.review.states import MEETING
from zhuoyue.kernel.records import LineField, Record


class Seat(Record):
    """A member of the jury of a cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    is_chair = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="one_seat"),
        ]

    @property
    def waits(self) -> bool:
        """Named, and nothing more until the member has proved their address."""
        return not self.person.is_authenticated


class Meeting(Record):
    """A sitting of the jury on one category: a secret ballot over all its candidates, and further rounds.

    `result` is set down when a round closes, and no later change of seats moves it: {"electorate", "cast", "quorum",
    "counts": [see queries.jury.Count]}, the last count of every candidate. `rounds` keeps what each round counted by
    itself, and when; `on_ballot` names the candidates (application ids) of a round after the first. `voided` keeps the
    ballots that were given up: {"round", "at", "reason", "cast"}.
    """

    FLOW = MEETING

    run = models.OneToOneField(StageRun, on_delete=models.PROTECT, related_name="meeting")
    starts_at = models.DateTimeField(null=True, blank=True)
    place = LineField(max_length=120, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    on_ballot = models.JSONField(default=list, blank=True)
    rounds = models.JSONField(default=list, blank=True)
    voided = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PREPARED)


class Recusal(Record):
    """A member stays away from one candidate: no dossier, no vote, not in its quorum."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat", "application"], name="one_recusal"),
        ]


class VoteCast(models.Model):
    """That a member has voted. What they chose lies sealed until the count, and afterwards nowhere."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="votes_cast")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="votes_cast")
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "round", "seat"], name="one_vote"),
        ]
