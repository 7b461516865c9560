"""Meetings, candidates and counts."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.review.enums import Choice
from zhuoyue.domain.review.models import Entry, Meeting, Recusal, Seat, Tally
from zhuoyue.domain.review.queries.stages import settings_of

_WITH = ("run__category__cycle__programme__organiser__organisation", "run__category__cycle__rules")


def meeting_by_id(meeting_id: UUID) -> Meeting | None:
    return Meeting.objects.select_related(*_WITH).filter(pk=meeting_id).first()


def meetings_for_user(person: Any) -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(run__category__cycle__seats__person=person, run__category__cycle__seats__is_active=True)
        .select_related(*_WITH)
        .order_by("starts_at", "created_at")
    )


def candidates_of(meeting: Meeting) -> list[Entry]:
    return list(
        meeting.run.entries.select_related("application__organisation", "application__snapshot").order_by(
            "application__number"
        )
    )


def candidate_by_id(entry_id: UUID) -> Entry | None:
    return (
        Entry.objects.select_related(
            "run__category__cycle__programme__organiser",
            "run__category__cycle__rules",
            "application__organisation",
            "application__snapshot",
            "application__dossier__form",
        )
        .filter(pk=entry_id)
        .first()
    )


def seats_of(meeting: Meeting) -> QuerySet[Seat]:
    return Seat.objects.filter(cycle=meeting.run.category.cycle, is_active=True).select_related("person")


def electorate(meeting: Meeting) -> int:
    return seats_of(meeting).count()


def recused_from(meeting: Meeting, person: Any) -> set[UUID]:
    """The candidates that a member stays away from."""
    found = Recusal.objects.filter(meeting=meeting, seat__person=person).values_list("application_id", flat=True)
    return set(found)


def quorum_of(meeting: Meeting) -> int:
    """How many members must have voted: the rule's share of the electorate, rounded up; without a rule, one."""
    rule = settings_of(meeting.run).ballot
    return ceil(rule.quorum * electorate(meeting)) if rule is not None else 1


@dataclass(frozen=True, slots=True)
class Count:
    """The counts on one candidate and whether the majority of the rule is reached. `base`: what it is a share of."""

    application: UUID
    in_favour: int
    against: int
    abstained: int
    base: int
    needed: int
    carried: bool

    def as_data(self) -> dict[str, Any]:
        return {
            "application": str(self.application),
            "for": self.in_favour,
            "against": self.against,
            "abstain": self.abstained,
            "base": self.base,
            "needed": self.needed,
            "carried": self.carried,
        }


def count_of(meeting: Meeting, application: Application) -> Count:
    """The count on a candidate. Members recused from it are not in its base. Only after the ballot is closed."""
    counts = dict(Tally.objects.filter(meeting=meeting, application=application).values_list("choice", "count"))
    in_favour, against, abstained = (counts.get(choice, 0) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
    recused = Recusal.objects.filter(meeting=meeting, application=application, seat__is_active=True).count()
    rule = settings_of(meeting.run).ballot
    bases = {
        "electorate": electorate(meeting) - recused,
        "present": in_favour + against + abstained,
        "valid_votes": in_favour + against,
    }
    base = bases[rule.base if rule is not None else "present"]
    majority = rule.majority if rule is not None else Fraction(1, 2)
    exceeds = rule is None or rule.comparison == "more_than"
    share = majority * base
    needed = int(share) + 1 if exceeds else ceil(share)
    return Count(application.pk, in_favour, against, abstained, base, needed, in_favour >= needed)
