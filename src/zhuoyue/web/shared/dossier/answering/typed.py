"""The page of a section that is typed, with autosave. Nothing typed is lost: stale, late or expired, it comes back."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers import actions
from zhuoyue.domain.dossiers.checks import Fault, words_of
from zhuoyue.domain.dossiers.cleaning import value_of
from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.models import Answer
from zhuoyue.domain.dossiers.parts import section_state
from zhuoyue.domain.dossiers.queries import answer_of, node_named, titles_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import access
from zhuoyue.kernel.typed import version
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.shared.dossier.answering.frame import framed
from zhuoyue.web.shared.dossier.fields import Box, TableBox
from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.shown import Content, Face, language_of_page, set_section


class Typed(Face, Protocol):
    """What the page asks of a type of part that is typed (`parts.base.TypedFace`)."""

    def boxes(
        self, part: Any, section: Section, value: Mapping[str, Any], errors: Mapping[str, str], options: Options
    ) -> list[Box]: ...
    def table(
        self, part: Any, value: Mapping[str, Any], errors: Mapping[str, str], options: Options
    ) -> TableBox | None: ...
    def posted(self, part: Any, data: QueryDict) -> dict[str, Any]: ...
    def flat(self, value: Mapping[str, Any]) -> dict[str, str]: ...


def answer(request: HttpRequest, place: DeskPage, face: Typed) -> HttpResponse:
    if request.method == "POST":
        return _save(request, place, face)
    return _show(request, place, face, answer_of(place.desk.dossier, place.section.key))


def _show(request: HttpRequest, place: DeskPage, face: Typed, stored: Answer | None) -> HttpResponse:
    section, desk = place.section, place.desk
    value = stored.value if stored else {}
    context = framed(place, node=node_named(desk.dossier, section.node), version=stored.version if stored else 0)
    context |= {"saved_at": stored.changed_at if stored else None}
    if not desk.may_write:
        held = {"answers": {section.key: value}, "indicators": [], "evidence": []}
        content = Content(held, titles_of(desk.dossier.edition_id), desk.options, language_of_page(), str)
        return render(request, "shared/dossier/read.html", context | {"read": set_section(face, section, content)})
    faults: Iterable[Fault] = section_state(section, value, [], []).faults if "check" in request.GET else ()
    errors = {fault.key: words_of(fault) for fault in faults}
    boxes = face.boxes(section.part, section, value, errors, desk.options)
    table = face.table(section.part, value, errors, desk.options)
    all_boxes = [*boxes, *(box for row in (table.rows if table else ()) for box in row)]
    summary = [{"text": f"{box.label}：{box.error}", "url": f"#{box.id}"} for box in all_boxes if box.error]
    return render(request, "shared/dossier/edit.html", context | {"boxes": boxes, "table": table, "errors": summary})


def _save(request: HttpRequest, place: DeskPage, face: Typed) -> HttpResponse:
    quiet = request.headers.get("X-Autosave") == "1"
    section = place.section
    value = face.posted(section.part, request.POST)
    try:
        saved = actions.save_answer(
            by=request.user,
            dossier=place.desk.dossier,
            section=section.key,
            value=value,
            expected=_version(request),
        )
    except StaleError as error:
        return JsonResponse({}, status=409) if quiet else _both(request, place, face, error)
    except ValueRefusedError as error:
        return _not_saved(request, place, face, value, str(error), status=422)
    except access.RefusedError as error:
        return _not_saved(request, place, face, value, str(error.reason), status=403)
    if quiet:
        return JsonResponse({"version": saved.version, "at": f"{timezone.localtime(saved.at):%H:%M}"})
    return _onward(request, place, value_of(section, value))


def _not_saved(
    request: HttpRequest, place: DeskPage, face: Typed, value: Mapping[str, Any], why: str, *, status: int
) -> HttpResponse:
    """Why, and everything that was typed, to be copied."""
    if request.headers.get("X-Autosave") == "1":
        return JsonResponse({"errors": {"": why}}, status=422)
    typed = _typed_rows(face, place.section, value)
    return render(request, "shared/dossier/kept.html", framed(place, refused=why, typed=typed), status=status)


def _version(request: HttpRequest) -> int:
    return version(request.POST.get("version"))


def _onward(request: HttpRequest, place: DeskPage, value: dict[str, Any]) -> HttpResponse:
    """To the next section; back to this one where something typed cannot stay so."""
    wrong = [fault for fault in section_state(place.section, value, [], []).faults if fault.code != "missing"]
    if wrong:
        messages.warning(request, _("已保存。下面标出的内容在提交前需要改正。"))
        return redirect(f"{place.self_url}?check=1")
    if request.POST.get("then") == "next":
        return redirect(place.next_url)
    messages.success(request, _("已保存。"))
    return redirect(place.self_url)


# ---- two versions of one section


def _labels(face: Typed, section: Section) -> dict[str, str]:
    return {box.name: box.label for box in face.boxes(section.part, section, {}, {}, {})}


def _both(request: HttpRequest, place: DeskPage, face: Typed, error: StaleError) -> HttpResponse:
    current: Any = error.current
    stored, yours = face.flat(current.value), face.flat(error.yours["value"])
    labels = _labels(face, place.section)
    differing = [name for name in dict.fromkeys((*yours, *stored)) if stored.get(name, "") != yours.get(name, "")]
    rows = [
        {
            "label": labels.get(name, place.section.title_in(language_of_page())),
            "name": name,
            "stored": stored.get(name, ""),
            "yours": yours.get(name, ""),
        }
        for name in differing
    ]
    same = [(name, yours[name]) for name in yours if name not in differing]
    context = framed(
        place,
        rows=rows,
        hidden=[("version", current.version), *same],
        again=place.self_url,
        stored_at=current.changed_at,
        back_url=place.self_url,
    )
    return render(request, "shared/conflict.html", context, status=409)


def _typed_rows(face: Typed, section: Section, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, text) of what was typed, for a page that can no longer save it."""
    labels = _labels(face, section)
    return [(labels.get(name, name), text) for name, text in face.flat(value).items() if text]
