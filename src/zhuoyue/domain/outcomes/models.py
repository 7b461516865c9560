from django.conf import settings
from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.outcomes.enums import AwardState, Channel, ListState, NoticeState, ObjectionState
from zhuoyue.domain.outcomes.states import AWARD, OBJECTION, PUBLIC_NOTICE, RESULT_LIST
from zhuoyue.domain.programmes.models import Category, Cycle, Programme
from zhuoyue.kernel.records import LineField, Record


class ResultList(Record):
    """A version of who is to be awarded. Nothing published is edited: a later number says what changed and why.

    `entries`: [{"application": id, "organisation": id, "name": words, "tier": key}].
    """

    FLOW = RESULT_LIST

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="result_lists")
    number = models.PositiveIntegerField()
    entries = models.JSONField()
    change = models.TextField(blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approval_number = LineField(max_length=60, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ListState, default=ListState.PROPOSED)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["category", "number"], name="one_list_number"),
        ]


class PublicNotice(Record):
    """A result list before the public for a number of days, open to objections. `rule` is what the rules ask."""

    FLOW = PUBLIC_NOTICE

    result_list = models.OneToOneField(ResultList, on_delete=models.PROTECT, related_name="notice")
    title = LineField(max_length=200)
    text = models.TextField()
    rule = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.PREPARED)

    def __str__(self) -> str:
        return self.title


class Objection(Record):
    """A real-name objection to a list on notice. `number` is what the objector follows it by.

    One made online counts when the address is proved; until `prove_by` it waits for that, with `proof` as the
    fingerprint of the six digits last sent and `guesses` as how often they were typed wrong. Equal texts against the
    same one share a `group` and are ruled on together. Its letters are written in `language`.
    """

    FLOW = OBJECTION

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    number = LineField(max_length=20, unique=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ONLINE)
    name = LineField(max_length=60)
    employer = LineField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    contact = LineField(max_length=120, blank=True)
    against = LineField(max_length=120)
    text = models.TextField()
    group = LineField(max_length=64)
    language = LineField(max_length=10)
    received_on = models.DateField()
    at = models.DateTimeField()
    prove_by = models.DateTimeField(null=True, blank=True)
    proof = LineField(max_length=64, blank=True)
    guesses = models.PositiveSmallIntegerField(default=0)
    ruling = models.TextField(blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.UNPROVED)

    class Meta:
        ordering = ["at"]
        indexes = [
            models.Index(fields=["group"], name="objection_group"),
            models.Index(fields=["state", "prove_by"], name="objection_due"),
        ]


class Award(Record):
    """An honour given, valid by the rules under which it was given."""

    FLOW = AWARD

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="awards")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="awards")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="awards")
    name = LineField(max_length=200)
    tier = LineField(max_length=60)
    title = LineField(max_length=200)
    given_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.VALID)

    class Meta:
        indexes = [models.Index(fields=["-given_on", "name"], name="award_roll")]


class Certificate(Record):
    """The paper of an award. `code` is random and printed as a QR code; whoever has it can verify it."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="certificate")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="certificates")
    number = LineField(max_length=200)
    code = LineField(max_length=24, unique=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_certificate_number"),
        ]


class FeedbackReport(Record):
    """What an applicant learns from the review. `content` is fixed when it is released."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="feedback")
    content = models.JSONField()
    digest = LineField(max_length=64)
    released_at = models.DateTimeField()
    first_read_at = models.DateTimeField(null=True, blank=True)
