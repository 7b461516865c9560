"""A meeting: its candidates, the beginning and the end of the vote, the count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.review.actions.jury import BallotError, close_ballot, open_ballot, open_round
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models import Meeting
from zhuoyue.domain.review.queries.ballots import code_of, custodies_of, custody_fault, voids_of
from zhuoyue.domain.review.queries.jury import (
    candidates_of,
    counts_of,
    electorate,
    has_voted,
    may_go_on,
    meeting_by_id,
    quorum_of,
    recused_from,
    rounds_left,
    rounds_of,
    seats_fault,
    speaks_for_candidate,
    standings_of,
    turnout,
    undecided_of,
)
from zhuoyue.domain.review.rules import CLOSE_BALLOT, OPEN_BALLOT
from zhuoyue.kernel import access, formats
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed, is_blind, name_of, number_of
from zhuoyue.web.shared.ballot_keys import codes_form, codes_in, custody_form
from zhuoyue.web.shared.titles import titled


@page("review.see_meeting", find=meeting_by_id)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What is to be decided, and what the member has still to do for it. Of those recused from, the name alone."""
    barred = recused_from(meeting, request.user)
    blind = is_blind(meeting.run)
    rows = []
    for standing in standings_of(meeting):
        entry = standing.entry
        shut = entry.application_id in barred or speaks_for_candidate(request.user, entry.application)
        called = {"name": name_of(entry, blind=blind), "number": number_of(entry, blind=blind)}
        rows.append({"entry": entry, **called, "shut": shut, "standing": standing})
    shown = [row for row in rows if not row["shut"]] + [row for row in rows if row["shut"]]
    context = {
        "rows": shown,
        "category": titled(meeting.run.category),
        "voted": has_voted(meeting, request.user),
        "has_code": code_of(meeting.run.category.cycle, request.user) is not None,
        "voided": voids_of(meeting)[-1:],
        "may_open": access.allowed(OPEN_BALLOT, request.user, meeting) and meeting.state == MeetingState.PREPARED,
        "may_go_on": access.allowed(OPEN_BALLOT, request.user, meeting) and may_go_on(meeting),
        "may_close": access.allowed(CLOSE_BALLOT, request.user, meeting) and meeting.state == MeetingState.VOTING,
    }
    return framed(request, "jury/meeting.html", meeting, **context)


def _quorum(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"label": _("会议"), "value": titled(meeting.run.category)},
        {"label": _("审定委员"), "value": formats.number(electorate(meeting))},
        {"label": _("法定人数"), "value": formats.number(quorum_of(meeting))},
    ]


@page("review.open_ballot", find=meeting_by_id, methods=("GET", "POST"))
def open_voting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    ways = custodies_of(meeting)
    candidates = candidates_of(meeting)
    no_candidates = "" if candidates else _("还没有候选申报，不能开始投票。")
    asked = Asked(
        title=_("开始投票"),
        lead=_("开始以后不能再声明回避，委员名单也不再变动。"),
        facts=[*_quorum(meeting), {"label": _("候选申报"), "value": formats.number(len(candidates))}],
        fault=seats_fault(meeting) or no_candidates or custody_fault(ways),
        done=_("投票已经开始。"),
        form=custody_form(ways),
    )
    return _step(request, meeting, lambda given: open_ballot(by=request.user, meeting=meeting, **given), asked)


@page("review.open_ballot", find=meeting_by_id, methods=("GET", "POST"))
def open_next_round(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another round for exactly those that the counts left undecided."""
    ways = custodies_of(meeting)
    blind, undecided = is_blind(meeting.run), undecided_of(meeting)
    names = [name_of(entry, blind=blind) for entry in candidates_of(meeting) if entry.application_id in undecided]
    asked = Asked(
        title=_("开始下一轮投票"),
        lead=_("只对没有分出结果的申报再投一次；全体委员重新投票，前面各轮的计票照样保留。"),
        facts=[
            *_quorum(meeting),
            {"label": _("再投的申报"), "value": _("、").join(names)},
            {"label": _("还可以投的轮次"), "value": formats.number(max(rounds_left(meeting), 0))},
        ],
        fault=custody_fault(ways) if may_go_on(meeting) else _("现在没有可以再投的一轮。"),
        done=_("下一轮投票已经开始。"),
        form=custody_form(ways),
    )
    return _step(request, meeting, lambda given: open_round(by=request.user, meeting=meeting, **given), asked)


@page("review.close_ballot", find=meeting_by_id, methods=("GET", "POST"))
def close_voting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    cast, needed = turnout(meeting), quorum_of(meeting)
    fault = ""
    if cast < needed:
        fault = _("已投票%(cast)s人，法定人数是%(needed)s人，还不能结束投票。") % {"cast": cast, "needed": needed}
    asked = Asked(
        title=_("结束投票并计票"),
        lead=_("请保管计票钥匙的人在这里各自输入计票码。结束以后没有投票的委员不能再投，计票结果向全体委员公布。"),
        facts=[*_quorum(meeting), {"label": _("已投票"), "value": formats.number(cast)}],
        fault=fault,
        done=_("投票结束，已经计票。"),
        form=codes_form(meeting),
    )

    def act(given: dict[str, Any]) -> None:
        close_ballot(by=request.user, meeting=meeting, codes=codes_in(given))

    return _step(request, meeting, act, asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """What such a page says; with a `fault` it says why the step is not to be had yet."""

    title: str
    lead: str
    facts: list[dict[str, Any]]
    fault: str
    done: str
    form: type[Form]


def _step(request: HttpRequest, meeting: Meeting, act: Callable[[dict[str, Any]], Any], asked: Asked) -> HttpResponse:
    """Ask, then do it once. What stands against it is said on the page, and what was typed stays."""
    back = reverse("jury:meeting", args=[meeting.pk])
    posted = request.method == "POST"
    form, status, fault = asked.form(request.POST if posted else None), 200, asked.fault
    if posted and form.is_valid():
        try:
            act(form.cleaned_data)
        except (BallotError, MoveError) as error:
            status = 409
            form.add_error(None, str(error))
        else:
            messages.success(request, asked.done)
            return redirect(back)
    elif posted:
        status = 422
    context = {"asked": asked, "facts": asked.facts, "back": back, "fault": fault, "form": form}
    return framed(request, "jury/confirm.html", meeting, status=status, **context)


@page("review.see_count", find=meeting_by_id)
def count(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The counts and what they were measured by. Nobody's choice: it is nowhere."""
    blind = is_blind(meeting.run)
    names = {entry.application_id: name_of(entry, blind=blind) for entry in candidates_of(meeting)}
    rows = [{"name": names[found.application], "count": found} for found in counts_of(meeting)]
    carried = sum(row["count"].carried for row in rows)
    rounds = [
        {"round": one, "rows": [{"name": names[found.application], "count": found} for found in one.counts]}
        for one in rounds_of(meeting)
    ]
    context = {"rows": rows, "carried": carried, "result": meeting.result, "rounds": rounds[:-1]}
    return framed(request, "jury/count.html", meeting, **context)
