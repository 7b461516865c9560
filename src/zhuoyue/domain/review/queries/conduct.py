"""What experts sign, and which ties they declare: from the rules of the cycle."""

from typing import Any

from django.db.models import QuerySet

from zhuoyue.domain.applications.enums import RegistrationState
from zhuoyue.domain.experts.enums import ConflictKind, RecusalGrade
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.packs.programmes.schema.base import Entry

_LEFT = (RegistrationState.REFUSED, RegistrationState.WITHDRAWN)


def undertaking_of(cycle: Cycle) -> tuple[Entry, ...]:
    """The lines that are signed on acceptance; empty where the rules have none."""
    conduct = rules_of(cycle.rules).conduct
    return conduct.undertaking if conduct is not None else ()


def tie_words(cycle: Cycle, language: str) -> dict[str, str]:
    """Kind of a tie -> its words: those of the rules, else the general ones."""
    conduct = rules_of(cycle.rules).conduct
    if conduct is None or not conduct.conflicts:
        return {str(kind.value): str(kind.label) for kind in ConflictKind}
    return {kind.key: kind.title.in_language(language) for kind in conduct.conflicts}


def grade_of_tie(cycle: Cycle, kind: str) -> str:
    """From how much a tie of this kind bars: the application, or the whole cycle."""
    conduct = rules_of(cycle.rules).conduct
    whole = {entry.key for entry in conduct.conflicts if entry.recusal == "edition"} if conduct is not None else set()
    return RecusalGrade.CYCLE if kind in whole else RecusalGrade.ENTRY


def applicants_named(cycle: Cycle, text: str) -> QuerySet[Organisation]:
    """Applicants of a cycle whose name contains `text`. Names only: nothing else of them is open to experts yet."""
    return (
        Organisation.objects.filter(registrations__cycle=cycle, name__icontains=text)
        .exclude(registrations__state__in=_LEFT)
        .distinct()
        .only("id", "name")
        .order_by("name")
    )


def applicant_of(cycle: Cycle, organisation_id: Any) -> Organisation | None:
    return applicants_named(cycle, "").filter(pk=organisation_id).first()
