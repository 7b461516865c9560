from django.conf import settings
from django.db import models

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.enums import CycleState, Medium, NoticeState, Opens
from zhuoyue.domain.programmes.states import CYCLE, NOTICE
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import LineField, Record


class Programme(Record):
    key = models.SlugField(max_length=60, unique=True)
    title = LineField(max_length=200)
    title_en = LineField(max_length=200, blank=True)
    organiser = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="programmes")

    def __str__(self) -> str:
        return self.title


class RulesVersion(Record):
    """A loaded pack, byte for byte. Applications are pinned to the version they were filed under."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rules_versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = LineField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_rules_number"),
        ]


class Cycle(Record):
    FLOW = CYCLE

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cycles")
    rules = models.ForeignKey(RulesVersion, on_delete=models.PROTECT)
    label = LineField(max_length=40)
    title = LineField(max_length=200)
    title_en = LineField(max_length=200, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=CycleState, default=CycleState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "label"], name="one_cycle_label"),
        ]

    def __str__(self) -> str:
        return self.title


class Phase(Record):
    """A stretch of the calendar, for people to read: what may be handed in when, its deadlines say.

    `ends_at` is the first instant after it. `words` is the date as the notice prints it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="phases")
    key = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    title = LineField(max_length=120)
    title_en = LineField(max_length=120, blank=True)
    opens = models.JSONField(default=list)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    words = LineField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key"], name="one_phase_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Category(Record):
    """What can be applied for in a cycle. Its form, stages, quotas and copies are read from the rules by `key`."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="categories")
    key = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    title = LineField(max_length=120)
    title_en = LineField(max_length=120, blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key"], name="one_category_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Deadline(Record):
    """From when until when one category takes one thing that is handed in. Without a date nothing is taken.

    `closes_at` is the first instant that is too late; only what is open-ended is taken without one. `medium` is empty
    where the rules name none. `key` is that of the submission, or of the phase where the rules name no submission.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="deadlines")
    phase = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, blank=True, related_name="deadlines")
    opens = models.CharField(max_length=20, choices=Opens)
    key = models.SlugField(max_length=60)
    medium = models.CharField(max_length=20, choices=Medium, blank=True)
    position = models.PositiveIntegerField()
    title = LineField(max_length=120)
    title_en = LineField(max_length=120, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    is_open_ended = models.BooleanField(default=False)
    grace_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["category", "opens", "key", "medium"], name="one_deadline"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cycle(self) -> Cycle:
        return self.category.cycle


class CycleBody(Record):
    """A body that the rules of a cycle mean by `key`. A class of bodies is bound many times, one body once."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="bodies")
    key = models.SlugField(max_length=60)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="bindings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "key", "body"], name="one_binding"),
        ]


class Officer(Record):
    """Somebody who acts for a body in one cycle; taken over from the year before, only once confirmed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="officers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="officer_in")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "body", "person"], name="one_officer"),
        ]

    @property
    def waits(self) -> bool:
        """Named, and nothing more until the person has proved their address."""
        return not self.person.is_authenticated


class Notice(Record):
    """A notice of a body. `transmits` is the notice it passes on, `supplements` the one it adds to."""

    FLOW = NOTICE

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notices")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notices")
    joint_issuers = models.JSONField(default=list, blank=True)
    number = LineField(max_length=60, blank=True)
    title = LineField(max_length=200)
    body = models.TextField()
    contact = models.TextField(blank=True)
    signed_on = models.DateField(null=True, blank=True)
    transmits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="transmitted_by"
    )
    supplements = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supplements_by"
    )
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-published_at"], name="notice_published")]

    def __str__(self) -> str:
        return self.title


class NoticeAttachment(Record):
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveIntegerField()
    title = LineField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["position"]


class NoticeReading(models.Model):
    """Who has read a notice, and when first."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="one_reading"),
        ]


class HandOver(Record):
    """Somebody of the office asks a colleague to pass the way in of a letter on by hand."""

    letter = models.OneToOneField(OutboxMail, on_delete=models.CASCADE, related_name="hand_over")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
