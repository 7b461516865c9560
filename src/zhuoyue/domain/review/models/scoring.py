from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.models import Scorebook
from zhuoyue.domain.review.enums import IssueState
from zhuoyue.domain.review.models.examiners import Assignment
from zhuoyue.domain.review.models.stages import StageRun
from zhuoyue.domain.review.states import ISSUE, SCOREBOOK
from zhuoyue.kernel.records import Record


class StageBook(Scorebook):
    """A scorebook of a stage on one application: an examiner's own, or the team's (`assignment` is then empty)."""

    FLOW = SCOREBOOK

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="scorebooks")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scorebooks")
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="scorebook"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "application"],
                condition=models.Q(assignment__isnull=True),
                name="one_shared_scorebook",
            ),
        ]


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
