"""Recommending bodies of a year: their places, applicants and recommendations, and who acts for them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import KnownPersonError
from zhuoyue.domain.applications.actions import bodies as actions
from zhuoyue.domain.applications.errors import ExtensionError
from zhuoyue.domain.orgs.enums import BodyLevel, OrganisationKind
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.domain.review.queries.bodies import officer_by_id, recommending_bodies
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.forms.settings_office import BodyForm, ExtensionForm
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.views.steps import edit_page, step
from zhuoyue.web.shared.steps import Asked

PLACE = "bodies"
ROWS = 50


def _list_of(cycle: Cycle) -> str:
    return reverse("secretariat:bodies", kwargs={"slug": cycle.slug})


@page(WATCH_CYCLE, find=cycle_by_slug)
def bodies(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    shown = Paginator(recommending_bodies(cycle), ROWS).get_page(request.GET.get("page"))
    return office(request, "secretariat/bodies/bodies.html", cycle, place=PLACE, page=shown, now=clock.now())


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def add_body(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """A body and its officer; `?name=` is one that stands in the list already."""
    initial = {"name": request.GET.get("name", "")}
    form = BodyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {"level": BodyLevel(given["level"]), "kind": OrganisationKind(given["kind"])}
        try:
            actions.add_recommender(
                by=request.user,
                cycle=cycle,
                name=given["name"],
                email=given["email"],
                officer=given["officer"],
                known=form.is_known(),
                **facts,
            )
        except KnownPersonError as error:
            form.ask(error)
        except actions.NotNamedError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("已添加%(name)s，信件已放入发件箱。") % {"name": given["officer"]})
            return redirect(_list_of(cycle))
    lead = _("单位已在名单上时，只是添一位经办人；层级和性质以原来登记的为准。")
    return edit_page(request, cycle, form, Asked(_("添加推荐单位"), _("添加并发信"), _list_of(cycle), PLACE, lead=lead))


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def end_officer(request: HttpRequest, cycle: Cycle, *, membership_id: UUID) -> HttpResponse:
    found = officer_by_id(membership_id)
    if found is None or all(member.pk != found.pk for row in recommending_bodies(cycle) for member in row.officers):
        raise Http404
    asked = Asked(
        _("结束推荐经办人"),
        _("结束职责"),
        _list_of(cycle),
        PLACE,
        lead=_("立即生效：对方不能再代表这个单位推荐。已给出的意见不受影响。"),
        facts=[(_("姓名"), found.person.name), (_("单位"), found.organisation.name)],
        done=_("职责已结束。"),
        faults=(actions.NotNamedError,),
    )
    return step(request, cycle, lambda: actions.end_officer(by=request.user, cycle=cycle, membership=found), asked)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def extend_term(request: HttpRequest, cycle: Cycle, *, body_id: UUID) -> HttpResponse:
    """More time for one body, at the level that the form names."""
    row = next((row for row in recommending_bodies(cycle) if row.body and row.body.pk == body_id), None)
    if row is None or row.body is None:
        raise Http404
    if not row.terms:
        messages.error(request, str(ExtensionError("no_deadline")))
        return redirect(_list_of(cycle))
    body, terms = row.body, row.terms
    form = ExtensionForm(terms, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_term(by=request.user, cycle=cycle, body=body, **form.cleaned_data)
        except ExtensionError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, _("%(name)s的推荐时间已延长，经办人会收到邮件。") % {"name": row.name})
            return redirect(_list_of(cycle))
    return edit_page(request, cycle, form, Asked(_("延长推荐时间"), _("延期"), _list_of(cycle), PLACE, lead=row.name))
