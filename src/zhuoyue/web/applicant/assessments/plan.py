"""The plan of improvement: adding, changing, dropping and resuming a step of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.enums import ImprovementState
from zhuoyue.domain.assessments.models import Assessment, Improvement
from zhuoyue.domain.assessments.queries import assessment_by_id, improvement_by_id
from zhuoyue.domain.assessments.rules import PLAN
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.kernel import typed
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.applicant.assessments.desk import of_assessment
from zhuoyue.web.applicant.assessments.forms import PlanForm, ReopenForm, initial_of, shown
from zhuoyue.web.shared.steps import Asked, attempt, framed_step


def _result(assessment_id: Any) -> str:
    return f"{reverse('applicant:assessment_result', args=[assessment_id])}#h-plan"


@page(PLAN, find=assessment_by_id, methods=("GET", "POST"))
def add(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, nodes=scored_nodes(assessment.edition), initial={"node": request.GET.get("item", "")})
    if data is not None and form.is_valid():
        actions.add_improvement(by=request.user, assessment=assessment, plan=form.plan())
        messages.success(request, _("改进已列入计划。"))
        return redirect(_result(assessment.pk))
    return _page(request, assessment, form, title=_("添加改进"), status=422 if data is not None else 200)


@page(PLAN, find=improvement_by_id, methods=("GET", "POST"))
def edit(request: HttpRequest, improvement: Improvement) -> HttpResponse:
    assessment = improvement.assessment
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, nodes=scored_nodes(assessment.edition), initial=initial_of(improvement))
    if data is not None and form.is_valid():
        expected = typed.version(request.POST.get("version"))
        try:
            actions.edit_improvement(by=request.user, improvement=improvement, plan=form.plan(), expected=expected)
        except StaleError:
            return _both(request, form, improvement.pk)
        messages.success(request, _("改进已保存。"))
        return redirect(_result(assessment.pk))
    status = 422 if data is not None else 200
    return _page(request, assessment, form, title=_("修改改进"), improvement=improvement, status=status)


def _both(request: HttpRequest, form: PlanForm, improvement_id: Any) -> HttpResponse:
    current = improvement_by_id(improvement_id)
    assert current is not None  # noqa: S101 - improvements are never deleted
    rows = shown(form, current)
    context = of_assessment(
        current.assessment,
        rows=[row for row in rows if row["stored"] != row["yours"]],
        hidden=[
            *((row["name"], row["yours"]) for row in rows if row["stored"] == row["yours"]),
            ("version", current.version),
        ],
        again=reverse("applicant:improvement", args=[current.pk]),
        stored_at=current.changed_at,
    )
    return render(request, "shared/conflict.html", context, status=409)


def _page(
    request: HttpRequest,
    assessment: Assessment,
    form: PlanForm,
    *,
    title: str,
    improvement: Improvement | None = None,
    status: int,
) -> HttpResponse:
    dropped = improvement is not None and improvement.state == ImprovementState.DROPPED
    context = of_assessment(
        assessment,
        form=form,
        title=title,
        improvement=improvement,
        is_dropped=dropped,
        may_drop=improvement is not None and improvement.state == ImprovementState.OPEN,
        back_url=_result(assessment.pk),
    )
    return render(request, "applicant/assessments/improvement.html", context, status=status)


@page(PLAN, find=improvement_by_id, methods=("GET", "POST"))
def drop(request: HttpRequest, improvement: Improvement) -> HttpResponse:
    asked = Asked(
        title=_("不再进行这项改进"),
        verb=_("不再进行"),
        back=_result(improvement.assessment_id),
        lead=_("这项改进仍留在计划里，写明不再进行的理由。"),
        facts=((_("改进"), improvement.text), (_("条目"), improvement.node.code)),
        done=_("已标明不再进行。"),
        form=ReopenForm,
        leaves=True,
    )
    act = partial(actions.drop, by=request.user, improvement=improvement)
    return framed_step(request, act, asked, partial(of_assessment, improvement.assessment))


@page(PLAN, find=improvement_by_id, methods=("POST",))
def resume(request: HttpRequest, improvement: Improvement) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.resume(by=request.user, improvement=improvement),
        done=_("改进继续进行。"),
        to=_result(improvement.assessment_id),
    )
