"""Recommending bodies of a cycle with their places, applicants and recommendations, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, prefetch_related_objects

from zhuoyue.domain.applications.actions.bodies import recommending_names
from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.models import Recommendation, Registration
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.domain.orgs.queries import members_of
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.packs.programmes.schema.bodies import Quota


@dataclass(frozen=True, slots=True)
class Places:
    """Of one category: places used, and how many there are (None: no limit)."""

    category: Category
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


def officer_by_id(membership_id: UUID) -> Membership | None:
    found = Membership.objects.filter(duty=Duty.OFFICER, pk=membership_id)
    return found.select_related("person", "organisation").first()


def recommending_bodies(cycle: Cycle) -> list[BodyRow]:
    """Those whom the rules admit or applicants have named, by name."""
    prefetch_related_objects([cycle], "categories")
    categories = list(cycle.categories.all())
    named = recommending_names(cycle)
    admitted = Q(registrations__cycle=cycle)
    if named is None:
        admitted |= Q(organisation__memberships__duty=Duty.OFFICER)
    else:
        admitted |= Q(organisation__name__in=named)
    found = Body.objects.filter(admitted).select_related("organisation").distinct().order_by("organisation__name")
    rows = {body.pk: BodyRow(body.organisation.name, body) for body in found}
    missing = (named or set()) - {row.name for row in rows.values()}
    _count_applicants(cycle, rows)
    _count_places(cycle, rows, categories)
    _name_officers(rows)
    return sorted([*rows.values(), *(BodyRow(name) for name in missing)], key=lambda row: row.name)


def _count_applicants(cycle: Cycle, rows: dict[UUID, BodyRow]) -> None:
    """Drafts count as registered only: what is being written is nobody else's affair."""
    sent = Q(application__submitted_at__isnull=False) & ~Q(application__state=ApplicationState.WITHDRAWN)
    counted = (
        Registration.objects.filter(cycle=cycle, recommender__in=rows)
        .exclude(state__in=(RegistrationState.REFUSED, RegistrationState.WITHDRAWN))
        .values("recommender")
        .annotate(registered=Count("pk"), sent=Count("application", filter=sent))
    )
    for entry in counted:
        row = rows[entry["recommender"]]
        row.registered, row.sent = entry["registered"], entry["sent"]


def _count_places(cycle: Cycle, rows: dict[UUID, BodyRow], categories: list[Category]) -> None:
    standing = (
        Recommendation.objects.filter(application__cycle=cycle, outcome=Opinion.RECOMMEND, taken_back_at=None)
        .exclude(application__state=ApplicationState.WITHDRAWN)
        .values_list("body", "application__category")
        .annotate(used=Count("application", distinct=True))
    )
    used: defaultdict[tuple[UUID, UUID], int] = defaultdict(int)
    for body_id, category_id, count in standing:
        used[body_id, category_id] = count
    for category in categories:
        quota = _quota_of(cycle, category)
        for body_id, row in rows.items():
            most = _at_most(cycle, quota, category, row.name)
            count = used[body_id, category.pk]
            if count or most is not None:
                row.places.append(Places(category, count, most))


def _quota_of(cycle: Cycle, category: Category) -> Quota | None:
    levels = rules_of(cycle.rules).recommendation
    level = next((level for level in levels if not level.categories or category.key in level.categories), None)
    return level.quota if level else None


def _at_most(cycle: Cycle, quota: Quota | None, category: Category, name: str) -> int | None:
    """What is allocated to the body itself, else to every body for the category, else to every body."""
    if quota is None:
        return None
    titles = {entry.key: entry.title.zh for entry in rules_of(cycle.rules).bodies}
    own = (entry.at_most for entry in quota.allocations if titles.get(entry.body) == name)
    of_category = (entry.per_body_at_most for entry in quota.per_category if entry.category == category.key)
    return next((most for most in (*own, *of_category)), quota.per_body_at_most)


def _name_officers(rows: dict[UUID, BodyRow]) -> None:
    held = {row.body.organisation_id: row for row in rows.values() if row.body is not None}
    for member in members_of([row.body.organisation for row in held.values() if row.body], Duty.OFFICER):
        held[member.organisation_id].officers.append(member)
