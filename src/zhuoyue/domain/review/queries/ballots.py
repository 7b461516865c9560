"""Who may hold the key of a ballot, who holds it, and what a voter may know of the own vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import people_with
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.models import BallotKey, CountingCode, KeyShare, Meeting, SealedVote, Seat
from zhuoyue.kernel import sealed

LEAST = 2  # nobody opens a ballot alone
PAIR, MEMBERS = "pair", "members"


@dataclass(frozen=True, slots=True)
class Custody:
    """A way to divide the key: who gets a share, and how many of them must come together."""

    key: str
    holders: Sequence[CountingCode]
    needed: int
    words: str


def code_of(cycle: Cycle, person: Any) -> CountingCode | None:
    return CountingCode.objects.filter(cycle=cycle, person=person).first()


def people_with_code(cycle: Cycle) -> set[UUID]:
    return set(CountingCode.objects.filter(cycle=cycle).values_list("person_id", flat=True))


def code_mark(code: CountingCode) -> tuple[bytes, str, str, str]:
    """What the mark of a code's row is made over."""
    return bytes(code.public), "code", str(code.cycle_id), str(code.person_id)


def key_mark(key: BallotKey) -> tuple[bytes, str, str, str]:
    return bytes(key.public), "key", str(key.meeting_id), str(key.needed)


def vote_words(key: BallotKey, seat_id: Any, number: int) -> tuple[str, ...]:
    """What a vote is sealed and marked with: it fits this key, this meeting, this round and this seat only."""
    return "vote", bytes(key.public).hex(), str(key.meeting_id), str(number), str(seat_id)


def share_words(key: BallotKey, person_id: Any, number: int) -> tuple[str, ...]:
    return "share", bytes(key.public).hex(), str(key.meeting_id), str(person_id), str(number)


def ballot_name(key: BallotKey) -> str:
    """How the record calls one opening of the ballot."""
    return sealed.receipt(bytes(key.public))


def custodies_of(meeting: Meeting) -> list[Custody]:
    """How the key may be divided among those who have a code: chair and secretary, or some number of the members."""
    cycle = meeting.run.category.cycle
    seats = Seat.objects.filter(cycle=cycle, person=OuterRef("person"), is_active=True)
    office = people_with(cycle.programme.organiser.organisation_id, Duty.SECRETARY).filter(person=OuterRef("person"))
    known = CountingCode.objects.filter(cycle=cycle).select_related("person").order_by("person__name", "pk")
    codes = list(known.annotate(sits=Exists(seats), chairs=Exists(seats.filter(is_chair=True)), serves=Exists(office)))
    members = [code for code in codes if code.sits]
    chairs = [code for code in members if code.chairs]
    pairs = [_pair(chair, other) for chair in chairs for other in codes if other != chair and other.serves]
    return [*pairs, *(_some(members, needed) for needed in range(LEAST, len(members) + 1))]


def _pair(chair: CountingCode, other: CountingCode) -> Custody:
    names = {"chair": chair.person.name, "secretary": other.person.name}
    words = _("主任委员%(chair)s和秘书处%(secretary)s，两人都要到场") % names
    return Custody(f"{PAIR}:{other.person_id}", (chair, other), LEAST, words)


def _some(members: Sequence[CountingCode], needed: int) -> Custody:
    words = _("有计票码的委员%(all)s人，其中任意%(needed)s人到场") % {"all": len(members), "needed": needed}
    return Custody(f"{MEMBERS}:{needed}", members, needed, words)


def custody_fault(ways: Sequence[Custody]) -> str:
    """What is missing before the key can be divided; empty when nothing is."""
    if ways:
        return ""
    return _("还没有足够的计票码：请主任委员和秘书处经办人，或者至少两位委员，先各自制作计票码。")


def key_of(meeting: Meeting) -> BallotKey | None:
    return BallotKey.objects.filter(meeting=meeting).first()


def shares_of(meeting: Meeting) -> list[KeyShare]:
    """The shares of the key at hand, with their holders."""
    return list(KeyShare.objects.filter(key__meeting=meeting).select_related("person").order_by("number"))


def holds_share(cycle: Cycle, person: Any) -> bool:
    """Whether a ballot that is open now needs this person's code."""
    return KeyShare.objects.filter(key__meeting__run__category__cycle=cycle, person=person).exists()


@dataclass(frozen=True, slots=True)
class Void:
    """A ballot that was given up unopened."""

    number: int
    cast: int
    at: datetime
    reason: str


def voids_of(meeting: Meeting) -> list[Void]:
    return [Void(row["round"], row["cast"], datetime.fromisoformat(row["at"]), row["reason"]) for row in meeting.voided]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is stored of one's own vote: its receipt, and whether it is as it was given."""

    receipt: str
    whole: bool


def arrived_vote(meeting: Meeting, person: Any) -> Arrived | None:
    """The voter's own sealed vote, until the count."""
    vote = SealedVote.objects.filter(key__meeting=meeting, seat__person=person).select_related("key__meeting").first()
    if vote is None:
        return None
    content = bytes(vote.sealed)
    words = vote_words(vote.key, vote.seat_id, vote.key.meeting.round)
    return Arrived(sealed.receipt(content), sealed.is_marked(vote.mark, content, *words))
