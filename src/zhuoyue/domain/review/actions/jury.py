"""The jury: seats, recusal, one secret ballot, and what is decided on it.

A vote only moves counts (`Tally`); that somebody voted is kept apart (`VoteCast`). No row, digest or order leads from
a count to a voter.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import Choice, MeetingState, Outcome
from zhuoyue.domain.review.models import Decision, Meeting, Recusal, Seat, StageRun, Tally, VoteCast
from zhuoyue.domain.review.queries.jury import Count, candidates_of, count_of, electorate, quorum_of, recused_from
from zhuoyue.domain.review.rules import CLOSE_BALLOT, DECIDE_STAGE, MANAGE_EXAMINERS, RECUSE, RUN_STAGE, VOTE, seat_of
from zhuoyue.kernel import access, audit, clock, flow

SEATED = audit.verb("review.seated", gettext_lazy("任命审定委员"))
UNSEATED = audit.verb("review.unseated", gettext_lazy("解除审定委员"))
MEETING_MADE = audit.verb("review.meeting_made", gettext_lazy("安排审定会议"))
RECUSED = audit.verb("review.recused", gettext_lazy("声明回避"))
VOTED = audit.verb("review.voted", gettext_lazy("投票"))
COUNTED = audit.verb("review.counted", gettext_lazy("计票"))
DECIDED = audit.verb("review.decided", gettext_lazy("作出审定决定"))


class BallotError(Exception):
    """A ballot that does not fit the rules; says what to do."""


@transaction.atomic
def seat_member(*, by: Any, cycle: Cycle, person: Any, is_chair: bool = False) -> Seat:
    access.check(MANAGE_EXAMINERS, by, cycle)
    if is_chair:
        Seat.objects.filter(cycle=cycle, is_chair=True).update(is_chair=False)
    seat, _made = Seat.objects.update_or_create(
        cycle=cycle, person=person, defaults={"is_chair": is_chair, "is_active": True}
    )
    audit.record(SEATED, by=by, subject=seat, scope=cycle, data={"chair": is_chair})
    return seat


@transaction.atomic
def unseat_member(*, by: Any, seat: Seat) -> None:
    access.check(MANAGE_EXAMINERS, by, seat.cycle)
    seat.is_active = False
    seat.save(update_fields=["is_active"])
    audit.record(UNSEATED, by=by, subject=seat, scope=seat.cycle)


@transaction.atomic
def arrange_meeting(*, by: Any, run: StageRun, starts_at: datetime | None, place: str) -> Meeting:
    access.check(RUN_STAGE, by, run)
    facts = {"starts_at": starts_at, "place": place}
    meeting, _made = Meeting.objects.update_or_create(run=run, defaults=facts)
    audit.record(MEETING_MADE, by=by, subject=meeting, scope=run.category.cycle, data=facts)
    return meeting


@transaction.atomic
def recuse(*, by: Any, meeting: Meeting, application: Application, reason: str) -> Recusal:
    """Stay away from one candidate. Before the ballot opens, and without a way back."""
    access.check(RECUSE, by, meeting)
    if not reason.strip():
        raise BallotError(_("请写明回避的理由。"))
    seat = seat_of(by, meeting.run.category.cycle)
    recusal, made = Recusal.objects.get_or_create(
        meeting=meeting, seat=seat, application=application, defaults={"reason": reason}
    )
    if made:
        audit.record(RECUSED, by=by, subject=application, scope=meeting.run.category.cycle, data={"reason": reason})
    return recusal


@transaction.atomic
def open_ballot(*, by: Any, meeting: Meeting) -> None:
    """Begin voting. The counts of every candidate stand ready at nought, so that no first vote is told by its row."""
    if not candidates_of(meeting):
        raise BallotError(_("还没有候选申报，不能开始投票。"))
    flow.move(meeting, "open", by=by, scope=meeting.run.category.cycle)
    Tally.objects.bulk_create(
        [
            Tally(meeting=meeting, application=entry.application, choice=choice)
            for entry in candidates_of(meeting)
            for choice in Choice.values
        ]
    )
    meeting.opened_at = clock.now()
    meeting.save(update_fields=["opened_at"])


@transaction.atomic
def cast_vote(*, by: Any, meeting: Meeting, choices: Mapping[UUID, str]) -> None:
    """One vote on every candidate that the member is not recused from. `choices`: application id -> choice.

    Raises BallotError when a candidate is left out or a recused one is named; RefusedError when the vote is given.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    access.check(VOTE, by, meeting)
    seat = Seat.objects.get(cycle=meeting.run.category.cycle, person=by)
    barred = recused_from(meeting, by)
    expected = {entry.application_id for entry in candidates_of(meeting)} - barred
    if set(choices) != expected or not set(choices.values()) <= set(Choice.values):
        raise BallotError(_("请对每一份申报都作出选择；回避的申报不投票。"))
    try:
        with transaction.atomic():
            VoteCast.objects.create(meeting=meeting, seat=seat)
    except IntegrityError:
        raise access.RefusedError(VOTE, _("您已经投过票；投票不能修改。")) from None
    for application_id, choice in sorted(choices.items()):
        Tally.objects.filter(meeting=meeting, application=application_id, choice=choice).update(count=F("count") + 1)
    audit.record(VOTED, by=by, subject=meeting, scope=meeting.run.category.cycle)


@transaction.atomic
def close_ballot(*, by: Any, meeting: Meeting) -> list[Count]:
    """End voting and count. BallotError while the quorum is not there."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    access.check(CLOSE_BALLOT, by, meeting)
    cast, needed = meeting.votes_cast.count(), quorum_of(meeting)
    if cast < needed:
        raise BallotError(
            _("已投票%(cast)s人，法定人数是%(needed)s人，还不能结束投票。") % {"cast": cast, "needed": needed}
        )
    flow.move(meeting, "close", by=by, scope=meeting.run.category.cycle)
    meeting.closed_at = clock.now()
    meeting.save(update_fields=["closed_at"])
    counts = [count_of(meeting, entry.application) for entry in candidates_of(meeting)]
    facts = {"electorate": electorate(meeting), "cast": cast, "counts": [count.as_data() for count in counts]}
    audit.record(COUNTED, by=by, subject=meeting, scope=meeting.run.category.cycle, data=facts)
    return counts


@transaction.atomic
def decide(
    *, by: Any, run: StageRun, tiers: Mapping[UUID, str], reasons: Mapping[UUID, str], rule: Mapping[str, Any]
) -> Sequence[Decision]:
    """Set down what the jury decided on every candidate: a tier, or none (the award may stay empty).

    `tiers`: application id -> tier key ("" for none). A decision against the count needs a reason.
    """
    access.check(DECIDE_STAGE, by, run)
    meeting = run.meeting
    if meeting.state != MeetingState.CLOSED:
        raise BallotError(_("投票结束并计票以后才能作出决定。"))
    found = []
    for entry in candidates_of(meeting):
        counted = count_of(meeting, entry.application)
        tier = tiers.get(entry.application_id, "")
        reason = reasons.get(entry.application_id, "").strip()
        if bool(tier) != counted.carried and not reason:
            raise BallotError(
                _("%(number)s的决定与计票结果不一致，请写明理由。") % {"number": entry.application.number}
            )
        record = {"count": counted.as_data(), "total": str(entry.total) if entry.total is not None else ""}
        facts = {"tier": tier, "rule": dict(rule), "record": record, "reason": reason, "by": by, "at": clock.now()}
        decision, _made = Decision.objects.update_or_create(run=run, application=entry.application, defaults=facts)
        entry.outcome = Outcome.THROUGH if tier else Outcome.STOPPED
        entry.reason = reason
        entry.save(update_fields=["outcome", "reason"])
        audit.record(
            DECIDED,
            by=by,
            subject=entry.application,
            scope=run.category.cycle,
            data={"tier": tier, "record": record, "reason": reason},
        )
        found.append(decision)
    return found
