from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.review.enums import IssueState, ScorebookState, Step
from zhuoyue.domain.review.models.examiners import Assignment
from zhuoyue.domain.review.models.stages import StageRun
from zhuoyue.domain.review.states import ISSUE, SCOREBOOK
from zhuoyue.kernel.records import Record


class Scorebook(Record):
    """One step's judgement on one application: an examiner's own, the team's agreed one, or that after the visit."""

    FLOW = SCOREBOOK

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="scorebooks")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scorebooks")
    step = models.CharField(max_length=10, choices=Step)
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="scorebook"
    )
    state = models.CharField(max_length=10, choices=ScorebookState, default=ScorebookState.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "application", "step"],
                condition=models.Q(assignment__isnull=True),
                name="one_shared_scorebook",
            ),
        ]


class ItemScore(Record):
    """Where a scorebook stands on an item. `value` in the unit of the scoring model (percent, points).

    `dimensions`: dimension key -> {"band": key, "note": words}; `strengths`, `gaps`: lists of words. `marks`: passages
    of the dossier, word for word, that an examiner marked; a comment names one by its place, ① first. `dissent`, only
    of agreed items: [{"assignment", "alias", "text", "at"}], each written by the member whose it is.
    """

    scorebook = models.ForeignKey(Scorebook, on_delete=models.PROTECT, related_name="items")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    dimensions = models.JSONField(default=dict)
    strengths = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    dissent = models.JSONField(default=list)
    done = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorebook", "node"], name="one_item_score"),
        ]


class ScoreEntry(models.Model):
    """The ledger: every value ever given, by whom and when. Only grows."""

    scorebook = models.ForeignKey(Scorebook, on_delete=models.PROTECT, related_name="ledger")
    node = models.ForeignKey(Node, on_delete=models.PROTECT)
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    detail = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scorebook", "node"], name="ledger_place")]


class Visit(Record):
    """When a team goes to an applicant, and what it does there."""

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="visits")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    starts_on = models.DateField()
    ends_on = models.DateField()
    agenda = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "application"], name="one_visit"),
        ]


class VisitIssue(Record):
    """Something to verify on site, and what was found."""

    FLOW = ISSUE

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="visit_issues")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visit_issues")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, blank=True)
    position = models.PositiveIntegerField()
    question = models.TextField()
    finding = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.OPEN)

    class Meta:
        ordering = ["position"]
