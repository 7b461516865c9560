"""Which bodies the rules of a cycle mean here, and who acts for them in it. Found by identity, never by name."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.queries import members_of, organisations_with
from zhuoyue.domain.programmes.models import Cycle, CycleBody, Officer
from zhuoyue.kernel.prepared import Blank, Prepared

Mandate = tuple[UUID, UUID]

_MANDATES = Prepared(
    lambda: Officer.objects.filter(
        person=Blank("person", UUIDField()), confirmed_at__isnull=False, ended_at=None
    ).values_list("cycle_id", "body_id", "body__organisation_id")
)


def mandates_of(person: Any) -> frozenset[Mandate]:
    """(cycle id, body id) of every cycle in which the person acts for a body today.

    Being an officer of the body is one half, being named in the cycle the other. Kept for the length of one request.
    """
    held = set(organisations_with(person, Duty.OFFICER))
    if not held:
        return frozenset()
    kept: frozenset[Mandate] | None = person.__dict__.get("_mandates")
    if kept is None:
        rows = _MANDATES.ask(person=person.pk)
        kept = frozenset((cycle, body) for cycle, body, organisation in rows if organisation in held)
        person.__dict__["_mandates"] = kept
    return kept


def acts_for(person: Any, body_id: UUID | None, cycle_id: UUID) -> bool:
    return body_id is not None and (cycle_id, body_id) in mandates_of(person)


def cycles_acted_in(person: Any, body: Body) -> list[UUID]:
    """The ids of the cycles in which the person acts for the body."""
    return [cycle for cycle, acted_for in mandates_of(person) if acted_for == body.pk]


def of_mandates(person: Any) -> Q:
    """Narrows registrations or applications to those that name a body for whom the person acts in their cycle."""
    found = Q(pk__in=[])
    for cycle, body in mandates_of(person):
        found |= Q(cycle=cycle, recommender=body)
    return found


def officers_of(cycle: Cycle) -> QuerySet[Officer]:
    """Those who act for a body in the cycle, and those of the year before whom nobody has confirmed yet."""
    return Officer.objects.filter(cycle=cycle, ended_at=None).select_related("person").order_by("person__name")


def officers_to_tell(cycle: Cycle, body: Body) -> list[Any]:
    """The people who act for the body in the cycle."""
    acting = officers_of(cycle).filter(body=body, confirmed_at__isnull=False).values("person")
    return [member.person for member in members_of([body.organisation], Duty.OFFICER).filter(person__in=acting)]


def officer_by_id(officer_id: UUID) -> Officer | None:
    found = Officer.objects.select_related("person", "body__organisation", "cycle__programme__organiser")
    return found.filter(pk=officer_id).first()


def keys_of_body(cycle: Cycle, body: Body) -> set[str]:
    """By which keys of the rules a body stands in the cycle."""
    return set(CycleBody.objects.filter(cycle=cycle, body=body).values_list("key", flat=True))


def bound_to(cycle: Cycle, *keys: str) -> QuerySet[Body]:
    """The bodies that stand in the cycle by one of `keys`, by name."""
    bound = CycleBody.objects.filter(cycle=cycle, key__in=keys).values("body")
    return Body.objects.filter(pk__in=bound).select_related("organisation").order_by("organisation__name", "pk")
