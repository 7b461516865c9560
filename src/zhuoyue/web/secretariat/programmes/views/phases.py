"""The calendar of a year: when each phase begins and ends, moved with a reason."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Cycle, Phase
from zhuoyue.domain.programmes.queries import cycle_by_slug, phase_by_id
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import conflict, office, words_of
from zhuoyue.web.secretariat.pages import edit_page, version_in
from zhuoyue.web.secretariat.programmes.phase_forms import PhaseForm
from zhuoyue.web.secretariat.settings.views.start import PLACE, crumbs
from zhuoyue.web.shared.steps import Asked


def _list_of(cycle: Cycle) -> str:
    return reverse("secretariat:phases", kwargs={"slug": cycle.slug})


def _stand(phase: Phase, at: datetime) -> tuple[str, str]:
    """(look, words) of where a phase stands."""
    if phase.ends_at is not None and phase.ends_at <= at:
        return "shut", _("已结束")
    if phase.starts_at is None and phase.ends_at is None:
        return "draft", _("未定")
    if phase.starts_at is not None and phase.starts_at > at:
        return "draft", _("未开始")
    return "open", _("进行中")


def _grace_words(phase: Phase) -> str:
    minutes = phase.grace_minutes
    return ngettext("%(minutes)s分钟", "%(minutes)s分钟", minutes) % {"minutes": minutes} if minutes else _("没有")


@page(WATCH_CYCLE, find=cycle_by_slug)
def phases(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    at, labels = clock.now(), dict(Opens.choices)
    rows = [
        {
            "phase": phase,
            "opens": _("、").join(str(labels.get(name, name)) for name in phase.opens),
            "stand": _stand(phase, at),
            "grace": _grace_words(phase),
        }
        for phase in cycle.phases.all()
    ]
    return office(request, "secretariat/programmes/phases.html", cycle, place=PLACE, rows=rows, crumbs=crumbs())


def _as_typed(value: Any) -> Any:
    """As a box for a moment takes it."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value or ""


@page(MANAGE_CYCLE, find=phase_by_id, methods=("GET", "POST"))
def edit_phase(request: HttpRequest, found: Phase) -> HttpResponse:
    posted, back = request.method == "POST", _list_of(found.cycle)
    initial = {"starts_at": found.starts_at, "ends_at": found.ends_at}
    form = PhaseForm(request.POST if posted else None, initial=initial)
    if posted and form.is_valid():
        given = form.cleaned_data
        try:
            actions.edit_phase(by=request.user, phase=found, expected=version_in(request), **given)
        except StaleError as error:
            labels = {name: str(field.label) for name, field in form.fields.items()}
            kept = [("reason", given["reason"])]
            return conflict(request, error, labels=labels, back=back, kept=kept, shown=_as_typed)
        messages.success(request, _("“%(title)s”的日程已调整。") % {"title": words_of(found)})
        return redirect(back)
    lead = found.words or _("调整后立即生效；理由留在记录里。")
    asked = Asked(words_of(found), _("保存"), back, PLACE, lead=lead)
    return edit_page(request, found.cycle, form, asked, version=version_in(request) if posted else found.version)
