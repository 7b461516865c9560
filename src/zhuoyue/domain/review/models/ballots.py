"""A ballot while it is open: sealed votes, and the shares of the key that opens them. All of it goes at the count."""

from django.conf import settings
from django.db import models

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.models.jury import Meeting, Seat


class CountingCode(models.Model):
    """The public half of the code with which a person opens their share. The code itself is with the person alone."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="counting_codes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="counting_codes")
    public = models.BinaryField()
    mark = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="one_counting_code"),
        ]


class BallotKey(models.Model):
    """The public half of the key made when a round opened. Its private half exists in shares only."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="key")
    public = models.BinaryField()
    needed = models.PositiveSmallIntegerField()
    mark = models.BinaryField()


class KeyShare(models.Model):
    """One share of the private half, sealed to the code of its holder. `number` from 1, as `engine.shares` counts."""

    key = models.ForeignKey(BallotKey, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="key_shares")
    number = models.PositiveSmallIntegerField()
    public = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "person"], name="one_share"),
        ]


class SealedVote(models.Model):
    """A vote that nobody can read before the holders of the key meet. Of one length whatever it says."""

    key = models.ForeignKey(BallotKey, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sealed_votes")
    sealed = models.BinaryField()
    mark = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "seat"], name="one_sealed_vote"),
        ]
