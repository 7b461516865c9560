"""Recommending bodies of a cycle with their places, applicants, recommendations and terms, in two statements."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhuoyue.domain.applications.actions.bodies import recommending_names
from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.models import Recommendation, Registration
from zhuoyue.domain.applications.terms import Levels, Term, dated_levels, granted
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.domain.orgs.queries import in_force
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import clock
from zhuoyue.packs.programmes.schema.programme import Category, Programme


@dataclass(frozen=True, slots=True)
class Places:
    """Of one category: places used, and how many there are (None: no limit)."""

    title: str
    title_en: str
    used: int
    at_most: int | None


@dataclass(slots=True)
class BodyRow:
    """`body` is None where the rules name one that has not been set up here."""

    name: str
    body: Body | None = None
    registered: int = 0
    sent: int = 0
    places: list[Places] = field(default_factory=list)
    officers: list[Membership] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def officer_by_id(membership_id: UUID) -> Membership | None:
    found = Membership.objects.filter(duty=Duty.OFFICER, pk=membership_id)
    return found.select_related("person", "organisation").first()


def recommending_bodies(cycle: Cycle) -> list[BodyRow]:
    """Those whom the rules admit or applicants have named, by name."""
    rules = rules_of(cycle.rules)
    rows = [_row(body, rules, dated_levels(cycle)) for body in _bodies(cycle, rules)]
    missing = (recommending_names(cycle) or set()) - {row.name for row in rows}
    return sorted([*rows, *(BodyRow(name) for name in missing)], key=lambda row: row.name)


def _bodies(cycle: Cycle, rules: Programme) -> QuerySet[Body]:
    named = recommending_names(cycle)
    admitted = Q(registrations__cycle=cycle)
    if named is None:
        admitted |= Q(organisation__memberships__duty=Duty.OFFICER)
    else:
        admitted |= Q(organisation__name__in=named)
    officers = Membership.objects.filter(in_force(clock.today().date()), duty=Duty.OFFICER)
    return (
        Body.objects.filter(pk__in=Body.objects.filter(admitted).values("pk"))
        .select_related("organisation")
        .annotate(registered=_registered(cycle), sent=_sent(cycle))
        .annotate(**{f"used_{place}": _used(cycle, entry) for place, entry in enumerate(rules.categories)})
        .annotate(**_extended(cycle))
        .prefetch_related(
            Prefetch(
                "organisation__memberships", officers.select_related("person").order_by("person__name"), "officers"
            )
        )
        .order_by("organisation__name")
    )


def _extended(cycle: Cycle) -> dict[str, Subquery]:
    """Until when and why each level that has a time was prolonged for the body of the row."""
    of_body = granted().filter(cycle=cycle, body=OuterRef("pk"))
    found = {}
    for place, key in enumerate(dated_levels(cycle)):
        found[f"until_{place}"] = Subquery(of_body.filter(level=key).values("until")[:1])
        found[f"reason_{place}"] = Subquery(of_body.filter(level=key).values("reason")[:1])
    return found


def _count(found: QuerySet[Any], body: str, what: str) -> Coalesce:
    """How many `what` belong to the body of the row."""
    counted = found.filter(**{body: OuterRef("pk")}).order_by().values(body).annotate(n=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _registered(cycle: Cycle) -> Coalesce:
    gone = (RegistrationState.REFUSED, RegistrationState.WITHDRAWN)
    return _count(Registration.objects.filter(cycle=cycle).exclude(state__in=gone), "recommender", "pk")


def _sent(cycle: Cycle) -> Coalesce:
    """Drafts count as registered only: what is being written is nobody else's affair."""
    found = Registration.objects.filter(cycle=cycle, application__submitted_at__isnull=False)
    return _count(found.exclude(application__state=ApplicationState.WITHDRAWN), "recommender", "pk")


def _used(cycle: Cycle, category: Category) -> Coalesce:
    standing = Recommendation.objects.filter(
        application__cycle=cycle, application__category__key=category.key, outcome=Opinion.RECOMMEND, taken_back_at=None
    ).exclude(application__state=ApplicationState.WITHDRAWN)
    return _count(standing, "body", "application")


def _row(body: Any, rules: Programme, levels: Levels) -> BodyRow:
    name = body.organisation.name
    places = []
    for place, category in enumerate(rules.categories):
        used, most = getattr(body, f"used_{place}"), places_allowed(rules, category, name)
        if used or most is not None:
            places.append(Places(category.title.zh, category.title.en, used, most))
    terms = [
        Term(level, getattr(body, f"until_{place}") or until, getattr(body, f"reason_{place}") or "")
        for place, (level, until) in enumerate(levels.values())
    ]
    return BodyRow(name, body, body.registered, body.sent, places, body.organisation.officers, terms)


def places_allowed(rules: Programme, category: Category, name: str) -> int | None:
    """What is allocated to the body itself, else to every body for the category, else to every body."""
    levels = rules.recommendation
    level = next((level for level in levels if not level.categories or category.key in level.categories), None)
    if level is None or level.quota is None:
        return None
    quota = level.quota
    titles = {entry.key: entry.title.zh for entry in rules.bodies}
    own = (entry.at_most for entry in quota.allocations if titles.get(entry.body) == name)
    of_category = (entry.per_body_at_most for entry in quota.per_category if entry.category == category.key)
    return next((most for most in (*own, *of_category)), quota.per_body_at_most)
