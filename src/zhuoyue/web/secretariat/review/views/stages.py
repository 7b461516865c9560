"""The stages of the review: opened, dated, decided. A rule proposes; a person confirms or says why not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.domain.review.actions import stages as actions
from zhuoyue.domain.review.enums import Outcome, StageState
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.domain.review.queries.progress import progress_of_examiners, progress_of_stages
from zhuoyue.domain.review.queries.proposals import Proposal, proposal_of
from zhuoyue.domain.review.queries.stages import entries_of, entry_by_id, is_entrance, run_by_id, runs_of_cycle
from zhuoyue.domain.review.queries.tallies import Tally, chapters_of, tallies_of
from zhuoyue.domain.review.queries.totals import StageTotal, totals_of_entries
from zhuoyue.domain.review.rules import DECIDE_STAGE, REOPEN_STAGE, RUN_STAGE, WATCH
from zhuoyue.engine import cuts
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import conflict, office, words_of
from zhuoyue.web.secretariat.pages import edit_page, step, version_in
from zhuoyue.web.secretariat.reasons import ReasonForm
from zhuoyue.web.secretariat.review.explained import branches_of, titles_of
from zhuoyue.web.secretariat.review.forms import DueForm
from zhuoyue.web.secretariat.review.words import decision_words, rule_words, status_words, verdict_words
from zhuoyue.web.shared.chapters import spokes_of
from zhuoyue.web.shared.charts import Spoke
from zhuoyue.web.shared.steps import Asked, attempt

PLACE = "review"
PER_PAGE = 50
SETTLED = {cuts.Status.IN: Outcome.THROUGH, cuts.Status.OUT: Outcome.STOPPED}


def address(run: StageRun, name: str = "stage") -> str:
    return reverse(f"secretariat:{name}", kwargs={"run_id": run.pk})


def _is_decided_here(run: StageRun) -> bool:
    """Votes are counted, and conditions of applications that come in are checked, on pages of their own."""
    return not run.nature.votes and not is_entrance(run)


@page(WATCH_CYCLE, find=cycle_by_slug)
def review(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Every stage of every category, with how far each is."""
    runs = list(runs_of_cycle(cycle))
    progress = progress_of_stages(runs)
    groups: dict[Any, dict[str, Any]] = {}
    for run in runs:
        group = groups.setdefault(run.category_id, {"category": run.category, "rows": []})
        group["rows"].append({"run": run, "progress": progress.get(run.pk)})
    content = {"groups": list(groups.values()), "heading": _what_runs(runs)}
    return office(request, "secretariat/review/stages.html", cycle, place=PLACE, **content)


def _what_runs(runs: list[StageRun]) -> str:
    """The stages that are open, by name; else whether the review lies ahead or behind."""
    if running := dict.fromkeys(words_of(run) for run in runs if run.state == StageState.OPEN):
        return _("%(title)s进行中") % {"title": _("、").join(running)}
    if any(run.state == StageState.WAITING for run in runs) or not runs:
        return _("没有正在进行的阶段")
    return _("评审已全部结束")


@page(WATCH, find=run_by_id)
def stage(request: HttpRequest, run: StageRun) -> HttpResponse:
    """The stage with its applications: totals, what the rule says of each, and what has been decided."""
    tallies = tallies_of(run)
    proposal = proposal_of(run, tallies)
    pending = [tally for tally in tallies if tally.outcome == Outcome.PENDING]
    only_pending = request.GET.get("outcome") == Outcome.PENDING
    ranked = sorted(pending if only_pending else tallies, key=lambda tally: tally.key)
    shown = Paginator(ranked, PER_PAGE).get_page(request.GET.get("page"))
    content = {
        "run": run,
        "page": shown,
        "rows": _rows(run, list(shown), proposal),
        "only_pending": only_pending,
        "views": [
            {"label": _("全部"), "url": address(run), "count": len(tallies), "current": not only_pending},
            {"label": _("没有确定去留"), "url": _undecided(run), "count": len(pending), "current": only_pending},
        ],
        "why_not": _why_not(run, len(pending)),
        "proposal": proposal,
        "rule": rule_words(proposal.rule) if proposal.rule else "",
        "unmet": [verdict_words(verdict) for verdict in proposal.outcome.unmet] if proposal.outcome else [],
        "ties": list(proposal.outcome.tied) if proposal.outcome else [],
        "settled": sum(_proposed(proposal, tally) is not None for tally in tallies),
        "scored": run.nature.has_scores,
    }
    return office(request, "secretariat/review/stage.html", run.category.cycle, place=PLACE, **content)


def _undecided(run: StageRun) -> str:
    return f"{address(run)}?outcome={Outcome.PENDING.value}"


def _why_not(run: StageRun, pending: int) -> tuple[str, str, str] | None:
    """What keeps a stage from ending, in the words of the refusal, and where those undecided stand."""
    if not pending:
        return None
    return str(actions.UndecidedError(pending)), _("查看没有确定去留的申报"), _undecided(run)


def _proposed(proposal: Proposal, tally: Tally) -> Outcome | None:
    """What the rule settles of a pending application; None where it does not."""
    decision = proposal.decisions.get(tally.place.application)
    if decision is None or tally.outcome != Outcome.PENDING:
        return None
    return SETTLED.get(decision.status)


def _rows(run: StageRun, tallies: Sequence[Tally], proposal: Proposal) -> list[dict[str, Any]]:
    """Those of one page, in the order given, with what the rule says of each."""
    listed = entries_of(run).filter(application__in=[tally.place.application for tally in tallies])
    entries = {entry.application_id: entry for entry in listed}
    return [
        {"entry": entries[key], "figure": tally.figure, **_advice(proposal, key)}
        for tally in tallies
        if (key := tally.place.application) in entries
    ]


def _advice(proposal: Proposal, application: UUID) -> dict[str, str]:
    decision = proposal.decisions.get(application)
    look, words = status_words(decision.status) if decision else ("", "")
    return {"look": look, "words": words, "reason": decision_words(decision) if decision else ""}


@page(RUN_STAGE, find=run_by_id, methods=("POST",))
def open_stage(request: HttpRequest, run: StageRun) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.open_stage(by=request.user, run=run),
        done=_("“%(stage)s”已启动。") % {"stage": words_of(run)},
        to=address(run),
        faults=(MoveError,),
    )


@page(RUN_STAGE, find=run_by_id, methods=("GET", "POST"))
def stage_due(request: HttpRequest, run: StageRun) -> HttpResponse:
    form = DueForm(request.POST or None, initial={"due_at": run.due_at})
    if request.method == "POST" and form.is_valid():
        due_at = form.cleaned_data["due_at"]
        try:
            actions.set_due(by=request.user, run=run, expected=version_in(request), due_at=due_at)
        except StaleError as error:
            return conflict(request, error, labels={"due_at": _("截止时间")}, back=address(run), shown=_local)
        messages.success(request, _("截止时间已保存。"))
        return redirect(address(run))
    asked = Asked(_("“%(stage)s”的截止时间") % {"stage": words_of(run)}, _("保存"), address(run), PLACE)
    version = version_in(request) if request.method == "POST" else run.version
    return edit_page(request, run.category.cycle, form, asked, version=version)


def _local(value: Any) -> str:
    from django.utils import timezone  # noqa: PLC0415 - only where two people set a date at once

    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if value else ""


@page(DECIDE_STAGE, find=run_by_id, methods=("GET", "POST"))
def adopt_proposal(request: HttpRequest, run: StageRun) -> HttpResponse:
    """Take over what the rule settles, for those still pending. Ties and missing scores stay for people."""
    tallies = tallies_of(run)
    proposal = proposal_of(run, tallies)
    chosen: dict[Outcome, dict[Any, str]] = {Outcome.THROUGH: {}, Outcome.STOPPED: {}}
    for tally in tallies:
        outcome = _proposed(proposal, tally)
        if outcome is not None:
            key = tally.place.application
            chosen[outcome][key] = _("按规则：%(words)s") % {"words": decision_words(proposal.decisions[key])}
    left = sum(tally.outcome == Outcome.PENDING for tally in tallies) - sum(map(len, chosen.values()))
    asked = Asked(
        _("采用规则的建议"),
        _("确认采用"),
        address(run),
        PLACE,
        lead=rule_words(proposal.rule) if proposal.rule else _("这个阶段没有晋级规则，去留由人决定。"),
        facts=[
            (_("进入下一阶段"), _("%(count)s份") % {"count": len(chosen[Outcome.THROUGH])}),
            (_("止于本阶段"), _("%(count)s份") % {"count": len(chosen[Outcome.STOPPED])}),
            (_("规则不能决定，留待人定"), _("%(count)s份") % {"count": left}),
        ],
        done=_("已按规则的建议确定，每份都记有理由。"),
    )

    def act() -> None:
        values = {tally.place.application: tally.value for tally in tallies}
        through, stopped = chosen[Outcome.THROUGH], chosen[Outcome.STOPPED]
        actions.set_outcomes(by=request.user, run=run, through=through, stopped=stopped, totals=values)

    return step(request, run.category.cycle, act, asked)


@page(WATCH, find=entry_by_id, methods=("GET", "POST"))
def entry(request: HttpRequest, found: Entry) -> HttpResponse:
    """One application in a stage: its total with how it came, and the decision on it."""
    run = found.run
    (standing,) = totals_of_entries(run, [found])
    proposal = proposal_of(run, tallies_of(run))
    error, status = "", 200
    if request.method == "POST":
        error, status = _decide(request, found, standing)
        if not error:
            messages.success(request, _("去留已确定，理由已记录。"))
            return redirect(address(run))
    titles = titles_of(run)
    content = {
        "run": run,
        "entry": found,
        "standing": standing,
        "row": _advice(proposal, found.application_id),
        "tree": branches_of(standing, titles),
        "spokes": _spokes(standing, titles),
        "outcomes": Outcome.choices,
        "error": error,
        "reason": request.POST.get("reason", found.reason),
        "chosen": request.POST.get("outcome", found.outcome),
        "scored": run.nature.has_scores,
        "decided_here": _is_decided_here(run),
        "crumbs": [
            {"label": pgettext("nav", "评审"), "url": reverse("secretariat:review", args=[run.category.cycle.slug])},
            {"label": words_of(run), "url": address(run)},
        ],
    }
    return office(
        request, "secretariat/review/stage_entry.html", run.category.cycle, place=PLACE, status=status, **content
    )


def _spokes(standing: StageTotal, titles: dict[str, str]) -> list[Spoke]:
    """The agreed total chapter by chapter, against the others of the stage."""
    if standing.total is None or not standing.total.items:
        return []
    others = chapters_of(standing.entry.run)
    others.pop(standing.entry.application_id, None)
    return spokes_of(standing.total, others.values(), titles)


def _decide(request: HttpRequest, found: Entry, standing: StageTotal) -> tuple[str, int]:
    chosen = request.POST.get("outcome", "")
    if not _is_decided_here(found.run):
        return _("这个阶段的去留不在这里决定。"), 409
    if chosen not in Outcome.values:
        return _("请选择这份申报的去留。"), 422
    try:
        actions.set_outcome(
            by=request.user,
            entry=found,
            outcome=Outcome(chosen),
            reason=request.POST.get("reason", ""),
            total=standing.value,
            expected=version_in(request),
        )
    except MoveError as error:
        return str(error), 422
    except StaleError:
        return _("另一人刚改过这份的去留，请看过现在的决定再保存。"), 409
    return "", 200


@page(DECIDE_STAGE, find=run_by_id, methods=("GET", "POST"))
def decide_stage(request: HttpRequest, run: StageRun) -> HttpResponse:
    counts = dict.fromkeys(Outcome.values, 0)
    for found in run.entries.all():
        counts[found.outcome] += 1
    asked = Asked(
        _("结束“%(stage)s”") % {"stage": words_of(run)},
        _("结束本阶段"),
        address(run),
        PLACE,
        lead=_("结束后，进入者列入下一阶段，止步者的评审到此为止。"),
        facts=[
            (label, ngettext("%(count)s份", "%(count)s份", counts[value]) % {"count": counts[value]})
            for value, label in Outcome.choices
        ],
        done=_("阶段已结束。"),
        faults=(MoveError, actions.UndecidedError),
        why_not=_why_not(run, counts[Outcome.PENDING]),
    )
    return step(request, run.category.cycle, lambda: actions.decide_stage(by=request.user, run=run), asked)


@page(REOPEN_STAGE, find=run_by_id, methods=("GET", "POST"))
def reopen_stage(request: HttpRequest, run: StageRun) -> HttpResponse:
    asked = Asked(
        _("重新打开“%(stage)s”") % {"stage": words_of(run)},
        _("重新打开"),
        address(run),
        PLACE,
        lead=_("已进入下一阶段的申报不会自动退出；理由会留在记录里。"),
        done=_("阶段已重新打开。"),
        form=ReasonForm,
    )

    def act(reason: str) -> None:
        actions.reopen_stage(by=request.user, run=run, reason=reason)

    return step(request, run.category.cycle, act, asked)


@page(WATCH, find=run_by_id)
def stage_progress(request: HttpRequest, run: StageRun) -> HttpResponse:
    content = {"run": run, "rows": progress_of_examiners(run), "scored": run.nature.has_scores}
    return office(request, "secretariat/review/stage_progress.html", run.category.cycle, place=PLACE, **content)
