"""How many awards the rules have places for, at every scope, and how many of them a decision fills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import category_rules, rules_of
from zhuoyue.domain.review.models import Decision, StageRun
from zhuoyue.domain.review.queries.stages import deciding_runs
from zhuoyue.domain.review.queries.standing import Found, findings_on, has_groups, is_exempt, is_reserved_for
from zhuoyue.engine.cuts import Candidate, caps_from_data, check_caps
from zhuoyue.packs.programmes.cuts import cap_labels, caps_data
from zhuoyue.packs.programmes.schema.awards import Cap
from zhuoyue.packs.programmes.schema.programme import Programme


@dataclass(frozen=True, slots=True)
class Winner:
    """An application with an award, and its labels for the engine."""

    application: Application
    labels: dict[str, str]

    @property
    def candidate(self) -> Candidate:
        return Candidate(self.application.number, None, self.labels)


@dataclass(frozen=True, slots=True)
class Kept:
    """Places kept inside a cap for one group: how many, and how many of the group have an award."""

    title: str
    places: int
    given: int

    @property
    def vacant(self) -> int:
        return max(0, self.places - self.given)


@dataclass(frozen=True, slots=True)
class Place:
    """A cap with what is given under it. `vacant` is None where the cap holds for several groups, each by itself.

    `exempt` awards stand outside it. `fault` says by how much it is broken; empty when it is kept.
    """

    title: str
    given: int
    at_most: int | None
    vacant: int | None
    fault: str
    exempt: int = 0
    kept: tuple[Kept, ...] = ()


def places_of(category: Category, tiers: Mapping[UUID, str]) -> list[Place]:
    """Every cap of the rules with `tiers` (application id -> tier key) and what other categories have decided."""
    rules = rules_of(category.cycle.rules)
    caps = [cap for cap in rules.caps if cap.at_most is not None or cap.at_least is not None]
    if not caps:
        return []
    winners = _winners(rules, category, tiers)
    found = findings_on([one.application for one in winners]) if any(has_groups(cap) for cap in caps) else {}
    return [_place(rules, cap, winners, found) for cap in caps]


def _place(rules: Programme, cap: Cap, winners: Sequence[Winner], found: Found) -> Place:
    language = get_language() or "zh-hans"
    title = cap.title.in_language(language)
    inside = [one for one in winners if one.labels.get(f"cap:{cap.key}", "in") == "in"]
    counted = [one for one in inside if not is_exempt(rules, cap, one.application, found)]
    breaches = check_caps([one.candidate for one in counted], caps_from_data(caps_data(rules, [cap.key])))
    broken = next((breach for breach in breaches if _bites(cap, breach)), None)
    whole = cap.scope not in ("body", "region", "industry")
    vacant = cap.at_most - len(counted) if whole and cap.at_most is not None else None
    groups = [[one for one in counted if is_reserved_for(rules, kept, one.application, found)] for kept in cap.reserved]
    kept = tuple(
        Kept(entry.title.in_language(language), entry.places, len(group))
        for entry, group in zip(cap.reserved, groups, strict=True)
    )
    fault = _words(title, broken) if broken is not None else _kept_words(title, vacant, kept)
    return Place(title, len(counted), cap.at_most, vacant, fault, len(inside) - len(counted), kept)


def _kept_words(title: str, vacant: int | None, kept: Sequence[Kept]) -> str:
    """Why the places that are left are fewer than those kept for groups; empty while they suffice."""
    short = sum(group.vacant for group in kept)
    if vacant is None or vacant >= short:
        return ""
    words = _("“%(cap)s”为%(groups)s保留的名额被占用：还应空出%(short)s个，只空出%(vacant)s个。")
    groups = _("、").join(group.title for group in kept if group.vacant)
    return words % {"cap": title, "groups": groups, "short": short, "vacant": vacant}


def _bites(cap: Cap, breach: Any) -> bool:
    """A floor that is not reached is a vacancy where the rules allow vacancies."""
    return bool(breach.code == "cap_exceeded" or not cap.may_stay_vacant)


def _words(title: str, breach: Any) -> str:
    if breach.code == "cap_exceeded":
        words = _("超过“%(cap)s”：最多%(most)s个，现在是%(count)s个。")
        return words % {"cap": title, "most": breach["at_most"], "count": breach["count"]}
    words = _("没有达到“%(cap)s”：至少%(least)s个，现在是%(count)s个。")
    return words % {"cap": title, "least": breach["at_least"], "count": breach["count"]}


def _winners(rules: Programme, category: Category, tiers: Mapping[UUID, str]) -> list[Winner]:
    """Whoever gets an award in the cycle: by `tiers` in this category, by their decisions in the others."""
    given = {key: tier for key, tier in tiers.items() if tier}
    decided = Decision.objects.filter(application=OuterRef("pk")).exclude(tier="").values("tier")[:1]
    elsewhere = Q(cycle=category.cycle_id, decided__isnull=False) & ~Q(category=category)
    found = (
        Application.objects.annotate(decided=Subquery(decided))
        .filter(Q(pk__in=given) | elsewhere)
        .select_related("organisation", "category__cycle__rules")
    )
    return [_winner(rules, one, given.get(one.pk) or one.decided) for one in found]


def _winner(rules: Programme, application: Application, tier: str) -> Winner:
    award = category_rules(application.category).award
    labels = cap_labels(rules, award=award, tier=tier, category=application.category.key)
    labels |= {
        "body": str(application.recommender_id or ""),
        "region": application.organisation.region,
        "industry": application.organisation.industry,
    }
    return Winner(application, labels)


def decisions_of(run: StageRun) -> dict[UUID, Decision]:
    """Application id -> what was decided on it in the stage."""
    return {found.application_id: found for found in Decision.objects.filter(run=run)}


def winners_of(category: Category) -> list[Decision]:
    """Decisions that give a tier, by name of the organisation."""
    found = Decision.objects.filter(run=Subquery(deciding_runs(category).values("pk"))).exclude(tier="")
    return list(
        found.select_related("application__organisation").order_by(
            "application__organisation__name", "application__number"
        )
    )
