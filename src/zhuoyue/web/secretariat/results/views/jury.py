"""The jury as the office serves it: seats, the meeting, what was decided, the end of the stage."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import KnownPersonError
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, tier_titles
from zhuoyue.domain.review.actions.jury import (
    BallotError,
    arrange_meeting,
    invite_member,
    unseat_member,
)
from zhuoyue.domain.review.actions.jury import decide as set_down
from zhuoyue.domain.review.actions.seats import call_in_again
from zhuoyue.domain.review.actions.stages import UndecidedError, decide_stage
from zhuoyue.domain.review.models import Entry, Seat, StageRun
from zhuoyue.domain.review.queries.ballots import people_with_code
from zhuoyue.domain.review.queries.jury import (
    candidates_of,
    counts_of,
    meeting_of,
    seat_by_id,
    seats_of_cycle,
    undecided_of,
)
from zhuoyue.domain.review.queries.places import decisions_of, places_of
from zhuoyue.domain.review.queries.stages import run_by_id, settings_of
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.secretariat.pages import step, version_in
from zhuoyue.web.secretariat.results.forms import MeetingForm, SeatForm
from zhuoyue.web.shared.steps import Asked, attempt

PLACE = "results"


@page("review.manage_examiners", find=cycle_by_slug, methods=("GET", "POST"))
def seats(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = SeatForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            seat = invite_member(by=request.user, cycle=cycle, **form.facts())
        except KnownPersonError as error:
            form.ask(error)
        except BallotError as error:
            form.add_error(None, str(error))
        else:
            words = _("已写信给%(name)s，对方确认邮箱以后任命生效。") if seat.waits else _("%(name)s已是审定委员。")
            messages.success(request, words % {"name": seat.person.name})
            return redirect("secretariat:seats", slug=cycle.slug)
    context = {"form": form, "seats": list(seats_of_cycle(cycle)), "coded": people_with_code(cycle)}
    return office(request, "secretariat/results/seats.html", cycle, place=PLACE, status=status, **context)


@page("review.manage_examiners", find=seat_by_id, methods=("POST",))
def call_member(request: HttpRequest, seat: Seat) -> HttpResponse:
    return attempt(
        request,
        lambda: call_in_again(by=request.user, seat=seat),
        done=_("新的信件已放入发件箱；以前的链接在用过或到期以前仍然有效。"),
        to=reverse("secretariat:seats", args=[seat.cycle.slug]),
        faults=(),
    )


@page("review.manage_examiners", find=seat_by_id, methods=("GET", "POST"))
def unseat(request: HttpRequest, seat: Seat) -> HttpResponse:
    asked = Asked(
        _("解除审定委员：%(name)s") % {"name": seat.person.name},
        _("解除"),
        reverse("secretariat:seats", args=[seat.cycle.slug]),
        PLACE,
        lead=_("解除以后不能再看审定材料，也不能投票。已经计票的结果不变。"),
        done=_("已解除。"),
        faults=(BallotError,),
    )
    return step(request, seat.cycle, lambda: unseat_member(by=request.user, seat=seat), asked)


def _category(run: StageRun) -> str:
    return reverse("secretariat:category_results", args=[run.category_id])


@page("review.run_stage", find=run_by_id, methods=("GET", "POST"))
def meeting(request: HttpRequest, run: StageRun) -> HttpResponse:
    known = meeting_of(run.pk)
    asked = Asked(
        _("安排审定会议"),
        _("保存并通知委员"),
        _category(run),
        PLACE,
        lead=words_of(run.category),
        done=_("会议已安排，已通知委员。"),
        form=MeetingForm,
        initial={"starts_at": known.starts_at, "place": known.place} if known else None,
    )

    def act(**cleaned: Any) -> None:
        arrange_meeting(by=request.user, run=run, **cleaned)

    return step(request, run.category.cycle, act, asked)


@page("review.decide_stage", find=run_by_id, methods=("GET", "POST"))
def decide(request: HttpRequest, run: StageRun) -> HttpResponse:
    """A tier for every candidate, or none, beside its count. What was typed stays when the rules refuse it."""
    meeting = meeting_of(run.pk)
    counts = {count.application: count for count in counts_of(meeting)} if meeting else {}
    if meeting is None or not counts:
        messages.error(request, _("投票结束并计票以后才能作出决定。"))
        return redirect(_category(run))
    titles = tier_titles(run.category)
    entries = candidates_of(meeting)
    known = decisions_of(run)
    rows = [_row(request, entry, counts[entry.application_id], titles, known) for entry in entries]
    fault = ""
    tiers = {row["key"]: row["tier"] for row in rows}
    if request.method == "POST":
        rule = settings_of(run).ballot
        try:
            set_down(
                by=request.user,
                run=run,
                tiers=tiers,
                reasons={row["key"]: row["reason"] for row in rows},
                rule={"kind": "ballot", **(rule.model_dump(mode="json") if rule else {})},
                expected=version_in(request),
            )
        except BallotError as error:
            fault = str(error)
        else:
            messages.success(request, _("决定已登记。"))
            return redirect(_category(run))
    left = undecided_of(meeting)
    context = {
        "run": run,
        "rows": rows,
        "fault": fault,
        "version": meeting.version,
        "places": places_of(run.category, tiers),
        "left": [row["entry"].application.title for row in rows if row["key"] in left],
    }
    status = 422 if fault else 200
    return office(request, "secretariat/results/decide.html", run.category.cycle, place=PLACE, status=status, **context)


def _row(
    request: HttpRequest, entry: Entry, count: Any, titles: dict[str, str], known: dict[UUID, Any]
) -> dict[str, Any]:
    """What was just sent, else what is set down, else what the count says."""
    key = entry.application_id
    decision = known.get(key)
    highest = next(iter(titles), "")
    tier = decision.tier if decision else (highest if count.carried else "")
    reason = decision.reason if decision else ""
    return {
        "key": key,
        "entry": entry,
        "count": count,
        "tier": request.POST.get(f"tier-{key}", tier),
        "set_down": (titles.get(decision.tier) or _("不授奖")) if decision and request.method == "POST" else "",
        "reason": request.POST.get(f"reason-{key}", reason),
        "choices": [
            *({"value": value, "label": label} for value, label in titles.items()),
            {"value": "", "label": _("不授奖")},
        ],
    }


@page("review.decide_stage", find=run_by_id, methods=("GET", "POST"))
def end_stage(request: HttpRequest, run: StageRun) -> HttpResponse:
    tiers = {key: decision.tier for key, decision in decisions_of(run).items()}
    places = [(place.title, f"{place.given}／{place.at_most}") for place in places_of(run.category, tiers)]
    asked = Asked(
        _("结束审定阶段"),
        _("结束审定阶段"),
        _category(run),
        PLACE,
        lead=_("结束以后不能再改决定，可以据此拟定名单。"),
        facts=[(_("授奖"), sum(bool(tier) for tier in tiers.values())), *places],
        done=_("审定阶段已结束。"),
        faults=(UndecidedError, MoveError),
    )
    return step(request, run.category.cycle, lambda: decide_stage(by=request.user, run=run), asked)
