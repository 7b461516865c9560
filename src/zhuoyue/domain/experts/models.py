from django.conf import settings
from django.db import models

from zhuoyue.domain.experts.enums import ConflictState, ExpertLevel, RecusalGrade
from zhuoyue.domain.experts.states import CONFLICT
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.kernel.records import LineField, Record


class Expert(Record):
    """A person in the pool of a body. `industries` and `fields` are plain lists that affinity is computed from."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expertise")
    pool = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="experts")
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="experts")
    level = models.CharField(max_length=10, choices=ExpertLevel, default=ExpertLevel.EXAMINER)
    kinds = models.JSONField(default=list)
    industries = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=list, blank=True)
    region = LineField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    most_load = models.PositiveIntegerField(default=6)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "pool"], name="one_expert_per_pool"),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def waits(self) -> bool:
        """The person has not proved their address yet: no invitation can be answered."""
        return not self.person.is_authenticated


class Conflict(Record):
    """Why an expert must stay away from an organisation. Declared counts as confirmed until it is ruled on.

    `kind` is the key of a kind that the programme's rules name, or one of `ConflictKind` where they name none.
    """

    FLOW = CONFLICT

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="conflicts")
    kind = LineField(max_length=60)
    grade = models.CharField(max_length=6, choices=RecusalGrade, default=RecusalGrade.ENTRY)
    evidence = models.TextField(blank=True)
    detected = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ConflictState, default=ConflictState.DECLARED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expert", "organisation", "kind"], name="one_conflict_per_kind"),
        ]
