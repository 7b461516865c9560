"""Searching by name or number: each role finds exactly what its own pages show it, and nothing else.

A draft is its organisation's alone; an examiner finds applications they work on, a member of the jury candidates they
are not recused from; where a stage hides applicants, no name is searched there at all.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.rules import RECOMMENDER_SEES, SEE, SEE_REGISTRATION
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.orgs.queries import duties_of, organisations_for_user, organisations_with
from zhuoyue.domain.programmes.bodies import of_mandates
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Assignment, Entry, Recusal
from zhuoyue.domain.review.queries.jury import seats_held
from zhuoyue.domain.review.queries.teams import is_or_was_invited, working
from zhuoyue.kernel import access

SHORTEST = 2
MOST = 8
_WITH = ("organisation", "cycle__programme__organiser", "recommender")


@dataclass(frozen=True, slots=True)
class Findings:
    """By whose eyes: the office, the recommending body, the examiner, the jury, the applicant."""

    sent: list[Application]
    registrations: list[Registration]
    experts: list[Expert]
    recommended: list[Application]
    pairs: list[Assignment]
    candidates: list[Entry]
    own: list[Registration]
    organisations: list[Organisation]


def found_for(person: Any, text: str) -> Findings:
    """At most MOST of each kind; nothing for fewer than SHORTEST characters. One statement for each role held."""
    text = text.strip()
    if len(text) < SHORTEST:
        return Findings([], [], [], [], [], [], [], [])
    office = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    pools = organisations_with(person, Duty.SECRETARY)
    applies = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return Findings(
        sent=_seen(person, SEE, _sent(text).filter(cycle__programme__organiser__organisation__in=office)),
        registrations=_seen(
            person, SEE_REGISTRATION, _registered(text).filter(cycle__programme__organiser__organisation__in=office)
        ),
        experts=list(_experts(text).filter(pool__organisation__in=pools)[:MOST]),
        recommended=_seen(person, RECOMMENDER_SEES, _sent(text).filter(of_mandates(person))),
        pairs=_pairs(person, text),
        candidates=_candidates(person, text),
        own=_seen(person, SEE_REGISTRATION, _registered(text).filter(organisation__in=applies)),
        organisations=[one for one in organisations_for_user(person) if text.lower() in one.name.lower()][:MOST],
    )


def _seen(person: Any, permission: str, found: QuerySet[Any]) -> list[Any]:
    """What the page behind each result would open for the person: the same permission is asked here."""
    return [one for one in found[:MOST] if access.allowed(permission, person, one)]


def _named(text: str, path: str = "") -> Q:
    names = ("organisation__name", "subject", "number")
    found = Q()
    for name in names:
        found |= Q(**{f"{path}{name}__icontains": text})
    return found


def _sent(text: str) -> QuerySet[Application]:
    return (
        Application.objects.filter(_named(text), snapshot__isnull=False).select_related(*_WITH).order_by("-opened_at")
    )


def _registered(text: str) -> QuerySet[Registration]:
    wanted = Q(organisation__name__icontains=text) | Q(subject__icontains=text) | Q(application__number__icontains=text)
    return (
        Registration.objects.filter(wanted)
        .select_related("organisation", "cycle__programme__organiser", "application")
        .order_by("-sent_at")
    )


def _experts(text: str) -> QuerySet[Expert]:
    return (
        Expert.objects.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))
        .select_related("person")
        .order_by("person__name")
    )


def _pairs(person: Any, text: str) -> list[Assignment]:
    if not is_or_was_invited(person):
        return []
    found = working(person).filter(_named(text, "application__"), run__hides_applicants=False)
    return list(found.select_related("run", "application__organisation").order_by("application__number")[:MOST])


def _candidates(person: Any, text: str) -> list[Entry]:
    seats = seats_held(person)
    if not seats:
        return []
    recused = Recusal.objects.filter(meeting__run=OuterRef("run"), application=OuterRef("application"))
    found = (
        Entry.objects.filter(_named(text, "application__"), run__category__cycle__in=list(seats))
        .filter(run__kind__in=keys_of(lambda kind: kind.votes), run__hides_applicants=False, run__meeting__isnull=False)
        .exclude(run__state=StageState.WAITING)
        .exclude(Exists(recused.filter(seat__person=person)))
        .exclude(application__organisation__in=list(duties_of(person)))
    )
    return list(found.select_related("run", "application__organisation").order_by("application__number")[:MOST])
