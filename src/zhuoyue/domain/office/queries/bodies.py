"""Recommending bodies of a cycle with their places, applicants, recommendations and terms, in two statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.models import Recommendation, Registration
from zhuoyue.domain.applications.queries import first_level, places_allowed
from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.applications.terms import Levels, Term, dated_levels, granted
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.bodies import officers_of
from zhuoyue.domain.programmes.models import Cycle, CycleBody, Officer
from zhuoyue.domain.programmes.queries import rules_of
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
    """`body` is None where the rules name one that has not been set up here. `keys`: what the rules call it."""

    name: str
    body: Body | None = None
    registered: int = 0
    sent: int = 0
    places: list[Places] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the rules call it, empty where only applicants have named it."""
        return self.keys[0] if self.keys else ""


def recommending_bodies(cycle: Cycle) -> list[BodyRow]:
    """Those who stand in the cycle or whom applicants have named, by name, and those still to be set up."""
    rules, entries = rules_of(cycle.rules), recommending_entries(cycle)
    rows = [_row(body, rules, dated_levels(cycle), tuple(entries)) for body in _bodies(cycle, rules, tuple(entries))]
    bound = {key for row in rows for key in row.keys}
    missing = [entry for key, entry in entries.items() if not entry.several and key not in bound]
    unknown = [BodyRow(entry.title.zh, keys=(entry.key,)) for entry in missing]
    return sorted([*rows, *unknown], key=lambda row: row.name)


def _bodies(cycle: Cycle, rules: Programme, keys: Sequence[str]) -> QuerySet[Body]:
    admitted = Q(registrations__cycle=cycle) | Q(bindings__cycle=cycle)
    return (
        Body.objects.filter(pk__in=Body.objects.filter(admitted).values("pk"))
        .select_related("organisation")
        .annotate(registered=_registered(cycle), sent=_sent(cycle))
        .annotate(**{f"used_{place}": _used(cycle, entry) for place, entry in enumerate(rules.categories)})
        .annotate(**_extended(cycle))
        .annotate(**{f"stands_{place}": _stands(cycle, key) for place, key in enumerate(keys)})
        .prefetch_related(Prefetch("officers", officers_of(cycle), "acting"))
        .order_by("organisation__name")
    )


def _stands(cycle: Cycle, key: str) -> Exists:
    return Exists(CycleBody.objects.filter(cycle=cycle, key=key, body=OuterRef("pk")))


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


def _row(body: Any, rules: Programme, levels: Levels, entries: Sequence[str]) -> BodyRow:
    keys = tuple(key for place, key in enumerate(entries) if getattr(body, f"stands_{place}"))
    places = []
    for place, category in enumerate(rules.categories):
        used, most = getattr(body, f"used_{place}"), _places_here(rules, category, keys)
        if used or most is not None:
            places.append(Places(category.title.zh, category.title.en, used, most))
    terms = [
        Term(level, getattr(body, f"until_{place}") or until, getattr(body, f"reason_{place}") or "")
        for place, (level, until) in enumerate(levels.values())
    ]
    return BodyRow(
        body.organisation.name, body, body.registered, body.sent, places, list(body.acting), terms, keys=keys
    )


def _places_here(rules: Programme, category: Category, keys: Collection[str]) -> int | None:
    """The same, and None where the body does not stand at that level at all."""
    level = first_level(rules, category.key)
    stands = level is not None and (not keys or set(keys) & set(level.by))
    return places_of(rules, category, keys) if stands else None


def places_of(rules: Programme, category: Category, keys: Collection[str]) -> int | None:
    """Of a body that stands by `keys`, at the level that applications of the category take first."""
    level = first_level(rules, category.key)
    return places_allowed(level.quota, category.key, keys) if level is not None and level.quota is not None else None
