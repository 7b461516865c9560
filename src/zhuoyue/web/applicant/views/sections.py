"""One page for each section, with autosave. Nothing typed is lost: stale, late or expired, the text comes back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import EditWindow, application_by_id, edit_window
from zhuoyue.domain.dossiers.checks import section_state
from zhuoyue.domain.dossiers.models import Answer
from zhuoyue.domain.dossiers.queries import answer_of, node_named, sections_in, titles_of
from zhuoyue.domain.dossiers.sections import Section, section_by_key
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.applicant.fields import boxes_of, conflict_rows, said, table_of, typed_rows, value_from
from zhuoyue.web.applicant.navigation import of_application
from zhuoyue.web.applicant.tasks import section_url, title_of
from zhuoyue.web.applicant.views import evidence, indicators
from zhuoyue.web.shared.dossier_view import options_of, section_view


@dataclass(frozen=True, slots=True)
class Place:
    """A section among its neighbours."""

    section: Section
    sections: tuple[Section, ...]

    @property
    def number(self) -> int:
        return self.sections.index(self.section) + 1

    def url_after(self, application: Application) -> str:
        if self.number == len(self.sections):
            return reverse("applicant:check", args=[application.pk])
        return section_url(application, self.sections[self.number].key)


@page("applications.own", find=application_by_id, methods=("GET", "POST"))
def section(request: HttpRequest, application: Application, *, key: str) -> HttpResponse:
    sections = sections_in(application.dossier)
    found = section_by_key(sections, key)
    if found is None:
        raise Http404
    place = Place(found, sections)
    context = context_of(request, application, place)
    if found.kind == "indicators":
        return indicators.show(request, application, context)
    if found.kind == "evidence":
        return evidence.answer(request, application, context)
    if request.method == "POST":
        return _save(request, application, place, context)
    return _show(request, application, context, answer_of(application.dossier, key))


def context_of(request: HttpRequest, application: Application, place: Place) -> dict[str, Any]:
    """What every kind of section shows: where it stands, whether it may be written, what a return asks of it."""
    window: EditWindow = edit_window(application)
    refused = access.refusal("applications.edit", request.user, application)
    section = place.section
    return of_application(
        application,
        section=section,
        title=title_of(section),
        part_help=said(section.part.help),
        number=place.number,
        count=len(place.sections),
        window=window,
        refused="" if refused is None else str(refused.reason),
        asked=[item["text"] for item in window.returned.items if item.get("part") == section.key]
        if window.returned
        else [],
        next_url=place.url_after(application),
        list_url=reverse("applicant:application", args=[application.pk]),
        self_url=section_url(application, section.key),
    )


def _show(
    request: HttpRequest, application: Application, context: dict[str, Any], answer: Answer | None
) -> HttpResponse:
    section: Section = context["section"]
    value = answer.value if answer else {}
    options = options_of(rules_of(application.rules))
    context |= {"node": node_named(application.dossier, section.node), "version": answer.version if answer else 0}
    context |= {"saved_at": answer.changed_at if answer else None}
    if context["refused"]:
        content = {"answers": {section.key: value}}
        titles = titles_of(application.dossier.edition_id)
        read = section_view(section, content, titles, file_url=str, options=options)
        return render(request, "applicant/section_read.html", {**context, "read": read})
    faults = section_state(section, value, [], []).faults if "check" in request.GET else ()
    boxes = boxes_of(section, value, faults, options)
    table = table_of(section, value, faults, options)
    all_boxes = [*boxes, *(box for row in (table.rows if table else ()) for box in row)]
    errors = [{"text": f"{box.label}：{box.error}", "url": f"#{box.id}"} for box in all_boxes if box.error]
    return render(request, "applicant/section.html", {**context, "boxes": boxes, "table": table, "errors": errors})


def _save(request: HttpRequest, application: Application, place: Place, context: dict[str, Any]) -> HttpResponse:
    quiet = request.headers.get("X-Autosave") == "1"
    section = place.section
    value = value_from(section, request.POST)
    try:
        saved = actions.save_section(
            by=request.user, application=application, section=section.key, value=value, expected=_version(request)
        )
    except StaleError as error:
        return JsonResponse({}, status=409) if quiet else _both(request, section, context, error)
    except access.RefusedError as error:
        if quiet:
            return JsonResponse({"errors": {"": str(error.reason)}}, status=422)
        kept = {**context, "refused": str(error.reason), "typed": typed_rows(section, value)}
        return render(request, "applicant/section_kept.html", kept, status=403)
    if quiet:
        return JsonResponse({"version": saved.version, "at": f"{timezone.localtime(saved.at):%H:%M}"})
    return _onward(request, application, place, value)


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0  # noqa: PLR2004 - more digits are no version


def _onward(request: HttpRequest, application: Application, place: Place, value: dict[str, Any]) -> HttpResponse:
    """To the next section; back to this one where something typed cannot stay so."""
    wrong = [fault for fault in section_state(place.section, value, [], []).faults if fault.code != "missing"]
    if wrong:
        messages.warning(request, _("已保存。下面标出的内容在提交前需要改正。"))
        return redirect(f"{section_url(application, place.section.key)}?check=1")
    if request.POST.get("then") == "next":
        return redirect(place.url_after(application))
    messages.success(request, _("已保存。"))
    return redirect(section_url(application, place.section.key))


def _both(request: HttpRequest, section: Section, context: dict[str, Any], error: StaleError) -> HttpResponse:
    stored: Any = error.current
    rows, same = conflict_rows(section, stored.value, error.yours["value"])
    context |= {
        "rows": rows,
        "hidden": [("version", stored.version), *same],
        "again": context["self_url"],
        "stored_at": stored.changed_at,
        "back_url": context["self_url"],
    }
    return render(request, "shared/conflict.html", context, status=409)
