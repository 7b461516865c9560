"""The site visit: its days, what to verify, what was found, and which scores it changed."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.judgements import ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.books import items_by_node
from zhuoyue.domain.review.actions import scoring, visits
from zhuoyue.domain.review.enums import StageState, Step, TeamRole
from zhuoyue.domain.review.models import Entry, VisitIssue
from zhuoyue.domain.review.queries.blind import called
from zhuoyue.domain.review.queries.scores import begun_with, carried, consensus_items, scales_of, team_book
from zhuoyue.domain.review.queries.stages import entry_at_step, scored_nodes
from zhuoyue.domain.review.queries.tasks import team_tasks
from zhuoyue.domain.review.queries.teams import working_on
from zhuoyue.domain.review.queries.visits import issue_in, issues_of, visit_of
from zhuoyue.domain.review.rules import BE_EXPERT, SEE_VISIT
from zhuoyue.kernel import formats
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.typed import version
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.expert import shared_item
from zhuoyue.web.expert.navigation import crumbs, frame
from zhuoyue.web.shared.scoring.scale import scale_of
from zhuoyue.web.shared.titles import titled
from zhuoyue.web.shared.typed_fields import DayField, WholeField


class PlanForm(forms.Form):
    starts_on = DayField(label=gettext_lazy("开始日期"), widget=forms.DateInput)
    ends_on = DayField(label=gettext_lazy("结束日期"), widget=forms.DateInput)
    agenda = forms.CharField(
        label=gettext_lazy("日程"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    version = WholeField(widget=forms.HiddenInput, required=False)


class IssueForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("要核实什么"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("请写出要核实的问题。")},
    )
    node = forms.ChoiceField(label=gettext_lazy("条目"), required=False)

    def __init__(self, entry: Entry, data: Any = None) -> None:
        super().__init__(data)
        self.nodes = {node.code: node for node in scored_nodes(entry.run.category)}
        choices = [("", _("不限于某一条"))] + [(code, f"{code} {titled(node)}") for code, node in self.nodes.items()]
        self.fields["node"].choices = choices  # type: ignore[attr-defined] # a choice field has choices


def visit_entry(entry_id: Any) -> Entry | None:
    return entry_at_step(entry_id, Step.VISIT)


@page(BE_EXPERT)
def visit_list(request: HttpRequest) -> HttpResponse:
    tasks = team_tasks(request.user, Step.VISIT)
    rows = [
        {
            "task": task,
            "shown": called(task.entry.run, task.entry.application),
            "stage": titled(task.entry.run),
            "url": reverse("expert:visit", args=[task.entry.pk]),
        }
        for task in tasks
    ]
    return render(request, "expert/visits.html", frame(rows=rows, open_tasks=sum(task.is_open for task in tasks)))


@page(SEE_VISIT, find=visit_entry)
def visit(request: HttpRequest, entry: Entry) -> HttpResponse:
    return _visit(request, entry)


def _visit(
    request: HttpRequest,
    entry: Entry,
    *,
    plan: PlanForm | None = None,
    issue: IssueForm | None = None,
    typed: dict[str, Any] | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    book = team_book(entry, Step.VISIT)
    planned = visit_of(entry)
    issues = issues_of(entry)
    before = consensus_items(entry.run, entry.application)
    after = items_by_node(book)
    own = working_on(request.user, entry.run, entry.application)
    shown = called(entry.run, entry.application)
    start = carried(book, before)
    rows = [
        _row(entry, node, before.get(node.pk), start.get(node.pk), after.get(node.pk))
        for node in scored_nodes(entry.run.category)
    ]
    code = request.GET.get("item", "") if typed is None else typed["code"]
    chosen = next((row for row in rows if row["node"].code == code), None)
    initial = (
        {
            "starts_on": planned.starts_on,
            "ends_on": planned.ends_on,
            "agenda": planned.agenda,
            "version": planned.version,
        }
        if planned
        else {"version": 0}
    )
    open_issues = sum(not one.finding for one in issues)
    context = frame(
        entry.run.category.cycle,
        crumbs=crumbs("visits", shown.number or shown.title),
        entry=entry,
        application=shown,
        book=book,
        planned=planned,
        plan=plan or PlanForm(initial=initial),
        issues=issues,
        issue=issue or IssueForm(entry),
        open_issues=open_issues,
        rows=rows,
        changed=sum(row["changed"] for row in rows),
        chosen=chosen,
        typed=typed,
        own=own,
        leads=own is not None and own.role == TeamRole.LEADER,
        stage_open=entry.run.state == StageState.OPEN,
        is_open=entry.run.state == StageState.OPEN and book.state == ScorebookState.OPEN,
        ended=book.state == ScorebookState.SUBMITTED,
        fault=fault,
    )
    return render(request, "expert/visit.html", context, status=status)


def _row(
    entry: Entry, node: Any, before: ItemScore | None, start: ItemScore | None, after: ItemScore | None
) -> dict[str, Any]:
    """`before`: as agreed; `start`: the same, where the visit is scored by the same model."""
    old = before.value if before else None
    stands = after or start
    new = stands.value if stands else None
    return {
        "node": node,
        "title": titled(node),
        "old": old,
        "new": new,
        "changed": after is not None and old != new,
        "reason": after.reason if after else "",
        "version": after.version if after else 1 if start else 0,
        "url": f"{reverse('expert:visit', args=[entry.pk])}?item={node.code}#h-change",
        "value": formats.plain(new) if new is not None else "",
        "scale": scale_of(scales_of(entry.run).words_of(node.kind), node.kind),
    }


@page(SEE_VISIT, find=visit_entry, methods=("POST",))
def plan(request: HttpRequest, entry: Entry) -> HttpResponse:
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _visit(request, entry, plan=form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "agenda")}
    try:
        visits.plan_visit(by=request.user, entry=entry, expected=form.cleaned_data["version"] or 0, **facts)
    except visits.VisitRefusedError as error:
        form.add_error("ends_on", str(error))
        return _visit(request, entry, plan=form, status=422)
    except StaleError as error:
        return _stale(
            request, entry, error, {"starts_on": _("开始日期"), "ends_on": _("结束日期"), "agenda": _("日程")}
        )
    return redirect("expert:visit", entry.pk)


def _stale(request: HttpRequest, entry: Entry, error: StaleError, labels: dict[str, str]) -> HttpResponse:
    rows, hidden = [], [("version", error.current.version)]
    for name, label in labels.items():
        stored, yours = str(getattr(error.current, name)), str(error.yours[name])
        if stored == yours:
            hidden.append((name, yours))
        else:
            rows.append({"label": label, "name": name, "stored": stored, "yours": yours})
    context = frame(
        entry.run.category.cycle,
        rows=rows,
        hidden=hidden,
        again=request.path,
        back_url=reverse("expert:visit", args=[entry.pk]),
    )
    return render(request, "shared/conflict.html", context, status=409)


@page(SEE_VISIT, find=visit_entry, methods=("POST",))
def add_issue(request: HttpRequest, entry: Entry) -> HttpResponse:
    form = IssueForm(entry, request.POST)
    if not form.is_valid():
        return _visit(request, entry, issue=form, status=422)
    node = form.nodes.get(form.cleaned_data["node"])
    visits.add_issue(by=request.user, entry=entry, question=form.cleaned_data["question"], node=node)
    return redirect(f"{reverse('expert:visit', args=[entry.pk])}#h-issues")


@page(SEE_VISIT, find=visit_entry, methods=("POST",))
def finding(request: HttpRequest, entry: Entry, *, issue_id: Any) -> HttpResponse:
    issue: VisitIssue | None = issue_in(entry, issue_id)
    if issue is None:
        raise Http404
    expected = version(request.POST.get("version"))
    try:
        visits.keep_finding(by=request.user, issue=issue, finding=request.POST.get("finding", ""), expected=expected)
    except StaleError as error:
        return _stale(request, entry, error, {"finding": _("现场发现")})
    return redirect(f"{reverse('expert:visit', args=[entry.pk])}#issue-{issue.pk}")


@page(SEE_VISIT, find=visit_entry, methods=("POST",))
def change(request: HttpRequest, entry: Entry, *, code: str) -> HttpResponse:
    """A score that the visit changed; the agreed one of the consensus stays beside it."""
    node = next((node for node in scored_nodes(entry.run.category) if node.code == code), None)
    if node is None:
        raise Http404
    scale = scale_of(scales_of(entry.run).words_of(node.kind), node.kind)
    book = team_book(entry, Step.VISIT)
    stored = items_by_node(book).get(node.pk) or begun_with(book).get(node.pk)
    try:
        judged, version = shared_item.judgement_of(_with_words(request, stored), scale, stored)
        scoring.agree_item(by=request.user, book=book, node=node, judgement=judged, expected=version)
    except StaleError as error:
        context = shared_item.both_texts(error, _with_words(request, stored), scale)
        return render(request, "shared/conflict.html", frame(entry.run.category.cycle, **context), status=409)
    except ScoreRefusedError as error:
        typed = {"code": code, "value": request.POST.get("percent", ""), "reason": request.POST.get("reason", "")}
        return _visit(request, entry, typed=typed, fault=str(error), status=422)
    return redirect(f"{reverse('expert:visit', args=[entry.pk])}#h-scores")


def _with_words(request: HttpRequest, stored: ItemScore | None) -> Any:
    """A visit changes the value; strengths and gaps stay where the form does not send them."""
    post = request.POST.copy()
    if stored is not None:
        for name, texts in (("strength", stored.strengths), ("gap", stored.gaps)):
            if name not in post:
                post.setlist(name, texts)
    return post


@page(SEE_VISIT, find=visit_entry, methods=("POST",))
def finish(request: HttpRequest, entry: Entry) -> HttpResponse:
    try:
        visits.finish_visit(by=request.user, entry=entry)
    except (visits.VisitRefusedError, UnfinishedError, MoveError) as error:
        return _visit(request, entry, fault=str(error), status=409)
    return redirect("expert:visit", entry.pk)
