from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import EvidencePart
from zhuoyue.web.shared.dossier.answering import evidence
from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.parts.base import PartFace
from zhuoyue.web.shared.dossier.shown import Content, FileRow, SectionView
from zhuoyue.web.shared.dossier.word import write_files


class EvidenceFace(PartFace[EvidencePart]):
    part = EvidencePart
    page, sheet, short = "files", "files", "files"

    def view(self, part: EvidencePart, _section: Section, content: Content) -> dict[str, Any]:
        names = {asked.key: asked.title.in_language(content.language) for asked in part.files}
        own = [entry for entry in content.held["evidence"] if entry["part"] == part.key]
        return {
            "files": tuple(
                FileRow(
                    names.get(entry["slot"], entry["slot"]),
                    entry["title"],
                    entry["name"],
                    entry["size"],
                    entry["digest"],
                    content.file_url(entry["file"]),
                )
                for entry in own
            )
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_files(document, section)

    def group(self, _part: EvidencePart) -> str:
        return _("结果与证明材料")

    def measure(self, state: SectionState) -> str:
        return _("%(done)s／%(asked)s份") % {"done": state.done, "asked": state.asked}

    def answer(self, request: HttpRequest, place: DeskPage) -> HttpResponse:
        return evidence.answer(request, place)

    def anchor(self, fault: Fault) -> str:
        return f"id_{fault.key}"
