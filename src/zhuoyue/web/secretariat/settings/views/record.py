"""The record of a year: who did what, when; and whether the record still says what was written."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.office.queries.history import happened
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, events_of
from zhuoyue.domain.programmes.rules import OFFICE, WATCH_CYCLE
from zhuoyue.kernel import clock, formats, typed
from zhuoyue.kernel.audit import verification
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.durability import faults_of
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.paging import page_with_total
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.settings.forms import RecordFilter
from zhuoyue.web.secretariat.settings.subjects import abouts_of, kinds_in_words
from zhuoyue.web.secretariat.settings.views.start import PLACE, crumbs, settings_page

ROWS = 50
VERBS_KEPT = 60  # seconds; finding them reads the whole record of the year


def _verbs_in(events: QuerySet[AuditEvent]) -> list[str]:
    return list(events.order_by().values_list("verb", flat=True).distinct())


def _narrowed(events: QuerySet[AuditEvent], asked: dict[str, Any]) -> QuerySet[AuditEvent]:
    zone = timezone.get_current_timezone()
    if "verb" in asked:
        events = events.filter(verb=asked["verb"])
    if "about" in asked:
        events = events.filter(subject__startswith=f"{asked['about']}:")
    if "since" in asked:
        events = events.filter(at__gte=datetime.combine(asked["since"], time(), tzinfo=zone))
    if "until" in asked:
        events = events.filter(at__lt=datetime.combine(asked["until"] + timedelta(days=1), time(), tzinfo=zone))
    return events


def _shown(request: HttpRequest, cycle: Cycle, *, faults: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    events = events_of(cycle)
    verbs = cache.get_or_set(f"verbs-of-record:{cycle.pk}", lambda: _verbs_in(events), VERBS_KEPT)
    filters = RecordFilter(request.GET or None, verbs=verbs, kinds=kinds_in_words())
    filters.is_valid()
    number = request.GET.get("page", "1")
    wanted = typed.whole(number, least=1, otherwise=1)
    rows, total = page_with_total(_narrowed(events, filters.asked()), wanted, ROWS)
    content = {
        "page": Paginator(range(total), ROWS).get_page(number),
        "events": list(zip(happened(rows), abouts_of(rows, cycle, request.user), strict=True)),
        "filters": filters,
        "faults": faults,
        "crumbs": crumbs(),
    }
    return office(request, "secretariat/settings/record.html", cycle, place=PLACE, status=status, **content)


@page(WATCH_CYCLE, find=cycle_by_slug)
def record(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    return _shown(request, cycle)


@page(WATCH_CYCLE, find=cycle_by_slug, methods=("POST",))
def verify(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Recompute the chain of the whole installation: no year can be changed alone."""
    faults = verification.faults()
    if faults:
        return _shown(request, cycle, faults=faults, status=409)
    said = _("%(at)s核验：全部记录前后相连，没有一条被改动、删除或调换。")
    messages.success(request, said % {"at": formats.moment(timezone.localtime(clock.now()))})
    return redirect("secretariat:record", slug=cycle.slug)


@page(OFFICE)
def health(request: HttpRequest) -> HttpResponse:
    """Whether an acknowledgement can be believed: what must hold of the database."""
    return settings_page(request, "secretariat/settings/health.html", faults=faults_of("default"))
