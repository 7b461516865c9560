"""Results indicators as yearly series, with their chart while one types."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuoyue.domain.dossiers import actions
from zhuoyue.domain.dossiers.checks import words_of
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.domain.dossiers.models import Indicator
from zhuoyue.domain.dossiers.parts import section_state
from zhuoyue.domain.dossiers.queries import (
    indicator_by_id,
    indicators_of,
    node_named,
    nodes_named,
    sections_in,
    series_codes,
    series_part,
)
from zhuoyue.domain.dossiers.rules import check_writing
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel.typed import version, whole
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.shared.dossier.answering.frame import framed
from zhuoyue.web.shared.dossier.mount import DeskPage, Mount, Sitting, sitting
from zhuoyue.web.shared.dossier.series import Typed, drawn, rows_of, typed_series, years_of
from zhuoyue.web.shared.dossier.shown import language_of_page
from zhuoyue.web.shared.indicator_words import SeriesView, series_view
from zhuoyue.web.shared.titles import prompted, titled

NAMES = ("name", "unit", "direction", "source", "points")
MOST_YEARS = 30


def fields_of(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in NAMES}


def _view(indicator: Indicator) -> SeriesView:
    return series_view({**fields_of(indicator), "node": indicator.node_code}, key=str(indicator.pk))


def listing(request: HttpRequest, place: DeskPage) -> HttpResponse:
    """For each results item its series, drawn and judged, and what the standard suggests."""
    section, dossier = place.section, place.desk.dossier
    part: Any = section.part
    held = indicators_of(dossier)
    elsewhere = {code for other in place.sections if other != section for code in getattr(other.part, "nodes", ())}
    others = (entry.node_code for entry in held if entry.node_code not in elsewhere)
    codes = list(dict.fromkeys((*series_codes(dossier, part), *others)))
    nodes = nodes_named(dossier, codes)
    faults = section_state(section, {}, held, []).faults if "check" in request.GET else ()
    wrong = {fault.key: words_of(fault) for fault in faults}
    groups = []
    for code in codes:
        node = nodes.get(code)
        own = [entry for entry in held if entry.node_code == code]
        names = {entry.name for entry in own}
        groups.append(
            {
                "code": code,
                "title": f"{code} {titled(node)}".strip(),
                "prompt": prompted(node),
                "series": [_row(place, entry, wrong) for entry in own],
                "suggested": [name for name in (node.indicators if node else []) if name not in names],
                "error": wrong.get(code, ""),
                "new_url": place.url("new_series", code),
            }
        )
    errors = [{"text": words, "url": f"#i-{key}"} for key, words in wrong.items()]
    return render(request, "shared/dossier/indicators.html", framed(place, groups=groups, errors=errors, part=part))


def _row(place: DeskPage, entry: Indicator, wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "series": _view(entry),
        "error": wrong.get(str(entry.pk), ""),
        "edit_url": place.url("edit_series", entry.pk),
        "remove_url": place.url("remove_series", entry.pk),
    }


def _section(seat: Sitting, node: str) -> Section:
    """The section that takes series under `node`."""
    dossier = seat.desk.dossier
    part = series_part(dossier, node)
    if part is None:
        raise Http404
    return next(entry for entry in sections_in(dossier) if entry.part.key == part.key)


def new(request: HttpRequest, thing: Any, *, mount: Mount, node: str) -> HttpResponse:
    seat = sitting(mount, thing, request.user)
    check_writing(request.user, seat.desk.dossier)
    section = _section(seat, node)
    years = years_of(section.part, seat.desk.last_year, [])
    if request.method != "POST":
        given = {"name": request.GET.get("name", ""), "unit": "", "source": "", "points": []}
        typed = Typed({**given, "direction": Direction.HIGHER.value}, {})
        return _form(request, seat, section, node, typed, years)
    typed = typed_series(request.POST, years)
    if typed.errors:
        return _form(request, seat, section, node, typed, years)
    actions.add_indicator(by=request.user, dossier=seat.desk.dossier, node_code=node, **typed.fields)
    return _saved(request, seat, section, node)


def _saved(request: HttpRequest, seat: Sitting, section: Section, node: str) -> HttpResponse:
    messages.success(request, _("指标已保存。"))
    if request.POST.get("then") == "more":
        return redirect(seat.url("new_series", node))
    return redirect(f"{seat.section_url(section.key)}#n-{node}")


def _own(seat: Sitting, indicator_id: UUID) -> Indicator:
    found = indicator_by_id(indicator_id)
    if found is None or found.dossier_id != seat.desk.dossier.pk:
        raise Http404
    found.dossier = seat.desk.dossier
    return found


def edit(request: HttpRequest, thing: Any, *, mount: Mount, indicator_id: UUID) -> HttpResponse:
    seat = sitting(mount, thing, request.user)
    check_writing(request.user, seat.desk.dossier)
    indicator = _own(seat, indicator_id)
    node = indicator.node_code
    section = _section(seat, node)
    years = years_of(section.part, seat.desk.last_year, indicator.points)
    if request.method != "POST":
        return _form(request, seat, section, node, Typed(fields_of(indicator), {}), years, indicator)
    typed = typed_series(request.POST, years)
    if typed.errors:
        return _form(request, seat, section, node, typed, years, indicator)
    expected = version(request.POST.get("version"))
    try:
        actions.edit_indicator(by=request.user, indicator=indicator, expected=expected, **typed.fields)
    except StaleError as error:
        return _both(request, seat, years, error)
    return _saved(request, seat, section, node)


def _form(
    request: HttpRequest,
    seat: Sitting,
    section: Section,
    node: str,
    typed: Typed,
    years: list[int],
    indicator: Indicator | None = None,
) -> HttpResponse:
    context = seat.frame(
        section_title=section.title_in(language_of_page()),
        section_url=seat.section_url(section.key),
        node=node_named(seat.desk.dossier, node),
        code=node,
        fields=typed.fields,
        errors=[{"text": words, "url": f"#id_{name}"} for name, words in typed.errors.items()],
        name_error=typed.errors.get("f-name", ""),
        rows=rows_of(typed.fields, years, typed.errors),
        directions=Direction.choices,
        indicator=indicator,
        version=indicator.version if indicator else 0,
        series=drawn(typed.fields, node),
        part=section.part,
        preview_url=seat.url("preview_series", node),
    )
    return render(request, "shared/dossier/series_form.html", context, status=422 if typed.errors else 200)


def _flat(fields: dict[str, Any]) -> dict[str, str]:
    flat = {f"f-{name}": str(fields[name]) for name in NAMES if name != "points"}
    for point in fields["points"]:
        flat |= {f"f-{point['year']}-{name}": str(text) for name, text in point.items() if name != "year"}
    return flat


def _both(request: HttpRequest, seat: Sitting, years: list[int], error: StaleError) -> HttpResponse:
    current: Any = error.current
    stored, yours = _flat(fields_of(current)), _flat(error.yours)
    labels = {
        "f-name": _("指标名称"),
        "f-unit": pgettext("measure", "单位"),
        "f-direction": _("方向"),
        "f-source": _("数据来源"),
    }
    labels |= {cell.name: cell.label for _year, cells in rows_of({}, years, {}) for cell in cells}
    names = list(dict.fromkeys((*yours, *stored)))
    rows = [
        {"label": labels.get(name, name), "name": name, "stored": stored.get(name, ""), "yours": yours.get(name, "")}
        for name in names
        if stored.get(name, "") != yours.get(name, "")
    ]
    differing = {row["name"] for row in rows}
    context = seat.frame(
        rows=rows,
        hidden=[("version", current.version), *((name, yours[name]) for name in yours if name not in differing)],
        again=request.path,
        back_url=request.path,
    )
    return render(request, "shared/conflict.html", context, status=409)


def preview(request: HttpRequest, thing: Any, *, mount: Mount, node: str) -> HttpResponse:
    """Chart and verdict of what stands in the form; nothing is stored."""
    seat = sitting(mount, thing, request.user)
    named = [whole(name[2:6], otherwise=0) for name in request.GET if name.startswith("f-")]
    held = [{"year": year} for year in named if year]
    years = years_of(_section(seat, node).part, seat.desk.last_year, held)
    typed = typed_series(request.GET, years[:MOST_YEARS])
    context = {"series": drawn(typed.fields, node), "errors": list(typed.errors.values())}
    return render(request, "shared/dossier/series_preview.html", context)


def remove(request: HttpRequest, thing: Any, *, mount: Mount, indicator_id: UUID) -> HttpResponse:
    seat = sitting(mount, thing, request.user)
    indicator = _own(seat, indicator_id)
    actions.remove_indicator(by=request.user, indicator=indicator)
    messages.success(request, _("已删除指标“%(name)s”。") % {"name": indicator.name})
    return redirect(f"{seat.section_url(_section(seat, indicator.node_code).key)}#n-{indicator.node_code}")
