"""Registrations: confirmed one by one or together, refused with a reason, their paper noted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import RegistrationState
from zhuoyue.domain.applications.models import Registration
from zhuoyue.domain.applications.queries import registration_rules
from zhuoyue.domain.applications.rules import HANDLE_REGISTRATION
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.office.queries.arrivals import (
    registration_by_id,
    registration_counts,
    registrations_of_cycle,
    rows_of_registrations,
)
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, rules_of
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.applications.forms import PaperForm
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.secretariat.reasons import ReasonForm
from zhuoyue.web.shared.dossier.reading import Reader, content_view
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.steps import Asked, attempt

PLACE = "applications"
ROWS = 50


def _list_of(cycle: Cycle) -> str:
    return reverse("secretariat:registrations", kwargs={"slug": cycle.slug})


def _address(registration: Registration) -> str:
    return reverse("secretariat:registration", kwargs={"registration_id": registration.pk})


@page(WATCH_CYCLE, find=cycle_by_slug)
def registrations(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = asked if asked in RegistrationState.values else ""
    counts = registration_counts(cycle)
    found = Paginator(rows_of_registrations(cycle, state), ROWS)
    found.count = counts[state] if state else counts.total()  # type: ignore[method-assign]  # counted already
    here = _list_of(cycle)
    views = [{"label": _("全部"), "url": here, "current": not state, "count": counts.total()}] + [
        {"label": label, "url": f"{here}?state={value}", "current": state == value, "count": counts[value]}
        for value, label in RegistrationState.choices
    ]
    content = {"page": found.get_page(request.GET.get("page")), "views": views}
    return office(request, "secretariat/applications/registrations.html", cycle, place=PLACE, **content)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("POST",))
def confirm_registrations(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Confirm those chosen; whichever has changed meanwhile is left and named."""
    waiting = registrations_of_cycle(cycle, RegistrationState.SENT).select_related("cycle__programme__organiser")
    chosen = [row for row in waiting if str(row.pk) in request.POST.getlist("chosen")]
    for registration in chosen:
        actions.confirm_registration(by=request.user, registration=registration)
    if chosen:
        words = ngettext("已确认%(count)s份报名。", "已确认%(count)s份报名。", len(chosen))
        messages.success(request, words % {"count": len(chosen)})
    else:
        messages.warning(request, _("没有选中待确认的报名。"))
    return redirect(_list_of(cycle))


@page(WATCH_CYCLE, find=registration_by_id)
def registration(request: HttpRequest, found: Registration) -> HttpResponse:
    content = {"registration": found, "view": _answers(found)}
    return office(request, "secretariat/applications/registration.html", found.cycle, place=PLACE, **content)


def _answers(registration: Registration) -> DossierView | None:
    """What the registration form of the rules asked beyond the contact, in its own words."""
    form = registration_rules(registration.category)
    if form is None or not registration.details:
        return None
    content = {"answers": registration.details, "indicators": [], "evidence": []}
    options = options_of(rules_of(registration.cycle.rules))
    return content_view(content, form, {}, reader=Reader(file_url=lambda _file: "", mask=None, options=options))


@page(HANDLE_REGISTRATION, find=registration_by_id, methods=("POST",))
def confirm_registration(request: HttpRequest, found: Registration) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.confirm_registration(by=request.user, registration=found),
        done=_("报名已确认，已通知对方。"),
        to=_address(found),
        faults=(MoveError,),
    )


@page(HANDLE_REGISTRATION, find=registration_by_id, methods=("GET", "POST"))
def refuse_registration(request: HttpRequest, found: Registration) -> HttpResponse:
    asked = Asked(
        _("不受理这份报名"),
        _("不受理"),
        _address(found),
        PLACE,
        lead=_("理由会原样写进给对方的邮件。"),
        facts=[(_("报名单位"), found.organisation.name), (_("类别"), words_of(found.category))],
        done=_("已记为不受理，已通知对方。"),
        form=ReasonForm,
    )

    def act(reason: str) -> None:
        actions.refuse_registration(by=request.user, registration=found, reason=reason)

    return step(request, found.cycle, act, asked)


@page(HANDLE_REGISTRATION, find=registration_by_id, methods=("GET", "POST"))
def note_paper(request: HttpRequest, found: Registration) -> HttpResponse:
    asked = Asked(
        _("登记收到纸质报名表"),
        _("登记"),
        _address(found),
        PLACE,
        facts=[(_("报名单位"), found.organisation.name)],
        done=_("已登记纸质报名表。"),
        form=PaperForm,
    )
    return step(request, found.cycle, lambda at: actions.note_paper(by=request.user, registration=found, at=at), asked)


@page(WATCH_CYCLE, find=registration_by_id)
def registration_scan(_request: HttpRequest, found: Registration) -> HttpResponseBase:
    if found.stamped_scan is None:
        raise Http404
    return as_attachment(found.stamped_scan)
