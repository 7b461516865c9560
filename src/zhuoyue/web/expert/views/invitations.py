"""Answering an invitation, and declaring conflicts before anything opens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.experts.queries import conflicts_of
from zhuoyue.domain.review.actions import examiners
from zhuoyue.domain.review.models import Invitation
from zhuoyue.domain.review.queries.conduct import applicants_named, grade_of_tie, tie_words, undertaking_of
from zhuoyue.domain.review.queries.teams import invitation_by_id
from zhuoyue.domain.review.rules import ANSWER_INVITATION, DECLARE_TIES, SEE_INVITATION
from zhuoyue.kernel import access
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.expert.forms import AcceptForm, DeclareForm, DeclineForm, TieForm
from zhuoyue.web.expert.navigation import frame
from zhuoyue.web.shared.titles import titled

MOST_FOUND = 20


@page(SEE_INVITATION, find=invitation_by_id)
def invitation(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    return _invitation_page(request, invitation)


def _invitation_page(
    request: HttpRequest,
    invitation: Invitation,
    *,
    accept: AcceptForm | None = None,
    decline: DeclineForm | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    language = get_language() or ""
    refused = access.refusal(ANSWER_INVITATION, request.user, invitation)
    conduct = undertaking_of(invitation.cycle)
    context = frame(
        invitation.cycle,
        invitation=invitation,
        organiser=invitation.cycle.programme.organiser.organisation.name,
        cycle_title=titled(invitation.cycle),
        lines=[entry.title.in_language(language) for entry in conduct] or _plain_undertaking(),
        accept=accept or AcceptForm(),
        decline=decline or DeclineForm(),
        too_late=str(refused.reason) if refused else "",
        fault=fault,
    )
    return render(request, "expert/invitation.html", context, status=status)


def _plain_undertaking() -> list[str]:
    """Where the rules of a programme have no undertaking of their own."""
    return [
        _("对申报材料和评审过程保密。"),
        _("独立、公正评审，不收受利益。"),
        _("主动声明利益冲突并回避。"),
    ]


@page(SEE_INVITATION, find=invitation_by_id, methods=("POST",))
def accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _invitation_page(request, invitation, accept=form, status=422)
    try:
        examiners.accept(by=request.user, invitation=invitation)
    except MoveError as error:
        return _invitation_page(request, invitation, fault=str(error), status=409)
    return redirect("expert:conflicts", invitation.pk)


@page(SEE_INVITATION, find=invitation_by_id, methods=("POST",))
def decline(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _invitation_page(request, invitation, decline=form, status=422)
    try:
        examiners.decline(by=request.user, invitation=invitation, reason=form.cleaned_data["reason"])
    except MoveError as error:
        return _invitation_page(request, invitation, decline=form, fault=str(error), status=409)
    return redirect("expert:invitation", invitation.pk)


@page(DECLARE_TIES, find=invitation_by_id)
def conflicts(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    return _conflicts_page(request, invitation)


def _conflicts_page(
    request: HttpRequest,
    invitation: Invitation,
    *,
    tie: TieForm | None = None,
    declare: DeclareForm | None = None,
    status: int = 200,
) -> HttpResponse:
    words = tie_words(invitation.cycle, get_language() or "")
    given = request.POST if tie else request.GET
    asked = given.get("q", "").strip()
    found = list(applicants_named(invitation.cycle, asked)[: MOST_FOUND + 1]) if asked else []
    declared: list[dict[str, Any]] = [
        {"name": conflict.organisation.name, "kind": words.get(conflict.kind, conflict.kind), "conflict": conflict}
        for conflict in conflicts_of(invitation.expert)
    ]
    context = frame(
        invitation.cycle,
        invitation=invitation,
        cycle_title=titled(invitation.cycle),
        asked=asked,
        more=len(found) > MOST_FOUND,
        tie=tie or (TieForm(invitation.cycle, words, found[:MOST_FOUND], q=asked) if found else None),
        declared=declared,
        declare=declare or DeclareForm(has_ties=bool(declared)),
    )
    return render(request, "expert/conflicts.html", context, status=status)


@page(DECLARE_TIES, find=invitation_by_id, methods=("POST",))
def add_tie(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    words = tie_words(invitation.cycle, get_language() or "")
    asked = request.POST.get("q", "").strip()
    found = list(applicants_named(invitation.cycle, asked)[:MOST_FOUND]) if asked else []
    form = TieForm(invitation.cycle, words, found, data=request.POST)
    if not form.is_valid():
        return _conflicts_page(request, invitation, tie=form, status=422)
    kind = form.cleaned_data["kind"]
    organisation = form.cleaned_data["organisation"]
    tie = examiners.Declared(organisation, kind, form.cleaned_data["evidence"], grade_of_tie(invitation.cycle, kind))
    examiners.declare_tie(by=request.user, invitation=invitation, tie=tie)
    messages.success(request, _("已声明与%(name)s的利益冲突，即时生效。") % {"name": organisation.name})
    return redirect("expert:conflicts", invitation.pk)


@page(DECLARE_TIES, find=invitation_by_id, methods=("POST",))
def declare(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = DeclareForm(request.POST, has_ties=conflicts_of(invitation.expert).exists())
    if not form.is_valid():
        return _conflicts_page(request, invitation, declare=form, status=422)
    examiners.declare_conflicts(by=request.user, invitation=invitation, conflicts=[])
    messages.success(request, _("利益冲突声明已完成。分配以后，任务会出现在这里。"))
    return redirect(reverse("expert:home"))
