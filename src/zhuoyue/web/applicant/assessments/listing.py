"""The assessments of one's organisations, the first step, and the list of what is left to do."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.enums import AssessmentState
from zhuoyue.domain.assessments.errors import AssessmentRefusedError
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import (
    ENDED,
    assessment_by_id,
    assessments_for_user,
    common_book,
    editions_to_assess,
)
from zhuoyue.domain.assessments.rules import BEGIN, OWN
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.judging.queries.books import items_by_node, scored_nodes
from zhuoyue.domain.orgs.queries import organisations_for_user
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.assessments.desk import DESK, named, of_assessment
from zhuoyue.web.applicant.assessments.forms import BeginForm, edition_words
from zhuoyue.web.applicant.navigation import frame_of
from zhuoyue.web.shared.dossier.mount import sitting
from zhuoyue.web.shared.dossier.tasks import groups_of
from zhuoyue.web.shared.scoring.rail import rail_of

PER_PAGE = 50
BADGES = {
    AssessmentState.OPEN: "open",
    AssessmentState.FINISHED: "done",
    AssessmentState.SUPERSEDED: "draft",
    AssessmentState.WITHDRAWN: "shut",
}


@page(SIGNED_IN)
def listing(request: HttpRequest) -> HttpResponse:
    """By year, the latest first."""
    found = Paginator(assessments_for_user(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"of": entry, "name": named(entry), "edition": edition_words(entry.edition), "badge": _badge(entry)}
        for entry in found
    ]
    organisations = organisations_for_user(request.user)
    context = frame_of(organisations, rows=rows, page=found, speaks=bool(organisations))
    return render(request, "applicant/assessments/list.html", context)


def _badge(assessment: Assessment) -> str:
    return BADGES[AssessmentState(assessment.state)]


@page(BEGIN, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Which organisation, which standard, which year; more is not asked to begin."""
    organisations, editions = organisations_for_user(request.user), list(editions_to_assess())
    data = request.POST if request.method == "POST" else None
    form = BeginForm(data, organisations=organisations, editions=editions, edition=request.GET.get("edition", ""))
    status = 200
    if data is not None and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        organisation = form.organisations[given.pop("organisation")]
        edition = form.editions[given.pop("edition")]
        try:
            made = actions.start(by=request.user, organisation=organisation, edition=edition, **given)
        except AssessmentRefusedError as error:
            form.add_error("edition", str(error))
        else:
            return redirect("applicant:assessment", made.pk)
    if data is not None:
        status = 422
    context = frame_of(organisations, form=form, editions=editions)
    return render(request, "applicant/assessments/begin.html", context, status=status)


@page(OWN, find=assessment_by_id)
def assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """What is left to do; the result once it is finished."""
    if assessment.state in ENDED and "tasks" not in request.GET:
        return redirect("applicant:assessment_result", assessment.pk)
    book = common_book(assessment)
    rail = rail_of(
        scored_nodes(book.edition),
        items_by_node(book),
        lambda code: reverse("applicant:assess_item", args=[assessment.pk, code]),
    )
    seat = sitting(DESK, assessment, request.user)
    context = of_assessment(
        assessment,
        **rail,
        name=named(assessment),
        edition_words=edition_words(assessment.edition),
        writing=groups_of(seat, contents_of(assessment.dossier)),
        scored=sum(item.value is not None for item in rail["items"].values()),
        badge=_badge(assessment),
        is_open=assessment.state == AssessmentState.OPEN,
        is_withdrawn=assessment.state == AssessmentState.WITHDRAWN,
    )
    return render(request, "applicant/assessments/assessment.html", context)
