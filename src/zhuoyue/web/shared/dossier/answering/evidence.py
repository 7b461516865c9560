"""Files, slot by slot: received, refused in words, listed, removed, given back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers import actions
from zhuoyue.domain.dossiers.errors import TooManyFilesError
from zhuoyue.domain.dossiers.models import Evidence
from zhuoyue.domain.dossiers.queries import evidence_of, limits_of
from zhuoyue.domain.dossiers.rules import check_writing
from zhuoyue.kernel import formats
from zhuoyue.kernel.files import FileRefusedError
from zhuoyue.packs.programmes.schema.forms import EvidenceFile
from zhuoyue.web.shared.dossier.answering.frame import framed
from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.shown import said


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that the form asks for, with what was handed in."""

    asked: EvidenceFile
    title: str
    hint: str
    accept: str
    held: tuple[tuple[Evidence, str], ...]  # with its address
    error: str

    @property
    def is_full(self) -> bool:
        return len(self.held) >= self.asked.files_at_most

    @property
    def id(self) -> str:
        return f"id_{self.asked.key}"


def _slot(place: DeskPage, asked: EvidenceFile, held: list[Evidence], error: str) -> Slot:
    limits = limits_of(asked)
    words = {"kinds": limits.accepted, "size": formats.number(asked.max_megabytes), "most": asked.files_at_most}
    hint = _("%(kinds)s，每份不超过%(size)sMB，最多%(most)s份。") % words
    own = tuple((entry, place.file_url(entry.file_id)) for entry in held if entry.slot == asked.key)
    accept = ",".join(f".{kind}" for kind in limits.kinds)
    return Slot(asked, said(asked.title), f"{said(asked.help)}{hint}", accept, own, error)


def _show(request: HttpRequest, place: DeskPage, wrong: dict[str, str] | None = None) -> HttpResponse:
    part: Any = place.section.part
    held = [entry for entry in evidence_of(place.desk.dossier) if entry.part == part.key]
    errors = wrong or {}
    slots = [_slot(place, asked, held, errors.get(asked.key, "")) for asked in part.files]
    context = framed(
        place,
        slots=slots,
        errors=[{"text": slot.error, "url": f"#{slot.id}"} for slot in slots if slot.error],
        size=sum(entry.file.size for entry in held),
        part=part,
    )
    return render(request, "shared/dossier/evidence.html", context, status=422 if wrong else 200)


def answer(request: HttpRequest, place: DeskPage) -> HttpResponse:
    if request.method != "POST":
        return _show(request, place)
    check_writing(request.user, place.desk.dossier)
    removed = request.POST.get("remove")
    return _remove(request, place, removed) if removed else _receive(request, place)


def _receive(request: HttpRequest, place: DeskPage) -> HttpResponse:
    part: Any = place.section.part
    asked = next((entry for entry in part.files if entry.key == request.POST.get("slot")), None)
    if asked is None:
        raise Http404
    uploads = request.FILES.getlist("file")
    if not uploads:
        return _show(request, place, {asked.key: _("请先选择文件，再上传。")})
    refused = []
    for upload in uploads:
        try:
            actions.add_evidence(
                by=request.user, dossier=place.desk.dossier, part=part.key, slot=asked.key, upload=upload
            )
        except (FileRefusedError, TooManyFilesError) as error:
            refused.append(str(error))
    if refused:
        return _show(request, place, {asked.key: "".join(dict.fromkeys(refused))})
    messages.success(request, _("已上传。"))
    return redirect(f"{place.self_url}#id_{asked.key}")


def _remove(request: HttpRequest, place: DeskPage, evidence_id: str) -> HttpResponse:
    held = {str(entry.pk): entry for entry in evidence_of(place.desk.dossier)}
    if evidence_id in held:
        actions.remove_evidence(by=request.user, evidence=held[evidence_id])
        messages.success(request, _("已删除“%(name)s”。") % {"name": held[evidence_id].title})
    return redirect(place.self_url)
