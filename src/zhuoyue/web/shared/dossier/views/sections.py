"""The page of a section, whatever its type, and the files that are handed in."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from zhuoyue.domain.dossiers.queries import file_of, sections_in
from zhuoyue.domain.dossiers.sections import section_by_key
from zhuoyue.kernel.files import as_attachment
from zhuoyue.web.shared.dossier.mount import DeskPage, Mount, sitting
from zhuoyue.web.shared.dossier.parts import face_of


def section(request: HttpRequest, thing: Any, *, mount: Mount, key: str) -> HttpResponse:
    desk = sitting(mount, thing, request.user).desk
    sections = sections_in(desk.dossier)
    found = section_by_key(sections, key)
    if found is None:
        raise Http404
    return face_of(found.part).answer(request, DeskPage(mount, thing, desk, found, sections))


def file(request: HttpRequest, thing: Any, *, mount: Mount, file_id: UUID) -> FileResponse:
    """A file of this dossier, of now or of an earlier version."""
    found = file_of(sitting(mount, thing, request.user).desk.dossier, file_id)
    if found is None:
        raise Http404
    return as_attachment(found)
