"""Meetings, candidates and counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.orgs.queries import duties_of
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import tier_titles
from zhuoyue.domain.review.enums import Choice, MeetingState
from zhuoyue.domain.review.models import Decision, Entry, Meeting, Recusal, Seat, VisitIssue, VoteCast
from zhuoyue.domain.review.queries.agreed import individual_totals, totals_of
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.kernel.prepared import Blank, Prepared

_WITH = (
    "run__category__cycle__programme__organiser__organisation",
    "run__category__cycle__rules",
    "run__category__edition",
)


def meeting_by_id(meeting_id: UUID) -> Meeting | None:
    return Meeting.objects.select_related(*_WITH).filter(pk=meeting_id).first()


def meetings_for_user(person: Any) -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(run__category__cycle__seats__person=person, run__category__cycle__seats__is_active=True)
        .select_related(*_WITH)
        .order_by("starts_at", "created_at")
    )


def meeting_of(run_id: UUID) -> Meeting | None:
    return Meeting.objects.select_related(*_WITH).filter(run=run_id).first()


def meeting_at_hand(person: Any) -> Meeting | None:
    """The meeting a member works for now: the first that is not counted yet, else the last one."""
    found = list(meetings_for_user(person))
    return next((meeting for meeting in found if meeting.state != MeetingState.CLOSED), found[-1] if found else None)


def candidates_of(meeting: Meeting) -> list[Entry]:
    return list(_candidates(meeting))


def _candidates(meeting: Meeting) -> QuerySet[Entry]:
    found = meeting.run.entries.select_related(
        "run__category__cycle", "application__organisation", "application__category"
    )
    return found.order_by("application__number")


def candidates_with_decisions(meeting: Meeting) -> list[Any]:
    """The candidates, each with its `tier` (None while nothing is decided, "" for none) and `decision_reason`."""
    decided = Decision.objects.filter(run=OuterRef("run"), application=OuterRef("application"))
    return list(
        _candidates(meeting).annotate(
            tier=Subquery(decided.values("tier")[:1]), decision_reason=Subquery(decided.values("reason")[:1])
        )
    )


def candidate_by_id(entry_id: UUID) -> Entry | None:
    return (
        Entry.objects.select_related(
            "run__category__cycle__programme__organiser",
            "run__category__cycle__rules",
            "run__category__edition",
            "application__organisation",
            "application__snapshot",
            "application__dossier__form",
        )
        .filter(pk=entry_id)
        .first()
    )


def seats_of(meeting: Meeting) -> QuerySet[Seat]:
    """Who may vote. A seat waits, and counts for nothing, until its member has proved their address."""
    return seats_named(meeting).exclude(person__proved_at=None)


def seats_named(meeting: Meeting) -> QuerySet[Seat]:
    """Those who may vote, and those whose seat waits."""
    return Seat.objects.filter(cycle=meeting.run.category.cycle, is_active=True).select_related("person")


_SEATS = Prepared(lambda: Seat.objects.filter(person=Blank("person", UUIDField()), is_active=True))


def seats_held(person: Any) -> dict[UUID, Seat]:
    """Cycle id -> the person's seat. Kept on the person for one request: a seat withdrawn works at the next one."""
    if not person.is_authenticated:
        return {}
    kept: dict[UUID, Seat] | None = getattr(person, "_seats", None)
    if kept is None:
        kept = person._seats = {seat.cycle_id: seat for seat in _SEATS.ask(person=person.pk)}  # noqa: SLF001 - kept on the request's own person
    return kept


def seat_by_id(seat_id: UUID) -> Seat | None:
    return Seat.objects.select_related("cycle__programme__organiser", "person").filter(pk=seat_id).first()


def seats_of_cycle(cycle: Cycle) -> QuerySet[Seat]:
    return (
        Seat.objects.filter(cycle=cycle, is_active=True)
        .select_related("person")
        .order_by("-is_chair", "person__name", "pk")
    )


def seats_fault(meeting: Meeting) -> str:
    """What is amiss with the seats: one that waits, or their number by the rule of the ballot; empty when nothing is.

    A seat that waits could take effect while the ballot runs; so it is settled before.
    """
    named = list(seats_named(meeting))
    waiting = [seat.person.name for seat in named if seat.person.proved_at is None]
    if waiting:
        words = _("%(names)s还没有确认邮箱，任命没有生效。请等待确认，或解除任命以后再开始投票。")
        return words % {"names": "、".join(waiting)}
    rule, seats = settings_of(meeting.run).ballot, len(named)
    if rule is None:
        return "" if seats else _("还没有审定委员。")
    if seats < (rule.seats_at_least or 1):
        return _("审定委员有%(seats)s人，规则要求至少%(least)s人。") % {
            "seats": seats,
            "least": rule.seats_at_least or 1,
        }
    if rule.seats_at_most is not None and seats > rule.seats_at_most:
        return _("审定委员有%(seats)s人，规则要求至多%(most)s人。") % {"seats": seats, "most": rule.seats_at_most}
    if rule.odd_seats and seats % 2 == 0:
        return _("审定委员有%(seats)s人，规则要求单数。") % {"seats": seats}
    return ""


def turnout(meeting: Meeting) -> int:
    """How many have voted in this round; never who, and never what."""
    return VoteCast.objects.filter(meeting=meeting, round=meeting.round).count()


def has_voted(meeting: Meeting, person: Any) -> bool:
    return VoteCast.objects.filter(meeting=meeting, round=meeting.round, seat__person=person).exists()


def voted_in(person: Any) -> set[UUID]:
    """The meetings in whose round at hand a person has voted."""
    found = VoteCast.objects.filter(seat__person=person, round=F("meeting__round"))
    return set(found.values_list("meeting_id", flat=True))


def recusals_of(meeting: Meeting, person: Any) -> QuerySet[Recusal]:
    return Recusal.objects.filter(meeting=meeting, seat__person=person)


def electorate(meeting: Meeting) -> int:
    return seats_of(meeting).count()


def speaks_for_candidate(person: Any, application: Application) -> bool:
    """Whether a member belongs to the candidate itself; the ballot recuses them when it opens."""
    return application.organisation_id in duties_of(person)


def recused_from(meeting: Meeting, person: Any) -> set[UUID]:
    """The candidates that a member stays away from."""
    found = Recusal.objects.filter(meeting=meeting, seat__person=person).values_list("application_id", flat=True)
    return set(found)


def quorum_of(meeting: Meeting, seats: int | None = None) -> int:
    """How many members must have voted: the rule's share of the electorate, rounded up; without a rule, one.

    `seats`: the electorate, where it is known already.
    """
    rule = settings_of(meeting.run).ballot
    if rule is None:
        return 1
    return ceil(rule.quorum * (electorate(meeting) if seats is None else seats))


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
    round: int = 1

    @property
    def is_undecided(self) -> bool:
        """Neither for nor against reached the majority."""
        return not self.carried and self.against < self.needed

    def as_data(self) -> dict[str, Any]:
        return {
            "application": str(self.application),
            "for": self.in_favour,
            "against": self.against,
            "abstain": self.abstained,
            "base": self.base,
            "needed": self.needed,
            "carried": self.carried,
            "round": self.round,
        }


def counts_of(meeting: Meeting) -> list[Count]:
    """The last count of every candidate, as it stood when its round closed; nothing before."""
    return [_count(row) for row in meeting.result.get("counts", [])]


def _count(row: Mapping[str, Any]) -> Count:
    return Count(
        UUID(row["application"]),
        row["for"],
        row["against"],
        row["abstain"],
        row["base"],
        row["needed"],
        row["carried"],
        row["round"],
    )


@dataclass(frozen=True, slots=True)
class Round:
    """What one round counted by itself."""

    number: int
    electorate: int
    cast: int
    quorum: int
    closed_at: datetime
    counts: list[Count]


def rounds_of(meeting: Meeting) -> list[Round]:
    """The rounds that are counted, in their order."""
    return [
        Round(
            row["round"],
            row["electorate"],
            row["cast"],
            row["quorum"],
            datetime.fromisoformat(row["closed_at"]),
            [_count(count) for count in row["counts"]],
        )
        for row in meeting.rounds
    ]


def on_ballot(meeting: Meeting) -> list[Entry]:
    """The candidates of the round at hand: all of them in the first, the undecided afterwards."""
    entries = candidates_of(meeting)
    return [entry for entry in entries if not meeting.on_ballot or str(entry.application_id) in meeting.on_ballot]


def undecided_of(meeting: Meeting) -> set[UUID]:
    """Candidates on which the counts leave the jury without a decision.

    Those where neither side reached the majority; and where more were carried than there are places, those that share
    the number of votes at which the places end.
    """
    counts = counts_of(meeting)
    found = {count.application for count in counts if count.is_undecided}
    carried = sorted((count for count in counts if count.carried), key=lambda count: -count.in_favour)
    highest = next(iter(tier_titles(meeting.run.category)), "")
    places = places_of(meeting.run.category, {count.application: highest for count in carried})
    over = max((place.given - place.at_most for place in places if place.at_most is not None), default=0)
    fit = len(carried) - over
    if over > 0 and fit > 0 and carried[fit - 1].in_favour == carried[fit].in_favour:
        found |= {count.application for count in carried if count.in_favour == carried[fit].in_favour}
    return found


def rounds_left(meeting: Meeting) -> int:
    """How many more rounds the rules of the programme allow."""
    rule = settings_of(meeting.run).ballot
    return (rule.rounds_at_most if rule is not None else 1) - meeting.round


def may_go_on(meeting: Meeting) -> bool:
    """Whether another round is there to be opened: counted, allowed, something to vote on, and nothing set down."""
    return (
        meeting.state == MeetingState.CLOSED
        and rounds_left(meeting) > 0
        and not Decision.objects.filter(run=meeting.run_id).exists()
        and bool(undecided_of(meeting))
    )


def count_of(meeting: Meeting, application: Application, sums: Mapping[str, int]) -> Count:
    """The count on a candidate from how many chose what. Members recused from it are not in its base.

    Nothing is carried without votes in favour, also where the rule counts valid votes and everybody abstained.
    """
    in_favour, against, abstained = (sums.get(choice, 0) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
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
    needed = max(1, int(share) + 1 if exceeds else ceil(share))
    return Count(application.pk, in_favour, against, abstained, base, needed, in_favour >= needed, meeting.round)


# ---- what the jury reads of a candidate


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate stands: agreed total, its place among the candidates, and the examiners' own totals."""

    entry: Entry
    total: Decimal | None
    place: int | None
    low: Decimal | None
    high: Decimal | None


def findings_on(application: Application) -> QuerySet[VisitIssue]:
    """What was to be verified on site, and what was found."""
    return VisitIssue.objects.filter(application=application).select_related("node").order_by("position")


def standings_of(meeting: Meeting) -> list[Standing]:
    """The candidates, best total first. Equal totals share a place."""
    entries = _in_the_run(meeting, candidates_of(meeting))
    applications = [entry.application for entry in entries]
    return _ranked(entries, totals_of(applications), individual_totals(applications))


def decided_standings_of(meeting: Meeting) -> list[Standing]:
    """The same for the office: with what is decided on each, without the examiners' own totals."""
    entries = _in_the_run(meeting, candidates_with_decisions(meeting))
    return _ranked(entries, totals_of(entry.application for entry in entries), {})


def _in_the_run(meeting: Meeting, entries: list[Any]) -> list[Any]:
    for entry in entries:
        entry.run = meeting.run
        entry.application.category = meeting.run.category
    return entries


def _ranked(
    entries: list[Any], totals: Mapping[UUID, Decimal | None], own: Mapping[UUID, list[Decimal]]
) -> list[Standing]:
    reached = [total for total in totals.values() if total is not None]
    found = []
    for entry in entries:
        total, alone = totals[entry.application_id], own.get(entry.application_id, [])
        place = None if total is None else 1 + sum(other > total for other in reached)
        found.append(Standing(entry, total, place, min(alone, default=None), max(alone, default=None)))
    return sorted(found, key=lambda one: (one.place is None, one.place or 0, one.entry.application.number))
