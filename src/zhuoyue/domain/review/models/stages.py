from django.conf import settings
from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.review.enums import Outcome, StageState
from zhuoyue.domain.review.kinds import Kind, kind_of
from zhuoyue.domain.review.states import STAGE
from zhuoyue.kernel.records import LineField, Record


class StageRun(Record):
    """One stage of one category's review, in the order of the rules. Its settings stay in the rules by `key`.

    `hides_applicants`: those who judge here know an applicant by a code name alone.
    """

    FLOW = STAGE

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="stages")
    key = models.SlugField(max_length=60)
    kind = LineField(max_length=20)
    position = models.PositiveIntegerField()
    title = LineField(max_length=120)
    title_en = LineField(max_length=120, blank=True)
    hides_applicants = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=StageState, default=StageState.WAITING)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["category", "key"], name="one_stage_key"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def nature(self) -> Kind:
        """What a stage of its kind can do."""
        return kind_of(self)


class Entry(Record):
    """An application in a stage. `reason` says by which rule or whose decision it went through or stopped."""

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="entries")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="entries")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    total = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_entry"),
        ]
        indexes = [models.Index(fields=["run", "outcome"], name="entry_outcome")]


class ConditionCheck(Record):
    """A checker's finding on each condition of the rules. `results`: [{"key", "holds", "note", "computed"}]."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="condition_checks")
    results = models.JSONField()
    passed = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Decision(Record):
    """What was decided on an application: tier or none, under which rule, on what record, by whom."""

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    tier = LineField(max_length=60, blank=True)
    rule = models.JSONField(default=dict)
    record = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_decision"),
        ]
