from django.conf import settings
from django.db import models
from django.db.models import Q

from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind, OrganisationSize
from zhuoyue.kernel.records import LineField, Record


class Organisation(Record):
    name = LineField(max_length=120)
    short_name = LineField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.ENTERPRISE)
    credit_code = LineField(max_length=18, blank=True)
    region = LineField(max_length=40, blank=True)
    industry = LineField(max_length=60, blank=True)
    size = models.CharField(max_length=10, choices=OrganisationSize, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    tags = models.JSONField(default=list, blank=True)
    address = LineField(max_length=200, blank=True)
    former_names = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="one_credit_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Body(Record):
    """An organisation that organises: it issues, recommends or runs. May act on another's commission."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="body")
    level = models.CharField(max_length=20, choices=BodyLevel)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    commissioned_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="commissioned"
    )

    def __str__(self) -> str:
        return self.organisation.name


class Membership(Record):
    """A person's duty in an organisation, between two dates. Lives here because foreign keys point downwards."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    duty = models.CharField(max_length=20, choices=Duty)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "duty"], name="one_membership_per_duty"),
        ]

    @property
    def waits(self) -> bool:
        """Named, and nothing more until the person has proved their address."""
        return not self.person.is_authenticated
