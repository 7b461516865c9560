from django.conf import settings
from django.db import models

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState, InvitationState, TeamRole
from zhuoyue.domain.review.models.stages import StageRun
from zhuoyue.domain.review.states import ASSIGNMENT, INVITATION
from zhuoyue.kernel.records import LineField, Record


class Invitation(Record):
    """An expert asked to serve in a cycle. No applicant's material opens before the undertaking and the declaration."""

    FLOW = INVITATION

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="invitations")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="invitations")
    answer_by = models.DateTimeField(null=True, blank=True)
    undertaking_at = models.DateTimeField(null=True, blank=True)
    conflicts_declared_at = models.DateTimeField(null=True, blank=True)
    link_used_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.INVITED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "expert"], name="one_invitation"),
        ]


class AssignmentRun(Record):
    """One run of the assignment engine: what went in (digest), the seed, and what came out, so that it replays."""

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="assignment_runs")
    seed = models.BigIntegerField()
    inputs = models.JSONField()
    digest = LineField(max_length=64)
    result = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Assignment(Record):
    """An expert on an application in a stage. `alias` is what others see, random per application."""

    FLOW = ASSIGNMENT

    run = models.ForeignKey(StageRun, on_delete=models.PROTECT, related_name="assignments")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=10, choices=TeamRole, default=TeamRole.MEMBER)
    alias = LineField(max_length=4)
    pinned = models.BooleanField(default=False)
    reason = models.JSONField(default=dict)
    assigned_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ACTIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "application", "expert"], name="one_assignment"),
            models.UniqueConstraint(fields=["run", "application", "alias"], name="one_alias"),
        ]
        indexes = [models.Index(fields=["expert", "state"], name="assignment_expert")]
