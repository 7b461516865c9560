"""The jury: recusal, a secret ballot in one round or more, and what is decided on it.

Votes lie sealed (`actions.ballots`) until the round closes; then their sums are set down and the votes are gone. That
somebody voted is kept (`VoteCast`), and no path leads from there to a choice.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.orgs.queries import duties_of
from zhuoyue.domain.review.actions.ballots import chosen_custody, divide_key, keep_code, open_and_count, seal_vote
from zhuoyue.domain.review.actions.decisions import decide
from zhuoyue.domain.review.actions.seats import (
    BallotError,
    arrange_meeting,
    invite_member,
    seat_member,
    unseat_member,
)
from zhuoyue.domain.review.enums import Choice, MeetingState
from zhuoyue.domain.review.models import BallotKey, Decision, Entry, Meeting, Recusal, Seat, VoteCast
from zhuoyue.domain.review.queries.ballots import custodies_of, custody_fault
from zhuoyue.domain.review.queries.jury import (
    Count,
    candidates_of,
    count_of,
    electorate,
    on_ballot,
    quorum_of,
    recused_from,
    rounds_left,
    seats_fault,
    seats_of,
    turnout,
    undecided_of,
)
from zhuoyue.domain.review.rules import (
    CLOSE_BALLOT,
    OPEN_BALLOT,
    RECUSE,
    VOID_BALLOT,
    VOTE,
    seat_of,
)
from zhuoyue.kernel import access, audit, clock, durability, flow

__all__ = [
    "BallotError",
    "arrange_meeting",
    "cast_vote",
    "check_choices",
    "close_ballot",
    "decide",
    "invite_member",
    "keep_code",
    "open_ballot",
    "open_round",
    "recuse",
    "seat_member",
    "unseat_member",
    "void_ballot",
]
RECUSED = audit.verb("review.recused", gettext_lazy("声明回避"))
COUNTED = audit.verb("review.counted", gettext_lazy("计票"))


def _locked(meeting: Meeting) -> None:
    """Hold the meeting until commit, and know it as it is now, not as the page saw it."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.state, meeting.round = now.state, now.round
    meeting.on_ballot, meeting.result, meeting.rounds = now.on_ballot, now.result, now.rounds
    meeting.voided = now.voided


@transaction.atomic
def recuse(*, by: Any, meeting: Meeting, application: Application, reason: str) -> Recusal:
    """Stay away from one candidate. Before the ballot opens, and without a way back."""
    _locked(meeting)
    access.check(RECUSE, by, meeting)
    if not reason.strip():
        raise BallotError(_("请写明回避的理由。"))
    if not meeting.run.entries.filter(application=application).exists():
        raise BallotError(_("这份申报不是本次会议的候选。"))
    seat = seat_of(by, meeting.run.category.cycle)
    recusal, made = Recusal.objects.get_or_create(
        meeting=meeting, seat=seat, application=application, defaults={"reason": reason}
    )
    if made:
        audit.record(RECUSED, by=by, subject=application, scope=meeting.run.category.cycle, data={"reason": reason})
    return recusal


@transaction.atomic
def open_ballot(*, by: Any, meeting: Meeting, custody: str) -> None:
    """Begin voting under a key made now and divided as `custody` says (`queries.ballots.custodies_of`).

    Members who speak for a candidate are recused from it, declared or not.
    """
    _locked(meeting)
    access.check(OPEN_BALLOT, by, meeting)
    candidates = candidates_of(meeting)
    if not candidates:
        raise BallotError(_("还没有候选申报，不能开始投票。"))
    fault = seats_fault(meeting) or custody_fault(custodies_of(meeting))
    if fault:
        raise BallotError(fault)
    way = chosen_custody(meeting, custody)
    flow.move(meeting, "open", by=by, scope=meeting.run.category.cycle)
    meeting.opened_at = clock.now()
    meeting.save(update_fields=["opened_at"])
    _recuse_applicants(meeting, candidates)
    divide_key(by=by, meeting=meeting, way=way)


@transaction.atomic
def open_round(*, by: Any, meeting: Meeting, custody: str) -> None:
    """Vote once more on exactly those that the counts left undecided, as often as the rules allow.

    Everyone who sits votes anew; recusals stay, and the counts of earlier rounds are kept apart.
    """
    _locked(meeting)
    access.check(OPEN_BALLOT, by, meeting)
    if meeting.state == MeetingState.CLOSED:
        _check_round(meeting)
    undecided, way = undecided_of(meeting), chosen_custody(meeting, custody)
    flow.move(meeting, "open_round", by=by, scope=meeting.run.category.cycle, data={"round": meeting.round + 1})
    meeting.round += 1
    candidates = [entry for entry in candidates_of(meeting) if entry.application_id in undecided]
    meeting.on_ballot = [str(entry.application_id) for entry in candidates]
    meeting.save(update_fields=["round", "on_ballot"])
    _recuse_applicants(meeting, candidates)
    divide_key(by=by, meeting=meeting, way=way)


def _check_round(meeting: Meeting) -> None:
    if rounds_left(meeting) <= 0:
        raise BallotError(_("规则允许的投票轮次已经用完。"))
    if Decision.objects.filter(run=meeting.run).exists():
        raise BallotError(_("审定决定已经登记，不能再投票。"))
    if not undecided_of(meeting):
        raise BallotError(_("计票已经分出结果，没有需要再投的申报。"))
    fault = seats_fault(meeting) or custody_fault(custodies_of(meeting))
    if fault:
        raise BallotError(fault)


def _recuse_applicants(meeting: Meeting, candidates: Sequence[Entry]) -> None:
    for seat in seats_of(meeting):
        held = duties_of(seat.person)
        for entry in candidates:
            if entry.application.organisation_id not in held:
                continue
            reason = str(_("在申报单位任职，系统登记的回避。"))
            _recusal, made = Recusal.objects.get_or_create(
                meeting=meeting, seat=seat, application=entry.application, defaults={"reason": reason}
            )
            if made:
                data = {"reason": reason, "seat": str(seat.pk)}
                scope = meeting.run.category.cycle
                audit.record(RECUSED, by=None, subject=entry.application, scope=scope, data=data)


@transaction.atomic
def cast_vote(*, by: Any, meeting: Meeting, choices: Mapping[UUID, str]) -> None:
    """One vote on every candidate that the member is not recused from. `choices`: application id -> choice.

    Raises BallotError when a candidate is left out or a recused one is named; RefusedError when the vote is given.
    """
    _locked(meeting)
    access.check(VOTE, by, meeting)
    check_choices(by, meeting, choices)
    seat = Seat.objects.get(cycle=meeting.run.category.cycle, person=by, is_active=True)
    try:
        with transaction.atomic():
            VoteCast.objects.create(meeting=meeting, round=meeting.round, seat=seat)
    except IntegrityError:
        raise access.RefusedError(VOTE, _("您已经投过票；投票不能修改。")) from None
    seal_vote(by=by, meeting=meeting, seat=seat, choices=choices)


def check_choices(by: Any, meeting: Meeting, choices: Mapping[UUID, str]) -> None:
    """BallotError unless every candidate that `by` may vote on has a choice, and no other."""
    expected = {entry.application_id for entry in on_ballot(meeting)} - recused_from(meeting, by)
    if set(choices) != expected or not set(choices.values()) <= set(Choice.values):
        raise BallotError(_("请对每一份申报都作出选择；回避的申报不投票。"))


@transaction.atomic
def close_ballot(*, by: Any, meeting: Meeting, codes: Mapping[UUID, str]) -> list[Count]:
    """End voting, open the votes with the holders' codes (person id -> code), and set their sums down.

    BallotError while the quorum is not there, a code is wrong or missing, or a vote is not as it was given.
    """
    _locked(meeting)
    access.check(CLOSE_BALLOT, by, meeting)
    cast, needed = turnout(meeting), quorum_of(meeting)
    voting = meeting.state == MeetingState.VOTING
    if voting and cast < needed:
        raise BallotError(
            _("已投票%(cast)s人，法定人数是%(needed)s人，还不能结束投票。") % {"cast": cast, "needed": needed}
        )
    sums = open_and_count(meeting=meeting, codes=codes) if voting else {}
    flow.move(meeting, "close", by=by, scope=meeting.run.category.cycle)
    counts = [count_of(meeting, entry.application, sums[entry.application_id]) for entry in on_ballot(meeting)]
    meeting.closed_at = clock.now()
    facts = {"electorate": electorate(meeting), "cast": cast, "quorum": needed}
    counted = {"counts": [count.as_data() for count in counts]}
    meeting.rounds = [
        *meeting.rounds,
        {"round": meeting.round, "closed_at": meeting.closed_at.isoformat(), **facts, **counted},
    ]
    again = {str(count.application) for count in counts}
    earlier = [row for row in meeting.result.get("counts", []) if row["application"] not in again]
    meeting.result = {**facts, "counts": [*earlier, *counted["counts"]]}
    meeting.save(update_fields=["closed_at", "result", "rounds"])
    _let_go(meeting)
    audit.record(COUNTED, by=by, subject=meeting, scope=meeting.run.category.cycle, data=meeting.rounds[-1])
    return counts


def _let_go(meeting: Meeting) -> None:
    """The key with its shares and sealed votes is no longer needed. Secrecy does not rest on this: it only tidies."""
    BallotKey.objects.filter(meeting=meeting).delete()
    transaction.on_commit(durability.empty_log, robust=True)  # the count stands whether or not the log could be emptied


@transaction.atomic
def void_ballot(*, by: Any, meeting: Meeting, reason: str) -> None:
    """Give up the round at hand unopened, for a reason: codes lost, votes tampered with. It is voted on anew.

    The first round goes back to where members are seated and recused; a later one to the counts before it.
    """
    _locked(meeting)
    access.check(VOID_BALLOT, by, meeting)
    facts = {"round": meeting.round, "cast": turnout(meeting)}
    name = "void" if meeting.round == 1 else "void_round"
    flow.move(meeting, name, by=by, reason=reason, scope=meeting.run.category.cycle, data=facts)
    meeting.voided = [*meeting.voided, {**facts, "at": clock.now().isoformat(), "reason": reason}]
    VoteCast.objects.filter(meeting=meeting, round=meeting.round).delete()
    _let_go(meeting)
    if meeting.round == 1:
        meeting.opened_at = None
    else:
        meeting.round -= 1
        meeting.on_ballot = [row["application"] for row in meeting.rounds[-1]["counts"]] if meeting.round > 1 else []
    meeting.save(update_fields=["voided", "opened_at", "round", "on_ballot"])
