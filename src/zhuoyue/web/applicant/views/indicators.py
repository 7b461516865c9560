"""Results indicators as yearly series, with their chart while one types."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import application_by_id
from zhuoyue.domain.dossiers.checks import section_state, words_of
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.domain.dossiers.models import Indicator
from zhuoyue.domain.dossiers.queries import (
    indicator_by_id,
    indicators_of,
    node_named,
    nodes_named,
    results_codes,
    sections_in,
)
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.packs.programmes.schema.forms import IndicatorsPart
from zhuoyue.web.applicant.navigation import of_application
from zhuoyue.web.applicant.series import Typed, drawn, rows_of, typed_series, years_of
from zhuoyue.web.applicant.tasks import section_url, title_of
from zhuoyue.web.shared.indicator_words import SeriesView, series_view
from zhuoyue.web.shared.titles import prompted

NAMES = ("name", "unit", "direction", "source", "points")


def fields_of(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in NAMES}


def _view(indicator: Indicator) -> SeriesView:
    return series_view({**fields_of(indicator), "node": indicator.node_code}, key=str(indicator.pk))


def show(request: HttpRequest, application: Application, context: dict[str, Any]) -> HttpResponse:
    """The list: for each results item its series, drawn and judged, and what the standard suggests."""
    section: Section = context["section"]
    held = indicators_of(application.dossier)
    codes = _codes(application, section.part, held)
    nodes = nodes_named(application.dossier, codes)
    english = (get_language() or "").startswith("en")
    state = section_state(section, {}, held, [])
    wrong = {fault.key: words_of(fault) for fault in state.faults} if "check" in request.GET else {}
    groups = []
    for code in codes:
        node = nodes.get(code)
        own = [entry for entry in held if entry.node_code == code]
        title = ((node.title_en if english else "") or node.title) if node else ""
        groups.append(
            {
                "code": code,
                "title": f"{code} {title}".strip(),
                "prompt": prompted(node),
                "series": [(_view(entry), wrong.get(str(entry.pk), "")) for entry in own],
                "suggested": [name for name in (node.indicators if node else []) if name not in {e.name for e in own}],
                "error": wrong.get(code, ""),
            }
        )
    errors = [{"text": words, "url": f"#i-{key}"} for key, words in wrong.items()]
    context |= {"groups": groups, "state": state, "errors": errors, "part": section.part}
    return render(request, "applicant/indicators.html", context)


def _codes(application: Application, part: Any, held: list[Indicator]) -> list[str]:
    named = part.nodes or results_codes(application.dossier)
    return list(dict.fromkeys((*named, *(entry.node_code for entry in held))))


def _section(application: Application) -> Section:
    found = next((entry for entry in sections_in(application.dossier) if entry.kind == "indicators"), None)
    if found is None:
        raise Http404
    return found


def _part(section: Section) -> IndicatorsPart:
    assert isinstance(section.part, IndicatorsPart)  # noqa: S101 - `_section` has looked
    return section.part


def _last_year(application: Application) -> int:
    """The last whole year when the application was begun."""
    return timezone.localtime(application.opened_at).year - 1


@page("applications.own", find=application_by_id, methods=("GET", "POST"))
def new(request: HttpRequest, application: Application, *, node: str) -> HttpResponse:
    access.check("applications.edit", request.user, application)
    section = _section(application)
    if node not in _codes(application, _part(section), []):
        raise Http404
    years = years_of(_part(section), _last_year(application), [])
    if request.method != "POST":
        given = {"name": request.GET.get("name", ""), "unit": "", "source": "", "points": []}
        return _form(request, application, node, Typed({**given, "direction": Direction.HIGHER.value}, {}), years)
    typed = typed_series(request.POST, years)
    if typed.errors:
        return _form(request, application, node, typed, years)
    actions.add_series(by=request.user, application=application, node_code=node, **typed.fields)
    return _saved(request, application, node)


def _saved(request: HttpRequest, application: Application, node: str) -> HttpResponse:
    messages.success(request, _("指标已保存。"))
    if request.POST.get("then") == "more":
        return redirect("applicant:new_series", application.pk, node)
    return redirect(f"{section_url(application, _section(application).key)}#n-{node}")


def _own(application: Application, indicator_id: UUID) -> Indicator:
    found = indicator_by_id(indicator_id)
    if found is None or found.dossier_id != application.dossier_id:
        raise Http404
    return found


@page("applications.own", find=application_by_id, methods=("GET", "POST"))
def edit(request: HttpRequest, application: Application, *, indicator_id: UUID) -> HttpResponse:
    access.check("applications.edit", request.user, application)
    indicator = _own(application, indicator_id)
    years = years_of(_part(_section(application)), _last_year(application), indicator.points)
    if request.method != "POST":
        return _form(request, application, indicator.node_code, Typed(fields_of(indicator), {}), years, indicator)
    typed = typed_series(request.POST, years)
    if typed.errors:
        return _form(request, application, indicator.node_code, typed, years, indicator)
    given = request.POST.get("version", "")
    expected = int(given) if given.isdecimal() else indicator.version
    try:
        actions.edit_series(
            by=request.user, application=application, indicator=indicator, expected=expected, **typed.fields
        )
    except StaleError as error:
        return _both(request, application, years, error)
    return _saved(request, application, indicator.node_code)


def _form(
    request: HttpRequest,
    application: Application,
    node: str,
    typed: Typed,
    years: list[int],
    indicator: Indicator | None = None,
) -> HttpResponse:
    section = _section(application)
    found = node_named(application.dossier, node)
    title = title_of(section)
    context = of_application(
        application,
        section_title=title,
        section_url=section_url(application, section.key),
        node=found,
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
        preview_url=reverse("applicant:preview_series", args=[application.pk, node]),
    )
    return render(request, "applicant/series.html", context, status=422 if typed.errors else 200)


def _flat(fields: dict[str, Any]) -> dict[str, str]:
    flat = {f"f-{name}": str(fields[name]) for name in NAMES if name != "points"}
    for point in fields["points"]:
        flat |= {f"f-{point['year']}-{name}": str(text) for name, text in point.items() if name != "year"}
    return flat


def _both(request: HttpRequest, application: Application, years: list[int], error: StaleError) -> HttpResponse:
    current: Any = error.current
    stored, yours = _flat(fields_of(current)), _flat(error.yours)
    labels = {"f-name": _("指标名称"), "f-unit": _("单位"), "f-direction": _("方向"), "f-source": _("数据来源")}
    labels |= {cell.name: cell.label for _year, cells in rows_of({}, years, {}) for cell in cells}
    names = list(dict.fromkeys((*yours, *stored)))
    rows = [
        {"label": labels.get(name, name), "name": name, "stored": stored.get(name, ""), "yours": yours.get(name, "")}
        for name in names
        if stored.get(name, "") != yours.get(name, "")
    ]
    differing = {row["name"] for row in rows}
    context = of_application(
        application,
        rows=rows,
        hidden=[("version", current.version), *((name, yours[name]) for name in yours if name not in differing)],
        again=request.path,
        back_url=request.path,
    )
    return render(request, "shared/conflict.html", context, status=409)


@page("applications.own", find=application_by_id)
def preview(request: HttpRequest, application: Application, *, node: str) -> HttpResponse:
    """Chart and verdict of what stands in the form; nothing is stored."""
    section = _section(application)
    held = [{"year": int(name[2:6])} for name in request.GET if name.startswith("f-") and name[2:6].isdecimal()]
    years = years_of(_part(section), _last_year(application), held)
    typed = typed_series(request.GET, years[:30])
    context = {"series": drawn(typed.fields, node), "errors": list(typed.errors.values())}
    return render(request, "applicant/series_preview.html", context)


@page("applications.own", find=application_by_id, methods=("POST",))
def remove(request: HttpRequest, application: Application, *, indicator_id: UUID) -> HttpResponse:
    indicator = _own(application, indicator_id)
    actions.remove_series(by=request.user, application=application, indicator=indicator)
    messages.success(request, _("已删除指标“%(name)s”。") % {"name": indicator.name})
    return redirect(f"{section_url(application, _section(application).key)}#n-{indicator.node_code}")
