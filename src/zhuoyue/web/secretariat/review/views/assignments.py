"""Who reviews what: by the engine with a visible seed, and by hand with a reason."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.review.actions import assignment as actions
from zhuoyue.domain.review.models import Assignment, StageRun
from zhuoyue.domain.review.queries.matching import last_run_of, matching_of, may_be_asked, pair_by_id, pairs_of
from zhuoyue.domain.review.queries.stages import entries_of, run_by_id, settings_of
from zhuoyue.domain.review.queries.teams import working_experts
from zhuoyue.domain.review.rules import ASSIGN, END_ASSIGNMENT, WATCH
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.secretariat.reasons import ReasonForm
from zhuoyue.web.secretariat.review.forms import PairForm, SeedForm
from zhuoyue.web.secretariat.review.views.stages import PLACE, address
from zhuoyue.web.secretariat.review.words import diagnosis_words
from zhuoyue.web.shared.steps import Asked, attempt

FITS = {
    "same_industry": gettext_lazy("熟悉同一行业"),
    "same_section": gettext_lazy("熟悉同一门类"),
    "any_industry": gettext_lazy("行业不同"),
}


@page(WATCH, find=run_by_id)
def assignments(request: HttpRequest, run: StageRun) -> HttpResponse:
    return _show(request, run)


def _show(
    request: HttpRequest,
    run: StageRun,
    *,
    faults: list[str] | None = None,
    seed: SeedForm | None = None,
    pair: PairForm | None = None,
    status: int = 200,
) -> HttpResponse:
    entries = list(entries_of(run))
    experts = list(working_experts(run.category.cycle))
    pairs = pairs_of(run)
    team = settings_of(run).team
    last = last_run_of(run)
    loads = Counter(one.expert_id for one in pairs)
    content = {
        "run": run,
        "teams": _teams(entries, pairs, team.at_least if team else 1),
        "loads": [{"expert": expert, "load": loads[expert.pk], "most": _most(expert, team)} for expert in experts],
        "last": last,
        "faults": faults or [],
        "seed": seed or SeedForm(None, initial={"seed": last.seed if last else int(f"{clock.today():%Y%m%d}")}),
        "pair": pair or _pair_form(None, entries, experts),
    }
    return office(
        request, "secretariat/review/assignments.html", run.category.cycle, place=PLACE, status=status, **content
    )


def _most(expert: Any, team: Any) -> int:
    return min(expert.most_load, team.load_at_most) if team and team.load_at_most else int(expert.most_load)


def _pair_form(data: Any, entries: list[Any], experts: list[Any]) -> PairForm:
    return PairForm(
        data,
        applications=[
            (str(one.application_id), f"{one.application.number} {one.application.title}") for one in entries
        ],
        experts=[(str(expert.pk), f"{expert.person.name}　{expert.get_level_display()}") for expert in experts],
    )


def _teams(entries: list[Any], pairs: list[Assignment], wanted: int) -> list[dict[str, Any]]:
    found = []
    for entry in entries:
        team = [_member(pair) for pair in pairs if pair.application_id == entry.application_id]
        found.append(
            {
                "application": entry.application,
                "team": sorted(team, key=lambda member: not member["leads"]),
                "short": max(0, wanted - len(team)),
                "led": any(member["leads"] for member in team),
            }
        )
    return found


def _member(pair: Assignment) -> dict[str, Any]:
    why = pair.reason.get("why", "")
    return {"pair": pair, "leads": pair.role == "leader", "why": FITS.get(why, why)}


@page(ASSIGN, find=run_by_id, methods=("POST",))
def run_engine(request: HttpRequest, run: StageRun) -> HttpResponse:
    """Ask the engine. Where no assignment keeps every rule, the page says who is short and what would mend it."""
    form = SeedForm(request.POST)
    if not form.is_valid():
        return _show(request, run, seed=form, status=422)
    try:
        actions.assign_by_engine(by=request.user, run=run, seed=form.cleaned_data["seed"])
    except actions.NoAssignmentError as error:
        matching = error.matching
        words = diagnosis_words(error.diagnosis, matching.applications, matching.experts)
        return _show(request, run, seed=form, faults=words or [_("没有同时满足全部规则的分配。")], status=409)
    except actions.AssignmentRefusedError as error:
        return _show(request, run, seed=form, faults=[str(error)], status=409)
    messages.success(request, _("分配方案已计算并生效；问题、种子和结果都已存档。"))
    return redirect(address(run, "assignments"))


@page(WATCH, find=run_by_id)
def assignment_check(request: HttpRequest, run: StageRun) -> HttpResponse:
    """Whether the people at hand can do it, before anything changes."""
    from zhuoyue.engine.assignment import InfeasibleError, assign  # noqa: PLC0415 - loads the solver's libraries

    if not may_be_asked(run):
        return _show(request, run, faults=[_("还没有申报进入这个阶段，或者还没有可以派出的评审员，无从分配。")])
    matching = matching_of(run)
    try:
        assign(matching.problem, seed=0)
    except InfeasibleError as error:
        words = diagnosis_words(error.diagnosis, matching.applications, matching.experts)
    else:
        words = []
    if not words:
        messages.success(request, _("现有人员可以满足全部规则。"))
        return redirect(address(run, "assignments"))
    return _show(request, run, faults=words)


@page(ASSIGN, find=run_by_id, methods=("POST",))
def add_pair(request: HttpRequest, run: StageRun) -> HttpResponse:
    entries = list(entries_of(run))
    experts = list(working_experts(run.category.cycle))
    form = _pair_form(request.POST, entries, experts)
    if not form.is_valid():
        return _show(request, run, pair=form, status=422)
    chosen = form.cleaned_data
    application = next(one.application for one in entries if str(one.application_id) == chosen["application"])
    expert = next(expert for expert in experts if str(expert.pk) == chosen["expert"])
    return attempt(
        request,
        lambda: actions.assign_by_hand(by=request.user, run=run, application=application, expert=expert),
        done=_("已分配，再次计算时保留这一对。"),
        to=address(run, "assignments"),
        faults=(actions.AssignmentRefusedError,),
    )


@page(END_ASSIGNMENT, find=pair_by_id, methods=("GET", "POST"))
def end_pair(request: HttpRequest, pair: Assignment) -> HttpResponse:
    asked = Asked(
        _("解除这一对分配"),
        _("解除"),
        address(pair.run, "assignments"),
        PLACE,
        lead=_("其评分留存备查，不再计入总分。"),
        facts=[(_("评审员"), pair.expert.person.name), (_("申报"), pair.application.title)],
        done=_("已解除。"),
        form=ReasonForm,
    )

    def act(reason: str) -> None:
        actions.end_assignment(by=request.user, pair=pair, reason=reason)

    return step(request, pair.run.category.cycle, act, asked)


@page(ASSIGN, find=pair_by_id, methods=("GET", "POST"))
def name_leader(request: HttpRequest, pair: Assignment) -> HttpResponse:
    asked = Asked(
        _("定为组长"),
        _("定为组长"),
        address(pair.run, "assignments"),
        PLACE,
        lead=_("原来的组长改为组员。"),
        facts=[(_("评审员"), pair.expert.person.name), (_("申报"), pair.application.title)],
        done=_("%(name)s已定为组长。") % {"name": pair.expert.person.name},
    )
    return step(request, pair.run.category.cycle, lambda: actions.name_leader(by=request.user, pair=pair), asked)
