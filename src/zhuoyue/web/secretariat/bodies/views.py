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
from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.office.queries.bodies import recommending_bodies
from zhuoyue.domain.orgs.queries import organisations_called
from zhuoyue.domain.programmes.bodies import officer_by_id
from zhuoyue.domain.programmes.models import Cycle, Officer
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.bodies.forms import BodyForm, ExtensionForm
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.pages import edit_page, step
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
    """A body and its officer; `?key=` and `?name=` say which one of the list, where it stands there already."""
    given = request.POST if request.method == "POST" else None
    initial = {name: request.GET.get(name, "") for name in ("key", "name")}
    same = organisations_called(given.get("name", "")) if given else []
    form = BodyForm(given, initial=initial, entries=recommending_entries(cycle), same=same)
    if given is not None and form.is_valid() and _added(request, cycle, form):
        return redirect(_list_of(cycle))
    lead = _("单位已在名单上时，只是添一位经办人；层级和性质以原来登记的为准。经办人只在本年度代表该单位。")
    return edit_page(request, cycle, form, Asked(_("添加推荐单位"), _("添加并发信"), _list_of(cycle), PLACE, lead=lead))


def _added(request: HttpRequest, cycle: Cycle, form: BodyForm) -> bool:
    try:
        actions.add_recommender(by=request.user, cycle=cycle, **form.asked())
    except KnownPersonError as error:
        form.ask(error)
    except actions.NotNamedError as error:
        form.add_error("name", str(error))
    except actions.SameNameError as error:
        form.ask_which(str(error))
    else:
        name = form.cleaned_data["officer"]
        messages.success(request, _("已添加%(name)s，信件已放入发件箱。") % {"name": name})
        return True
    return False


def _officer_in(cycle: Cycle, officer_id: UUID) -> Officer:
    """Somebody who acts in this cycle, or is offered for it. Raises Http404."""
    found = officer_by_id(officer_id)
    if found is None or found.cycle_id != cycle.pk or found.ended_at is not None:
        raise Http404
    return found


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def confirm_officer(request: HttpRequest, cycle: Cycle, *, officer_id: UUID) -> HttpResponse:
    found = _officer_in(cycle, officer_id)
    asked = Asked(
        _("确认推荐经办人"),
        _("确认留任"),
        _list_of(cycle),
        PLACE,
        lead=_("上一年度的经办人；确认后可在本年度代表该单位。"),
        facts=[(_("姓名"), found.person.name), (_("单位"), found.body.organisation.name)],
        done=_("已确认。"),
        faults=(actions.NotTheirOfficerError,),
    )
    return step(request, cycle, lambda: actions.confirm_officer(by=request.user, cycle=cycle, officer=found), asked)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def end_officer(request: HttpRequest, cycle: Cycle, *, officer_id: UUID) -> HttpResponse:
    found = _officer_in(cycle, officer_id)
    asked = Asked(
        _("结束推荐经办人"),
        _("结束职责"),
        _list_of(cycle),
        PLACE,
        lead=_("立即生效：对方在本年度不能再代表这个单位推荐。已给出的意见不受影响。"),
        facts=[(_("姓名"), found.person.name), (_("单位"), found.body.organisation.name)],
        done=_("职责已结束。"),
        faults=(actions.NotTheirOfficerError,),
    )
    return step(request, cycle, lambda: actions.end_officer(by=request.user, cycle=cycle, officer=found), asked)


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
