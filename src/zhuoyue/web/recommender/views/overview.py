"""The funnel of one's own applicants, the quota, and what waits for an opinion."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.queries import (
    applications_of_body,
    quota_state,
    recommendations_of_body,
    standing_of_body,
)
from zhuoyue.domain.applications.terms import Term, terms_by_category
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.queries import bodies_of
from zhuoyue.domain.programmes.bodies import cycles_acted_in
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.web.recommender.forms import FilterForm
from zhuoyue.web.recommender.navigation import frame
from zhuoyue.web.shared.charts import Step
from zhuoyue.web.shared.deadlines import last_day
from zhuoyue.web.shared.titles import titled

BADGES = {
    ApplicationState.DRAFT: "draft",
    ApplicationState.SUBMITTED: "soon",
    ApplicationState.RECOMMENDED: "done",
    ApplicationState.DECLINED: "shut",
    ApplicationState.RETURNED: "back",
    ApplicationState.IN_REVIEW: "open",
    ApplicationState.INELIGIBLE: "shut",
    ApplicationState.CONCLUDED: "done",
    ApplicationState.WITHDRAWN: "shut",
}
SORTS = {"number": "number", "name": "organisation__name", "submitted": "submitted_at", "state": "state"}


def body_for(request: HttpRequest) -> tuple[Body, list[Body]]:
    """The body that the person acts for on this page: the one in the address, or the first."""
    bodies = bodies_of(request.user, Duty.OFFICER)
    wanted = request.GET.get("body", "")
    return next((body for body in bodies if str(body.pk) == wanted), bodies[0]), bodies


def _choices(bodies: list[Body], current: Body) -> list[dict[str, object]]:
    """Several bodies: the brand's switch changes between them."""
    if len(bodies) < 2:  # noqa: PLR2004 - nothing to change between
        return []
    return [
        {"label": body.organisation.name, "url": f"?body={body.pk}", "current": body.pk == current.pk}
        for body in bodies
    ]


@page("orgs.be_recommender")
def home(request: HttpRequest) -> HttpResponse:
    body, bodies = body_for(request)
    cycles = cycles_acted_in(request.user, body)
    standing = standing_of_body(body, cycles)
    newest = [row for row in standing if row.category.cycle_id == standing[0].category.cycle_id]
    unanswered = applications_of_body(body, cycles).filter(state=ApplicationState.SUBMITTED)
    waiting = list(unanswered.order_by("submitted_at")[:51])
    now = clock.now()
    terms = terms_by_category(body, [row.category for row in newest])
    due = [
        {
            "title": entry.title,
            "url": reverse("recommender:application", args=[entry.pk]),
            "note": f"{titled(entry.category)}　{entry.number}",
            "action": _("出具意见"),
            **_due(terms.get(entry.category_id), now),
            "first": place == 0,
        }
        for place, entry in enumerate(waiting[:50])
    ]
    rows = [(row, quota_state(body, row.category)) for row in newest]
    context = frame(
        body,
        cycles=_choices(bodies, body),
        standing=standing,
        cycle=newest[0].category.cycle if newest else None,
        due=due,
        count=sum(row.waiting for row in standing),
        rows=rows,
        steps=_steps(newest),
    )
    return render(request, "recommender/home.html", context)


def _due(term: Term | None, now: datetime) -> dict[str, object]:
    """The time of the level, where the rules give it one; after it there is nothing to do but to look."""
    if term is None or term.until is None:
        return {}
    return {"due": last_day(term.until), **({"action": _("查看")} if term.is_over(now) else {})}


def _steps(rows: list[object]) -> list[Step]:
    names = (
        ("registered", _("报名")),
        ("started", _("填写申报")),
        ("sent", _("提交")),
        ("recommended", _("同意推荐")),
        ("in_review", _("进入评审")),
    )
    return [Step(label, sum(getattr(row, name) for row in rows)) for name, label in names]


@page("orgs.be_recommender")
def applications(request: HttpRequest) -> HttpResponse:
    """Every applicant that named this body. A draft shows that it is being written, nothing of what."""
    body, bodies = body_for(request)
    filters = FilterForm(request.GET or None)
    found = applications_of_body(body, cycles_acted_in(request.user, body))
    if filters.is_valid():
        given = filters.cleaned_data
        if given["state"]:
            found = found.filter(state=given["state"])
        if given["q"]:
            found = found.filter(Q(organisation__name__icontains=given["q"]) | Q(number__icontains=given["q"]))
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") in SORTS:
        found = found.order_by(f"{'-' if sort.startswith('-') else ''}{SORTS[sort.removeprefix('-')]}", "pk")
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(entry, BADGES[ApplicationState(entry.state)]) for entry in shown]
    context = frame(body, cycles=_choices(bodies, body), rows=rows, page=shown, filters=filters)
    return render(request, "recommender/applications.html", context)


@page("orgs.be_recommender")
def quota(request: HttpRequest) -> HttpResponse:
    """The places of each category, and whom they went to."""
    body, bodies = body_for(request)
    cycles = cycles_acted_in(request.user, body)
    standing = standing_of_body(body, cycles)
    given = recommendations_of_body(body, cycles)
    rows = [
        {
            "row": row,
            "quota": quota_state(body, row.category),
            "given": [entry for entry in given if entry.application.category_id == row.category.pk],
        }
        for row in standing[:5]
    ]
    return render(request, "recommender/quota.html", frame(body, cycles=_choices(bodies, body), rows=rows))
