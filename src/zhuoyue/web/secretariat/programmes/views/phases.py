"""The calendar of a year: its phases, and until when each category takes what; moved with a reason."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
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
from zhuoyue.domain.programmes.models import Cycle, Deadline, Phase
from zhuoyue.domain.programmes.queries import cycle_by_slug, phase_by_id
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.domain.programmes.windows import deadline_by_id, deadlines_of_cycle, takes
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import conflict, office, words_of
from zhuoyue.web.secretariat.pages import edit_page, version_in
from zhuoyue.web.secretariat.programmes.phase_forms import DatesForm, DeadlineForm, PhaseForm
from zhuoyue.web.secretariat.settings.views.start import PLACE, crumbs
from zhuoyue.web.shared.steps import Asked


def _list_of(cycle: Cycle) -> str:
    return reverse("secretariat:phases", kwargs={"slug": cycle.slug})


def _stand(begins: datetime | None, ends: datetime | None, at: datetime) -> tuple[str, str]:
    """(look, words) of where a stretch of time stands."""
    if ends is not None and ends <= at:
        return "shut", _("已结束")
    if begins is None and ends is None:
        return "draft", _("未定")
    if begins is not None and begins > at:
        return "draft", _("未开始")
    return "open", _("进行中")


def _taking(deadline: Deadline, at: datetime) -> tuple[str, str]:
    """(look, words) of whether things are taken under it."""
    if takes(deadline, at):
        return "open", _("接收中")
    if deadline.closes_at is None:
        return "draft", _("未定，暂不接收")
    return _stand(deadline.opens_at, deadline.closes_at, at)


def _grace_words(deadline: Deadline) -> str:
    minutes = deadline.grace_minutes
    return ngettext("%(minutes)s分钟", "%(minutes)s分钟", minutes) % {"minutes": minutes} if minutes else _("没有")


def _name_of(deadline: Deadline) -> str:
    """The category, what is handed in, and by what, where the rules date it apart."""
    medium = str(deadline.get_medium_display())
    return _("　").join(part for part in (words_of(deadline.category), words_of(deadline), medium) if part)


@page(WATCH_CYCLE, find=cycle_by_slug)
def phases(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    at, labels = clock.now(), dict(Opens.choices)
    rows = [
        {
            "phase": phase,
            "opens": _("、").join(str(labels.get(name, name)) for name in phase.opens),
            "stand": _stand(phase.starts_at, phase.ends_at, at),
        }
        for phase in cycle.phases.all()
    ]
    deadlines = [
        {
            "deadline": deadline,
            "name": _name_of(deadline),
            "stand": _taking(deadline, at),
            "grace": _grace_words(deadline),
        }
        for deadline in deadlines_of_cycle(cycle)
    ]
    context = {"rows": rows, "deadlines": deadlines, "crumbs": crumbs()}
    return office(request, "secretariat/programmes/phases.html", cycle, place=PLACE, **context)


def _as_typed(value: Any) -> Any:
    """As a box for a moment takes it."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value or ""


def _dates_page(
    request: HttpRequest, thing: Phase | Deadline, form: DatesForm, act: Callable[..., None], asked: Asked
) -> HttpResponse:
    """Two dates changed for a reason; whoever started from other dates gets a page with both."""
    posted = request.method == "POST"
    if posted and form.is_valid():
        typed = form.cleaned_data
        try:
            act(by=request.user, expected=version_in(request), **typed)
        except StaleError as error:
            labels = {name: str(field.label) for name, field in form.fields.items()}
            kept = [("reason", typed["reason"])]
            return conflict(request, error, labels=labels, back=asked.back, kept=kept, shown=_as_typed)
        messages.success(request, _("“%(title)s”的日程已调整。") % {"title": asked.title})
        return redirect(asked.back)
    return edit_page(request, thing.cycle, form, asked, version=version_in(request) if posted else thing.version)


@page(MANAGE_CYCLE, find=phase_by_id, methods=("GET", "POST"))
def edit_phase(request: HttpRequest, found: Phase) -> HttpResponse:
    initial = {"starts_at": found.starts_at, "ends_at": found.ends_at}
    form = PhaseForm(request.POST if request.method == "POST" else None, initial=initial)
    lead = found.words or _("调整后立即生效；理由留在记录里。")
    asked = Asked(words_of(found), _("保存"), _list_of(found.cycle), PLACE, lead=lead)
    return _dates_page(request, found, form, partial(actions.edit_phase, phase=found), asked)


@page(MANAGE_CYCLE, find=deadline_by_id, methods=("GET", "POST"))
def edit_deadline(request: HttpRequest, found: Deadline) -> HttpResponse:
    initial = {"opens_at": found.opens_at, "closes_at": found.closes_at}
    form = DeadlineForm(request.POST if request.method == "POST" else None, initial=initial)
    lead = _("只改这一类别的这一项；调整后立即生效，申报单位马上看到新的时间，理由留在记录里。")
    asked = Asked(_name_of(found), _("保存"), _list_of(found.cycle), PLACE, lead=lead)
    return _dates_page(request, found, form, partial(actions.edit_deadline, deadline=found), asked)
