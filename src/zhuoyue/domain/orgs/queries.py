from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, UUIDField

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body, Membership, Organisation
from zhuoyue.kernel import clock
from zhuoyue.kernel.prepared import Blank, Prepared

Duties = dict[UUID, frozenset[str]]
OFFICE_DUTIES = (Duty.SECRETARY, Duty.AUDITOR)


def in_force(on: date | Blank) -> Q:
    return (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))


_DUTIES = Prepared(
    lambda: Membership.objects.filter(
        in_force(Blank("on", DateField())), person=Blank("person", UUIDField())
    ).values_list("organisation_id", "duty")
)


def duties_of(person: Any) -> Duties:
    """Organisation id -> duties that the person has there today.

    Kept on the person for the length of one request: rights withdrawn work at the next one.
    """
    if not getattr(person, "is_authenticated", False):
        return {}
    kept: Duties | None = getattr(person, "_duties", None)
    if kept is None:
        found: defaultdict[UUID, set[str]] = defaultdict(set)
        for organisation_id, duty in _DUTIES.ask(person=person.pk, on=clock.today().date()):
            found[organisation_id].add(duty)
        kept = person._duties = {key: frozenset(duties) for key, duties in found.items()}  # noqa: SLF001 - kept on the request's own person
    return kept


def has_duty(person: Any, organisation_id: UUID | None, *duties: Duty) -> bool:
    return organisation_id is not None and bool(duties_of(person).get(organisation_id, frozenset()) & set(duties))


def organisations_with(person: Any, *duties: Duty) -> list[UUID]:
    return [organisation for organisation, held in duties_of(person).items() if held & set(duties)]


def organisation_by_id(organisation_id: UUID) -> Organisation | None:
    return Organisation.objects.filter(pk=organisation_id).first()


def organisation_by_code(credit_code: str) -> Organisation | None:
    return Organisation.objects.filter(credit_code=credit_code).first()


def organisations_for_user(person: Any) -> list[Organisation]:
    """The organisations that a person applies for, by name."""
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return list(Organisation.objects.filter(pk__in=held).order_by("name")) if held else []


def organisations_called(name: str) -> list[Organisation]:
    """All that bear a name, as they were registered; who is meant is told by the credit code."""
    return list(Organisation.objects.filter(name=name.strip()).order_by("created_at"))


def organisation_called(name: str) -> Organisation | None:
    """By its full registered name."""
    return Organisation.objects.filter(name=name.strip()).order_by("created_at").first()


def bodies() -> list[Body]:
    """Every organising body, by name."""
    return list(Body.objects.select_related("organisation", "parent__organisation").order_by("organisation__name"))


def body_called(name: str) -> Body | None:
    return Body.objects.filter(organisation__name=name).select_related("organisation").first()


def bodies_of(person: Any, *duties: Duty) -> list[Body]:
    """The bodies a person acts for with one of `duties`, by name."""
    held = organisations_with(person, *duties)
    if not held:
        return []
    return list(
        Body.objects.filter(organisation__in=held).select_related("organisation").order_by("organisation__name")
    )


def members_of(organisations: Iterable[Organisation], *duties: Duty) -> QuerySet[Membership]:
    """Who holds one of `duties` there today, by name. Whose address is not proved holds none yet."""
    return named_in(organisations, *duties).exclude(person__proved_at=None)


def named_in(organisations: Iterable[Organisation], *duties: Duty) -> QuerySet[Membership]:
    """The same with those whose duty waits for the proof of their address (`waits`)."""
    return (
        Membership.objects.filter(in_force(clock.today().date()), organisation__in=organisations, duty__in=duties)
        .select_related("person", "organisation")
        .order_by("organisation__name", "duty", "person__name")
    )


def office_member_by_id(membership_id: UUID) -> Membership | None:
    """A duty in an office that stands today, with its organisation."""
    found = Membership.objects.filter(in_force(clock.today().date()), duty__in=OFFICE_DUTIES)
    return found.select_related("person", "organisation").filter(pk=membership_id).first()


def people_with(organisation_id: UUID, duty: Duty) -> QuerySet[Membership]:
    """Who has a duty in an organisation today, for asking about many people at once."""
    return Membership.objects.filter(in_force(clock.today().date()), organisation=organisation_id, duty=duty)
