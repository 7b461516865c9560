"""Submitted applications: the list, its workbook, the dossier as it was sent, and what has happened to it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import open_return, sent_dossier
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.dossiers.queries import file_in
from zhuoyue.domain.office.queries.arrivals import (
    bodies_named_in,
    narrowed,
    ordered,
    sent_application,
    sent_of_cycle,
)
from zhuoyue.domain.office.queries.history import history_of
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, rules_of
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.kernel import typed
from zhuoyue.kernel.exports import Column, as_xlsx
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.paging import page_with_total
from zhuoyue.web.secretariat.applications.forms import ApplicationFilter
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view

PLACE = "applications"
ROWS = 50


def _asked(request: HttpRequest, cycle: Cycle) -> tuple[ApplicationFilter, Any]:
    """The filter as the address says it, and the applications that it leaves, in the order asked for."""
    filters = ApplicationFilter(request.GET or None, cycle=cycle, bodies=bodies_named_in(cycle))
    wanted = filters.asked() if request.GET else {}
    if "body" in wanted:
        wanted["body"] = UUID(wanted["body"])
    return filters, ordered(narrowed(sent_of_cycle(cycle), **wanted), request.GET.get("sort", ""))


@page(WATCH_CYCLE, find=cycle_by_slug)
def applications(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    filters, found = _asked(request, cycle)
    number = request.GET.get("page", "1")
    rows, total = page_with_total(found, typed.whole(number, least=1, otherwise=1), ROWS)
    pages = Paginator(range(total), ROWS)
    shown = pages.get_page(number)
    shown.object_list = rows
    content = {"page": shown, "filters": filters, "excel": f"{_workbook_of(cycle)}?{request.GET.urlencode()}"}
    return office(request, "secretariat/applications/applications.html", cycle, place=PLACE, **content)


def _workbook_of(cycle: Cycle) -> str:
    return reverse("secretariat:applications_workbook", kwargs={"slug": cycle.slug})


@page(WATCH_CYCLE, find=cycle_by_slug)
def applications_workbook(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """The same rows as the list, all pages."""
    columns = [
        Column(_("编号"), 18),
        Column(_("申报单位"), 36),
        Column(_("申报主体"), 24),
        Column(_("统一社会信用代码"), 22),
        Column(_("类别"), 16),
        Column(_("推荐单位"), 28),
        Column(_("提交时间"), 20),
        Column(_("状态"), 12),
    ]
    _filters, found = _asked(request, cycle)
    return as_xlsx(_("%(title)s申报") % {"title": words_of(cycle)}, columns, _rows_of(found))


def _rows_of(found: Any) -> Iterator[list[Any]]:
    for row in found.iterator(chunk_size=500):
        body = row.recommender.organisation.name if row.recommender else ""
        yield [
            row.number,
            row.organisation.name,
            row.subject,
            row.organisation.credit_code,
            words_of(row.category),
            body,
            row.submitted_at,
            row.get_state_display(),
        ]


@page(WATCH_CYCLE, find=sent_application)
def application(request: HttpRequest, found: Application) -> HttpResponse:
    """What was sent, as reviewers will read it."""
    snapshot = sent_dossier(found)
    assert snapshot is not None  # noqa: S101 - `sent_application` finds no other
    reader = Reader(file_url=lambda file: _file_of(found, file), mask=None, options=options_of(rules_of(found.rules)))
    view = dossier_view(snapshot, reader=reader)
    content = {"application": found, "view": view, "returned": open_return(found)}
    return office(request, "secretariat/applications/application.html", found.cycle, place=PLACE, **content)


def _file_of(application: Application, file: str) -> str:
    return reverse("secretariat:application_file", kwargs={"application_id": application.pk, "file_id": file})


@page(WATCH_CYCLE, find=sent_application)
def application_file(_request: HttpRequest, found: Application, *, file_id: UUID) -> HttpResponseBase:
    assert found.snapshot is not None  # noqa: S101 - `sent_application` finds no other
    file = file_in(found.snapshot, file_id)
    if file is None:
        raise Http404
    return as_attachment(file)


@page(WATCH_CYCLE, find=sent_application)
def application_history(request: HttpRequest, found: Application) -> HttpResponse:
    content = {"application": found, "history": history_of(found)}
    return office(request, "secretariat/applications/application_history.html", found.cycle, place=PLACE, **content)
