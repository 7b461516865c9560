"""Whether a winner counts against a cap, and which of its reserved places it may take, by the programme's rules."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.queries import category_rules
from zhuoyue.domain.review.models import ConditionCheck
from zhuoyue.domain.review.queries.stages import facts_of
from zhuoyue.packs.programmes import evaluate
from zhuoyue.packs.programmes.schema.awards import Cap, Reserved
from zhuoyue.packs.programmes.schema.programme import Programme

Found = Mapping[UUID, Mapping[str, bool]]


def has_groups(cap: Cap) -> bool:
    return bool(cap.reserved or cap.exempt)


def findings_on(applications: Iterable[Application]) -> Found:
    """Application id -> what its last condition check found, by condition; one statement for all."""
    rows = ConditionCheck.objects.filter(application__in=list(applications)).order_by("at")
    return {check.application_id: {row["key"]: bool(row["holds"]) for row in check.results} for check in rows}


def is_exempt(rules: Programme, cap: Cap, application: Application, found: Found) -> bool:
    """Whether it stands outside the cap. An exemption without a condition is the organiser's to grant: not here."""
    return any(_holds(rules, entry.condition, application, found) for entry in cap.exempt if entry.condition)


def is_reserved_for(rules: Programme, kept: Reserved, application: Application, found: Found) -> bool:
    if kept.applicant_kind and kept.applicant_kind not in category_rules(application.category).applicant_kinds:
        return False
    return kept.condition is None or _holds(rules, kept.condition, application, found)


def _holds(rules: Programme, key: str, application: Application, found: Found) -> bool:
    """Met by what is known of the applicant and what its check found; what is not known does not hold."""
    asked = rules.condition_set(key)
    if asked is None:
        return False
    known: dict[str, Any] = {**facts_of(application), **found.get(application.pk, {})}
    return evaluate(asked.tree, known).outcome == "met"
