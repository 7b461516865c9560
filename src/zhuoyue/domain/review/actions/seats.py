"""Who sits on the jury of a cycle, and when it meets."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models import Meeting, Seat, StageRun
from zhuoyue.domain.review.queries.jury import seats_named
from zhuoyue.domain.review.rules import MANAGE_EXAMINERS, RUN_STAGE
from zhuoyue.kernel import access, audit, clock, formats, links, mail
from zhuoyue.kernel.records import subject_of

SEATED = audit.verb("review.seated", gettext_lazy("任命审定委员"))
CALLED_AGAIN = audit.verb("review.seat_called_again", gettext_lazy("再次寄出委员任命"))
UNSEATED = audit.verb("review.unseated", gettext_lazy("解除审定委员"))
MEETING_MADE = audit.verb("review.meeting_made", gettext_lazy("安排审定会议"))


class BallotError(Exception):
    """A ballot that does not fit the rules; says what to do."""


@transaction.atomic
def seat_member(*, by: Any, cycle: Cycle, person: Any, is_chair: bool = False) -> Seat:
    access.check(MANAGE_EXAMINERS, by, cycle)
    _no_ballot_runs(cycle)
    if is_chair:
        Seat.objects.filter(cycle=cycle, is_chair=True).update(is_chair=False)
    seat, made = Seat.objects.update_or_create(
        cycle=cycle, person=person, defaults={"is_chair": is_chair, "is_active": True}
    )
    audit.record(SEATED, by=by, subject=seat, scope=cycle, data={"chair": is_chair})
    if made:
        _call_in(seat, f"seat:{seat.pk}")
    return seat


def _call_in(seat: Seat, dedupe: str) -> None:
    words = gettext_lazy("%(name)s：您已被任命为“%(cycle)s”审定委员。请打开下面的链接登录：\n%(link)s")
    _tell(seat.person, gettext_lazy("审定委员任命：%(cycle)s"), words, cycle=seat.cycle, dedupe=dedupe)


@transaction.atomic
def call_in_again(*, by: Any, seat: Seat) -> None:
    """Write anew to a member whose seat waits; the link of the first letter ends after some days."""
    access.check(MANAGE_EXAMINERS, by, seat.cycle)
    if seat.waits:
        _call_in(seat, f"seat:{seat.pk}:{clock.now().isoformat()}")
        audit.record(CALLED_AGAIN, by=by, subject=seat, scope=seat.cycle)


def invite_member(*, by: Any, cycle: Cycle, email: str, name: str, is_chair: bool = False, known: bool = False) -> Seat:
    """Seat somebody by their address; the seat waits until it is proved, by a link in a letter that works once.

    `known`: the account that stands at the address is the person meant; otherwise KnownPersonError.
    """
    access.check(MANAGE_EXAMINERS, by, cycle)
    with transaction.atomic():
        person = make_person(by=by, email=email, name=name, known=known)
        return seat_member(by=by, cycle=cycle, person=person, is_chair=is_chair)


def _tell(person: Any, subject: Any, words: Any, *, cycle: Cycle, dedupe: str, **facts: str) -> None:
    values = {"name": person.name, "cycle": cycle.title, "link": way_to(person, links.to("juror")), **facts}
    mail.queue(
        to=person.email, subject=str(subject) % values, text=str(words) % values, dedupe=dedupe, scope=subject_of(cycle)
    )


@transaction.atomic
def unseat_member(*, by: Any, seat: Seat) -> None:
    access.check(MANAGE_EXAMINERS, by, seat.cycle)
    _no_ballot_runs(seat.cycle)
    seat.is_active = seat.is_chair = False
    seat.save(update_fields=["is_active", "is_chair"])
    audit.record(UNSEATED, by=by, subject=seat, scope=seat.cycle)


def _no_ballot_runs(cycle: Cycle) -> None:
    """Who may vote stands still while a ballot is open."""
    running = Meeting.objects.select_for_update().filter(run__category__cycle=cycle, state=MeetingState.VOTING)
    if running.exists():
        raise BallotError(_("正在投票，投票结束以后才能调整委员。"))


@transaction.atomic
def arrange_meeting(*, by: Any, run: StageRun, starts_at: datetime | None, place: str) -> Meeting:
    access.check(RUN_STAGE, by, run)
    facts = {"starts_at": starts_at, "place": place}
    meeting, _made = Meeting.objects.update_or_create(run=run, defaults=facts)
    audit.record(MEETING_MADE, by=by, subject=meeting, scope=run.category.cycle, data=facts)
    if starts_at is not None:
        _call(meeting, starts_at)
    return meeting


def _call(meeting: Meeting, starts_at: datetime) -> None:
    """Tell every member when and where; again when it changes."""
    cycle = meeting.run.category.cycle
    when = formats.moment(timezone.localtime(starts_at))
    words = gettext_lazy(
        "%(name)s：“%(cycle)s”审定会议定于%(when)s召开，地点：%(place)s。会前请阅读材料，需要回避的请先声明。\n%(link)s"
    )
    for seat in seats_named(meeting):
        dedupe = f"meeting:{meeting.pk}:{seat.pk}:{starts_at.isoformat()}:{meeting.place}"
        facts = {"when": when, "place": meeting.place}
        _tell(seat.person, gettext_lazy("审定会议通知：%(cycle)s"), words, cycle=cycle, dedupe=dedupe, **facts)
