"""Files, slot by slot: received, refused in words, listed, removed, given back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.errors import TooManyFilesError
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import application_by_id, limits_of
from zhuoyue.domain.dossiers.models import Evidence
from zhuoyue.domain.dossiers.queries import evidence_of, file_of
from zhuoyue.kernel import access, formats
from zhuoyue.kernel.files import FileRefusedError, as_attachment
from zhuoyue.kernel.pages import page
from zhuoyue.packs.programmes.schema.forms import EvidenceFile


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that the form asks for, with what was handed in."""

    asked: EvidenceFile
    title: str
    hint: str
    accept: str
    held: tuple[Evidence, ...]
    error: str

    @property
    def is_full(self) -> bool:
        return len(self.held) >= self.asked.files_at_most

    @property
    def id(self) -> str:
        return f"id_{self.asked.key}"


def _slot(asked: EvidenceFile, held: list[Evidence], error: str) -> Slot:
    language = get_language() or "zh-hans"
    limits = limits_of(asked)
    words = {"kinds": limits.accepted, "size": formats.number(asked.max_megabytes), "most": asked.files_at_most}
    hint = _("%(kinds)s，每份不超过%(size)sMB，最多%(most)s份。") % words
    said = asked.help.in_language(language) if asked.help else ""
    own = tuple(entry for entry in held if entry.slot == asked.key)
    accept = ",".join(f".{kind}" for kind in limits.kinds)
    return Slot(asked, asked.title.in_language(language), f"{said}{hint}", accept, own, error)


def _show(
    request: HttpRequest, application: Application, context: dict[str, Any], wrong: dict[str, str] | None = None
) -> HttpResponse:
    part = context["section"].part
    held = [entry for entry in evidence_of(application.dossier) if entry.part == part.key]
    errors = wrong or {}
    slots = [_slot(asked, held, errors.get(asked.key, "")) for asked in part.files]
    summary = [{"text": slot.error, "url": f"#{slot.id}"} for slot in slots if slot.error]
    context |= {"slots": slots, "errors": summary, "size": sum(entry.file.size for entry in held), "part": part}
    return render(request, "applicant/evidence.html", context, status=422 if wrong else 200)


def answer(request: HttpRequest, application: Application, context: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _show(request, application, context)
    access.check("applications.edit", request.user, application)
    removed = request.POST.get("remove")
    if removed:
        return _remove(request, application, context, removed)
    return _receive(request, application, context)


def _receive(request: HttpRequest, application: Application, context: dict[str, Any]) -> HttpResponse:
    part = context["section"].part
    asked = next((entry for entry in part.files if entry.key == request.POST.get("slot")), None)
    if asked is None:
        raise Http404
    uploads = request.FILES.getlist("file")
    if not uploads:
        return _show(request, application, context, {asked.key: _("请先选择文件，再上传。")})
    refused = []
    for upload in uploads:
        try:
            actions.add_file(by=request.user, application=application, part=part.key, asked=asked, upload=upload)
        except (FileRefusedError, TooManyFilesError) as error:
            refused.append(str(error))
    if refused:
        return _show(request, application, context, {asked.key: "".join(dict.fromkeys(refused))})
    messages.success(request, _("已上传。"))
    return redirect(f"{context['self_url']}#id_{asked.key}")


def _remove(request: HttpRequest, application: Application, context: dict[str, Any], evidence_id: str) -> HttpResponse:
    held = {str(entry.pk): entry for entry in evidence_of(application.dossier)}
    if evidence_id in held:
        actions.remove_file(by=request.user, application=application, evidence=held[evidence_id])
        messages.success(request, _("已删除“%(name)s”。") % {"name": held[evidence_id].title})
    return redirect(context["self_url"])


def file_url(application: Application, file_id: Any) -> str:
    return reverse("applicant:file", args=[application.pk, file_id])


@page("applications.own", find=application_by_id)
def file(_request: HttpRequest, application: Application, *, file_id: UUID) -> FileResponse:
    """A file of this application, of now or of an earlier version."""
    found = file_of(application.dossier, file_id)
    if found is None:
        raise Http404
    return as_attachment(found)
