"""The ballot as the office serves it: its own counting code, opening, closing with codes, giving a round up."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.review.actions.jury import (
    BallotError,
    close_ballot,
    open_ballot,
    open_round,
    void_ballot,
)
from zhuoyue.domain.review.models import Meeting
from zhuoyue.domain.review.queries.ballots import Custody, custodies_of, custody_fault
from zhuoyue.domain.review.queries.jury import (
    candidates_of,
    electorate,
    meeting_by_id,
    quorum_of,
    rounds_left,
    seats_fault,
    turnout,
    undecided_of,
)
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.shared.ballot_keys import VoidForm, codes_form, codes_in, custody_form
from zhuoyue.web.shared.own_code import own_code
from zhuoyue.web.shared.steps import Asked

PLACE = "results"


@page("review.manage_examiners", find=cycle_by_slug, methods=("GET", "POST"))
def code(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The counting code of whoever serves the meeting."""

    def show(content: dict[str, Any], status: int) -> HttpResponse:
        return office(request, "shared/own_code.html", cycle, place=PLACE, status=status, **content)

    return own_code(request, cycle, back=reverse("secretariat:seats", args=[cycle.slug]), show=show)


def _back(meeting: Meeting) -> str:
    return reverse("secretariat:category_results", args=[meeting.run.category_id])


def _why_not(meeting: Meeting, ways: Sequence[Custody]) -> tuple[str, str, str] | None:
    """What stands against opening, and where it is mended."""
    slug = meeting.run.category.cycle.slug
    if fault := seats_fault(meeting):
        return fault, _("审定委员"), reverse("secretariat:seats", args=[slug])
    if fault := custody_fault(ways):
        return fault, _("我的计票码"), reverse("secretariat:counting_code", args=[slug])
    return None


def _facts(meeting: Meeting) -> list[tuple[str, Any]]:
    seats = electorate(meeting)
    return [(_("审定委员"), seats), (_("法定人数"), quorum_of(meeting, seats))]


@page("review.open_ballot", find=meeting_by_id, methods=("GET", "POST"))
def open_voting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    ways = custodies_of(meeting)
    asked = Asked(
        _("开始投票"),
        _("开始投票"),
        _back(meeting),
        PLACE,
        lead=_("开始以后不能再声明回避，委员名单也不再变动。"),
        facts=[*_facts(meeting), (_("候选申报"), len(candidates_of(meeting)))],
        done=_("投票已经开始。"),
        form=custody_form(ways),
        faults=(BallotError, MoveError),
        why_not=_why_not(meeting, ways),
    )

    def act(**given: Any) -> None:
        open_ballot(by=request.user, meeting=meeting, **given)

    return step(request, meeting.run.category.cycle, act, asked)


@page("review.open_ballot", find=meeting_by_id, methods=("GET", "POST"))
def open_next_round(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    ways = custodies_of(meeting)
    undecided = undecided_of(meeting)
    names = [str(one.application.title) for one in candidates_of(meeting) if one.application_id in undecided]
    asked = Asked(
        _("开始下一轮投票"),
        _("开始下一轮投票"),
        _back(meeting),
        PLACE,
        lead=_("只对没有分出结果的申报再投一次；全体委员重新投票，前面各轮的计票照样保留。"),
        facts=[*_facts(meeting), (_("再投的申报"), _("、").join(names)), (_("还可以投的轮次"), rounds_left(meeting))],
        done=_("下一轮投票已经开始。"),
        form=custody_form(ways),
        faults=(BallotError, MoveError),
        why_not=_why_not(meeting, ways),
    )

    def act(**given: Any) -> None:
        open_round(by=request.user, meeting=meeting, **given)

    return step(request, meeting.run.category.cycle, act, asked)


@page("review.close_ballot", find=meeting_by_id, methods=("GET", "POST"))
def close_voting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    asked = Asked(
        _("结束投票并计票"),
        _("结束投票并计票"),
        _back(meeting),
        PLACE,
        lead=_("请保管计票钥匙的人在这里各自输入计票码。结束以后没有投票的委员不能再投，计票结果向全体委员公布。"),
        facts=[*_facts(meeting), (_("已投票"), turnout(meeting))],
        done=_("投票结束，已经计票。"),
        form=codes_form(meeting),
        faults=(BallotError, MoveError),
    )

    def act(**given: Any) -> None:
        close_ballot(by=request.user, meeting=meeting, codes=codes_in(given))

    return step(request, meeting.run.category.cycle, act, asked)


@page("review.void_ballot", find=meeting_by_id, methods=("GET", "POST"))
def void(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    asked = Asked(
        _("宣布投票无效"),
        _("宣布无效"),
        _back(meeting),
        PLACE,
        lead=_(
            "计票码丢失或者选票被改动、打不开时使用。本轮选票不打开就删除，用新的钥匙重新投票；其他内容都不受影响。"
        ),
        facts=[*_facts(meeting), (_("已投票"), turnout(meeting))],
        done=_("本轮投票已宣布无效，可以重新开始。"),
        form=VoidForm,
        faults=(BallotError, MoveError),
    )

    def act(**given: Any) -> None:
        void_ballot(by=request.user, meeting=meeting, **given)

    return step(request, meeting.run.category.cycle, act, asked)
