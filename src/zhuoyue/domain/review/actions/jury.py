"""The jury: recusal, a secret ballot in one round or more, and what is decided on it.

A vote only moves counts (`Tally`); that somebody voted is kept apart (`VoteCast`). No row, digest or order leads from
a count to a voter.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, F, PositiveIntegerField, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.orgs.queries import duties_of
from zhuoyue.domain.programmes.queries import tier_titles
from zhuoyue.domain.review.actions.seats import (
    BallotError,
    arrange_meeting,
    invite_member,
    seat_member,
    unseat_member,
)
from zhuoyue.domain.review.enums import Choice, MeetingState, Outcome
from zhuoyue.domain.review.models import Decision, Entry, Meeting, Recusal, Seat, StageRun, Tally, VoteCast
from zhuoyue.domain.review.queries.agreed import totals_of
from zhuoyue.domain.review.queries.jury import (
    Count,
    candidates_of,
    count_of,
    counts_of,
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
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.rules import (
    CLOSE_BALLOT,
    DECIDE_STAGE,
    OPEN_BALLOT,
    RECUSE,
    VOTE,
    seat_of,
)
from zhuoyue.kernel import access, audit, clock, flow

__all__ = [
    "BallotError",
    "arrange_meeting",
    "cast_vote",
    "check_choices",
    "close_ballot",
    "decide",
    "invite_member",
    "open_ballot",
    "open_round",
    "recuse",
    "seat_member",
    "unseat_member",
]
RECUSED = audit.verb("review.recused", gettext_lazy("声明回避"))
VOTED = audit.verb("review.voted", gettext_lazy("投票"))
COUNTED = audit.verb("review.counted", gettext_lazy("计票"))
DECIDED = audit.verb("review.decided", gettext_lazy("作出审定决定"))


def _locked(meeting: Meeting) -> None:
    """Hold the meeting until commit, and know it as it is now, not as the page saw it."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.state, meeting.round = now.state, now.round
    meeting.on_ballot, meeting.result, meeting.rounds = now.on_ballot, now.result, now.rounds


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
def open_ballot(*, by: Any, meeting: Meeting) -> None:
    """Begin voting. The counts of every candidate stand ready at nought, so that no first vote is told by its row.

    Members who speak for a candidate are recused from it, declared or not.
    """
    access.check(OPEN_BALLOT, by, meeting)
    candidates = candidates_of(meeting)
    if not candidates:
        raise BallotError(_("还没有候选申报，不能开始投票。"))
    fault = seats_fault(meeting)
    if fault:
        raise BallotError(fault)
    flow.move(meeting, "open", by=by, scope=meeting.run.category.cycle)
    meeting.opened_at = clock.now()
    meeting.save(update_fields=["opened_at"])
    _lay_out(meeting, candidates)


@transaction.atomic
def open_round(*, by: Any, meeting: Meeting) -> None:
    """Vote once more on exactly those that the counts left undecided, as often as the rules allow.

    Everyone who sits votes anew; recusals stay, and the counts of earlier rounds are kept apart.
    """
    _locked(meeting)
    access.check(OPEN_BALLOT, by, meeting)
    if meeting.state == MeetingState.CLOSED:
        _check_round(meeting)
    undecided = undecided_of(meeting)
    flow.move(meeting, "open_round", by=by, scope=meeting.run.category.cycle, data={"round": meeting.round + 1})
    meeting.round += 1
    candidates = [entry for entry in candidates_of(meeting) if entry.application_id in undecided]
    meeting.on_ballot = [str(entry.application_id) for entry in candidates]
    meeting.save(update_fields=["round", "on_ballot"])
    _lay_out(meeting, candidates)


def _check_round(meeting: Meeting) -> None:
    if rounds_left(meeting) <= 0:
        raise BallotError(_("规则允许的投票轮次已经用完。"))
    if Decision.objects.filter(run=meeting.run).exists():
        raise BallotError(_("审定决定已经登记，不能再投票。"))
    if not undecided_of(meeting):
        raise BallotError(_("计票已经分出结果，没有需要再投的申报。"))
    fault = seats_fault(meeting)
    if fault:
        raise BallotError(fault)


def _lay_out(meeting: Meeting, candidates: Sequence[Entry]) -> None:
    _recuse_applicants(meeting, candidates)
    Tally.objects.bulk_create(
        [
            Tally(meeting=meeting, round=meeting.round, application=entry.application, choice=choice)
            for entry in candidates
            for choice in Choice.values
        ]
    )


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
    # every row is written anew whatever is chosen: neither the statements nor the rows' ages tell what moved
    moved = [When(application=key, choice=choice, then=F("count") + 1) for key, choice in choices.items()]
    counts = Case(*moved, default=F("count"), output_field=PositiveIntegerField())
    Tally.objects.filter(meeting=meeting, round=meeting.round).update(count=counts)
    audit.record(VOTED, by=by, subject=meeting, scope=meeting.run.category.cycle)


def check_choices(by: Any, meeting: Meeting, choices: Mapping[UUID, str]) -> None:
    """BallotError unless every candidate that `by` may vote on has a choice, and no other."""
    expected = {entry.application_id for entry in on_ballot(meeting)} - recused_from(meeting, by)
    if set(choices) != expected or not set(choices.values()) <= set(Choice.values):
        raise BallotError(_("请对每一份申报都作出选择；回避的申报不投票。"))


@transaction.atomic
def close_ballot(*, by: Any, meeting: Meeting) -> list[Count]:
    """End voting, count, and set the result down. BallotError while the quorum is not there."""
    _locked(meeting)
    access.check(CLOSE_BALLOT, by, meeting)
    cast, needed = turnout(meeting), quorum_of(meeting)
    if meeting.state == MeetingState.VOTING and cast < needed:
        raise BallotError(
            _("已投票%(cast)s人，法定人数是%(needed)s人，还不能结束投票。") % {"cast": cast, "needed": needed}
        )
    flow.move(meeting, "close", by=by, scope=meeting.run.category.cycle)
    counts = [count_of(meeting, entry.application) for entry in on_ballot(meeting)]
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
    audit.record(COUNTED, by=by, subject=meeting, scope=meeting.run.category.cycle, data=meeting.rounds[-1])
    return counts


@transaction.atomic
def decide(
    *, by: Any, run: StageRun, tiers: Mapping[UUID, str], reasons: Mapping[UUID, str], rule: Mapping[str, Any]
) -> Sequence[Decision]:
    """Set down what the jury decided on every candidate: a tier, or none (the award may stay empty).

    `tiers`: application id -> tier key ("" for none). A decision against the count needs a reason; more awards than
    a cap of the rules has places for are refused, whatever the reason.
    """
    run.state = StageRun.objects.select_for_update().values_list("state", flat=True).get(pk=run.pk)
    access.check(DECIDE_STAGE, by, run)
    meeting = Meeting.objects.filter(run=run).select_related("run__category__cycle").first()
    if meeting is None or meeting.state != MeetingState.CLOSED:
        raise BallotError(_("投票结束并计票以后才能作出决定。"))
    entries = candidates_of(meeting)
    counts = {count.application: count for count in counts_of(meeting)}
    given = {entry.application_id: tiers.get(entry.application_id, "") for entry in entries}
    stated = {entry.application_id: reasons.get(entry.application_id, "").strip() for entry in entries}
    _check_decisions(run, entries, counts, given, stated)
    totals = totals_of([entry.application for entry in entries])
    found = []
    for entry in entries:
        total = totals[entry.application_id]
        record = {"count": counts[entry.application_id].as_data(), "total": "" if total is None else str(total)}
        found.append(_set_down(by, entry, given[entry.application_id], stated[entry.application_id], rule, record))
    return found


def _check_decisions(
    run: StageRun,
    entries: Sequence[Entry],
    counts: Mapping[UUID, Count],
    given: Mapping[UUID, str],
    stated: Mapping[UUID, str],
) -> None:
    known = {"", *tier_titles(run.category)}
    for entry in entries:
        key = entry.application_id
        if given[key] not in known:
            raise BallotError(_("没有这个奖项等级。"))
        if bool(given[key]) != counts[key].carried and not stated[key]:
            raise BallotError(
                _("%(number)s的决定与计票结果不一致，请写明理由。") % {"number": entry.application.number}
            )
    for place in places_of(run.category, given):
        if place.fault:
            raise BallotError(place.fault)


def _set_down(
    by: Any, entry: Entry, tier: str, reason: str, rule: Mapping[str, Any], record: Mapping[str, Any]
) -> Decision:
    facts = {"tier": tier, "rule": dict(rule), "record": record, "reason": reason, "by": by, "at": clock.now()}
    decision, _made = Decision.objects.update_or_create(run=entry.run, application=entry.application, defaults=facts)
    entry.outcome = Outcome.THROUGH if tier else Outcome.STOPPED
    entry.reason = reason
    entry.save(update_fields=["outcome", "reason"])
    audit.record(
        DECIDED,
        by=by,
        subject=entry.application,
        scope=entry.run.category.cycle,
        data={"tier": tier, "record": record, "reason": reason},
    )
    return decision
