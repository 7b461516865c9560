"""Who may see and do what in the review. Whatever an examiner sees of others follows from here, on every door."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.programmes.rules import runs, watches
from zhuoyue.domain.review.enums import InvitationState, MeetingState, StageState, Step
from zhuoyue.domain.review.models import Invitation, Meeting, Recusal, Seat, StageBook, StageRun, VoteCast
from zhuoyue.domain.review.queries.jury import seats_held, speaks_for_candidate
from zhuoyue.domain.review.queries.stages import comparing_run
from zhuoyue.domain.review.queries.teams import is_leader, is_or_was_invited, working_on
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import HIDDEN, permission

# ---- what a thing of the review belongs to


def category_of(thing: Any) -> Any:
    """The category of a stage run, or of anything that belongs to one."""
    return thing.category if isinstance(thing, StageRun) else thing.run.category


def runs_review(by: Any, thing: Any) -> bool:
    return thing is not None and runs(by, category_of(thing))


def watches_review(by: Any, thing: Any) -> bool:
    return thing is not None and watches(by, category_of(thing))


def stage_is_open(_by: Any, thing: Any) -> bool:
    run = thing if isinstance(thing, StageRun) else thing.run
    return run.state == StageState.OPEN


# ---- examiners


def is_invited(by: Any, invitation: Invitation | None) -> bool:
    return (
        invitation is not None and invitation.expert.person_id == by.pk and invitation.state != InvitationState.REVOKED
    )


def may_still_answer(_by: Any, invitation: Invitation) -> bool:
    return invitation.answer_by is None or clock.now() < invitation.answer_by


def has_accepted(_by: Any, invitation: Invitation) -> bool:
    return invitation.state == InvitationState.ACCEPTED


def works_on(by: Any, scorebook: StageBook | None) -> bool:
    """Assigned now, undertaken, declared, and without a standing conflict."""
    return (
        scorebook is not None
        and by.is_authenticated
        and working_on(by, scorebook.run, scorebook.application) is not None
    )


def works_on_entry(by: Any, entry: Any) -> bool:
    """`works_on` for an application in a stage (an Entry)."""
    return entry is not None and works_on(by, StageBook(run=entry.run, application=entry.application))


def is_own_book(by: Any, scorebook: StageBook) -> bool:
    return scorebook.assignment is not None and scorebook.assignment.expert.person_id == by.pk


def is_shared_book(_by: Any, scorebook: StageBook) -> bool:
    return scorebook.step != Step.INDIVIDUAL


def book_is_open(_by: Any, scorebook: StageBook) -> bool:
    return scorebook.state == ScorebookState.OPEN


def leads(by: Any, scorebook: StageBook) -> bool:
    return is_leader(by, scorebook.run, scorebook.application)


def leads_entry(by: Any, entry: Any) -> bool:
    return is_leader(by, entry.run, entry.application)


def consensus_has_begun(_by: Any, thing: Any) -> bool:
    """Before its team's consensus opens, nobody sees another's scores: not colleagues, not the leader."""
    run = comparing_run(thing if isinstance(thing, StageRun) else thing.run)
    return run is not None and bool(run.state != StageState.WAITING)


def visit_has_begun(_by: Any, entry: Any) -> bool:
    return bool(entry.run.nature.step == Step.VISIT and entry.run.state != StageState.WAITING)


# ---- jury


def seat_of(by: Any, cycle: Any) -> Seat | None:
    return seats_held(by).get(cycle.pk)


def sits_on(by: Any, meeting: Meeting | None) -> bool:
    return meeting is not None and seat_of(by, meeting.run.category.cycle) is not None


def sits_somewhere(by: Any, _obj: Any) -> bool:
    return bool(seats_held(by))


def chairs(by: Any, meeting: Meeting) -> bool:
    seat = seat_of(by, meeting.run.category.cycle)
    return seat is not None and seat.is_chair


def may_open_ballot(by: Any, meeting: Meeting | None) -> bool:
    return meeting is not None and (chairs(by, meeting) or runs_review(by, meeting))


def keeps_code(by: Any, cycle: Any) -> bool:
    """Those who may hold a share of a ballot's key: the members, and the office that serves them."""
    return cycle is not None and (seat_of(by, cycle) is not None or runs(by, cycle))


def ballot_is_open(_by: Any, meeting: Meeting) -> bool:
    return meeting.state == MeetingState.VOTING


def ballot_is_closed(_by: Any, meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CLOSED


def has_not_voted(by: Any, meeting: Meeting) -> bool:
    return not VoteCast.objects.filter(meeting=meeting, round=meeting.round, seat__person=by).exists()


def is_not_recused(by: Any, entry: Any) -> bool:
    """For a candidate (an Entry of the jury's stage)."""
    return not Recusal.objects.filter(meeting__run=entry.run, application=entry.application, seat__person=by).exists()


def is_no_applicant(by: Any, entry: Any) -> bool:
    """A member who belongs to a candidate judges no file of it, declared or not."""
    return not speaks_for_candidate(by, entry.application)


def sits_on_entry(by: Any, entry: Any) -> bool:
    return entry is not None and seat_of(by, entry.run.category.cycle) is not None


def is_expert(by: Any, _obj: Any) -> bool:
    return is_or_was_invited(by)


SIGN_IN = (is_signed_in, _("请先登录。"))
NOT_OPEN = _("这个阶段还没有开始，或者已经结束。")

BE_EXPERT = permission("review.be_expert", SIGN_IN, (is_expert, HIDDEN))
BE_JUROR = permission("review.be_juror", SIGN_IN, (sits_somewhere, HIDDEN))

WATCH = permission("review.watch", (is_signed_in, HIDDEN), (watches_review, HIDDEN))
RUN_STAGE = permission("review.run_stage", (is_signed_in, HIDDEN), (runs_review, HIDDEN))
DECIDE_STAGE = permission(
    "review.decide_stage", (is_signed_in, HIDDEN), (runs_review, HIDDEN), (stage_is_open, NOT_OPEN)
)
REOPEN_STAGE = permission("review.reopen_stage", (is_signed_in, HIDDEN), (runs_review, HIDDEN))

MANAGE_EXAMINERS = permission("review.manage_examiners", (is_signed_in, HIDDEN), (runs, HIDDEN))
ANSWER_INVITATION = permission(
    "review.answer_invitation",
    (is_invited, HIDDEN),
    (may_still_answer, _("答复时间已过，请联系秘书处。")),
)
SEE_INVITATION = permission("review.see_invitation", (is_invited, HIDDEN))
DECLARE_TIES = permission(
    "review.declare_ties",
    (is_invited, HIDDEN),
    (has_accepted, _("请先接受邀请并签署承诺，再声明利益冲突。")),
)
ASSIGN = permission("review.assign", (is_signed_in, HIDDEN), (runs_review, HIDDEN), (stage_is_open, NOT_OPEN))
END_ASSIGNMENT = permission("review.end_assignment", (is_signed_in, HIDDEN), (runs_review, HIDDEN))
RESTORE_ASSIGNMENT = permission("review.restore_assignment", (is_signed_in, HIDDEN), (runs_review, HIDDEN))

READ_DOSSIER = permission("review.read_dossier", (works_on_entry, HIDDEN))
SEE_SCOREBOOK = permission(
    "review.see_scorebook",
    (works_on, HIDDEN),
    (lambda by, book: is_own_book(by, book) or is_shared_book(by, book) or consensus_has_begun(by, book), HIDDEN),
)
SCORE = permission(
    "review.score",
    (works_on, HIDDEN),
    (is_own_book, HIDDEN),
    (book_is_open, _("评分已经提交；需要修改请联系秘书处退回。")),
    (stage_is_open, NOT_OPEN),
)
SUBMIT_SCOREBOOK = permission(
    "review.submit_scorebook",
    (works_on, HIDDEN),
    (lambda by, book: is_own_book(by, book) or (is_shared_book(by, book) and leads(by, book)), _("由组长提交。")),
    (stage_is_open, NOT_OPEN),
)
REOPEN_SCOREBOOK = permission("review.reopen_scorebook", (is_signed_in, HIDDEN), (runs_review, HIDDEN))
SEE_CONSENSUS = permission(
    "review.see_consensus",
    (works_on_entry, HIDDEN),
    (consensus_has_begun, _("会审还没有开始；开始之前看不到其他评审员的评分。")),
)
AGREE = permission(
    "review.agree",
    (works_on, HIDDEN),
    (is_shared_book, HIDDEN),
    (leads, _("由组长议定。")),
    (book_is_open, _("本阶段的评分已经提交。")),
    (stage_is_open, NOT_OPEN),
)
DISSENT = permission(
    "review.dissent",
    (works_on, HIDDEN),
    (is_shared_book, HIDDEN),
    (book_is_open, _("本阶段的评分已经提交。")),
    (stage_is_open, NOT_OPEN),
)
SEE_VISIT = permission(
    "review.see_visit",
    (works_on_entry, HIDDEN),
    (visit_has_begun, _("现场验证还没有开始。")),
)
PLAN_VISIT = permission(
    "review.plan_visit",
    (works_on_entry, HIDDEN),
    (leads_entry, _("由组长安排。")),
    (stage_is_open, NOT_OPEN),
)
RECORD_VISIT = permission("review.record_visit", (works_on_entry, HIDDEN), (stage_is_open, NOT_OPEN))

SEE_MEETING = permission("review.see_meeting", (sits_on, HIDDEN))
SEE_CANDIDATE = permission(
    "review.see_candidate",
    (sits_on_entry, HIDDEN),
    (is_not_recused, _("您已回避这份申报，不能查看材料。")),
    (is_no_applicant, _("您在这家单位任职，请声明回避；不能查看材料。")),
)
RECUSE = permission(
    "review.recuse",
    (sits_on, HIDDEN),
    (
        lambda _by, meeting: meeting.state == MeetingState.PREPARED,
        _("投票已经开始，不能再声明回避；请向主任委员说明。"),
    ),
)
OPEN_BALLOT = permission("review.open_ballot", (may_open_ballot, HIDDEN), (stage_is_open, NOT_OPEN))
CLOSE_BALLOT = permission("review.close_ballot", (may_open_ballot, HIDDEN))
KEEP_CODE = permission("review.keep_code", (is_signed_in, HIDDEN), (keeps_code, HIDDEN))
VOID_BALLOT = permission("review.void_ballot", (is_signed_in, HIDDEN), (runs_review, HIDDEN))
VOTE = permission(
    "review.vote",
    (sits_on, HIDDEN),
    (ballot_is_open, _("现在不在投票时间内。")),
    (has_not_voted, _("您已经投过票；投票不能修改。")),
)
SEE_COUNT = permission(
    "review.see_count",
    (lambda by, meeting: sits_on(by, meeting) or watches_review(by, meeting), HIDDEN),
    (ballot_is_closed, _("投票结束以后才能看到计票结果。")),
)
