"""The last look before the next step, and versions that were sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhuoyue.domain.dossiers.checks import Fault, words_of
from zhuoyue.domain.dossiers.queries import Contents, contents_of, snapshot_by_number
from zhuoyue.domain.dossiers.sections import section_by_key
from zhuoyue.web.shared.dossier.mount import Mount, Sitting, sitting
from zhuoyue.web.shared.dossier.parts import face_of
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.dossier.shown import language_of_page


def own_reader(seat: Sitting) -> Reader:
    """Who writes a dossier reads all of it."""
    return Reader(file_url=seat.file_url, mask=None, options=seat.desk.options)


def check(request: HttpRequest, thing: Any, *, mount: Mount) -> HttpResponse:
    """Check your answers: what is missing, linked; every section in short, with a link to change it."""
    seat = sitting(mount, thing, request.user)
    contents = contents_of(seat.desk.dossier)
    titles = {section.key: section.title_in(language_of_page()) for section in contents.sections}
    context = seat.frame(
        errors=[
            {"text": f"{titles.get(fault.section, '')}：{words_of(fault)}", "url": _place_of(seat, contents, fault)}
            for fault in contents.faults
            if fault.blocks
        ],
        parts=_in_short(seat, contents),
        complete=contents.is_complete,
        go_on_url=mount.go_on_url(thing),
        go_on_words=mount.go_on_words,
        preview_url=f"{seat.url('preview')}?draft=1",
    )
    return render(request, "shared/dossier/check.html", context)


def _place_of(seat: Sitting, contents: Contents, fault: Fault) -> str:
    """Where it can be mended; what concerns a whole part leads to the list of tasks."""
    section = section_by_key(contents.sections, fault.section)
    if section is None:
        return seat.list_url
    return f"{seat.section_url(section.key)}?check=1#{face_of(section.part).anchor(fault)}"


def _in_short(seat: Sitting, contents: Contents) -> list[dict[str, Any]]:
    """Section by section: what was answered, long texts by their beginning and length."""
    faults = {fault.section: words_of(fault) for fault in reversed(contents.faults) if fault.blocks}
    return [
        {
            "title": part.title,
            "sections": [
                (section, seat.section_url(section.key), faults.get(section.key, "")) for section in part.sections
            ],
        }
        for part in dossier_view(contents, reader=own_reader(seat)).parts
    ]


def version(request: HttpRequest, thing: Any, *, mount: Mount, number: int) -> HttpResponse:
    """A version that was sent, as it was."""
    seat = sitting(mount, thing, request.user)
    snapshot = snapshot_by_number(seat.desk.dossier, number)
    if snapshot is None:
        raise Http404
    snapshot.dossier = seat.desk.dossier
    view = dossier_view(snapshot, reader=own_reader(seat))
    links = mount.links(thing, snapshot)
    return render(request, "shared/dossier/version.html", seat.frame(snapshot=snapshot, view=view, links=links))
