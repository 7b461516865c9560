from django.conf import settings
from django.db import models

from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.states import APPLICATION, REGISTRATION
from zhuoyue.domain.dossiers.models import Dossier, Snapshot
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.programmes.enums import Medium
from zhuoyue.domain.programmes.models import Category, Cycle, RulesVersion
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import LineField, Record


class Registration(Record):
    """A sign-up for a category of a cycle. `subject` names the project, team or person; else empty."""

    FLOW = REGISTRATION

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="registrations")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrations")
    subject = LineField(max_length=120, blank=True)
    recommender = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations")
    contact_name = LineField(max_length=60)
    contact_phone = LineField(max_length=30)
    contact_email = models.EmailField()
    details = models.JSONField(default=dict, blank=True)
    stamped_scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    paper_received_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.SENT)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "organisation", "subject"], name="one_registration"),
        ]
        indexes = [models.Index(fields=["cycle", "-sent_at"], name="registration_newest")]


class Application(Record):
    """Belongs to exactly one cycle, category and rules version. `snapshot` is what was last submitted."""

    FLOW = APPLICATION

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="application")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="applications")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    subject = LineField(max_length=120, blank=True)
    rules = models.ForeignKey(RulesVersion, on_delete=models.PROTECT)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="application")
    recommender = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    number = LineField(max_length=60)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_application_number"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state"], name="application_cycle_state"),
            models.Index(fields=["category", "number"], name="application_category_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.organisation.name}"

    @property
    def title(self) -> str:
        """Who applies, for people: the organisation, and what of it."""
        return f"{self.organisation.name} {self.subject}".strip()


class Receipt(Record):
    """Acknowledges one complete arrival: number, server time, the rule it was measured by, the digest received."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="receipts")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="receipts")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True)
    number = LineField(max_length=60)
    medium = models.CharField(max_length=20, choices=Medium, default=Medium.ONLINE)
    at = models.DateTimeField()
    rule = models.JSONField(default=dict)
    digest = LineField(max_length=64)
    audit_sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_receipt_number"),
        ]


class Recommendation(Record):
    """A body's opinion. A later one supersedes the earlier, which stays."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    outcome = models.CharField(max_length=10, choices=Opinion)
    opinion = models.TextField()
    rank = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]


class Extension(Record):
    """More time for a body to give its opinions at a level (its key in the rules). The last one granted stands."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="extensions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="extensions")
    level = LineField(max_length=60)
    until = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Return(Record):
    """What has to be corrected, item by item, and until when. `items`: [{"part": key, "text": words}]."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="returns")
    items = models.JSONField()
    article = LineField(max_length=200, blank=True)
    until = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
