from collections.abc import Sequence
from datetime import datetime

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.models import Answer
from zhuoyue.domain.dossiers.parts.base import Held, HeldPart
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import EvidenceFile, EvidencePart

MEGABYTE = 1024 * 1024


class Evidences(HeldPart[EvidencePart]):
    """Files, each handed in at one of the places that the part offers."""

    part = EvidencePart
    tells_who = True

    def asked(self, part: EvidencePart) -> Sequence[Text]:
        return [asked.title for asked in part.files]

    def files(self, part: EvidencePart) -> tuple[EvidenceFile, ...]:
        return part.files

    def state(self, part: EvidencePart, section: Section, held: Held) -> SectionState:
        own = [entry for entry in held.evidence if entry.part == part.key]
        slots = {entry.slot for entry in own}
        faults = [
            Fault(section.key, asked.key, "file_missing", {"title": asked.title.zh, "title_en": asked.title.en})
            for asked in part.files
            if asked.required and asked.key not in slots
        ]
        total = sum(entry.file.size for entry in own)
        if part.total_megabytes is not None and total > part.total_megabytes * MEGABYTE:
            faults.append(Fault(section.key, "", "files_too_large", {"limit": part.total_megabytes}))
        wanted = {asked.key for asked in part.files if asked.required}
        return SectionState(section, len(slots & wanted), len(wanted), tuple(faults))

    def changed_since(self, part: EvidencePart, held: Held, _answer: Answer | None, moment: datetime) -> bool:
        return any(entry.created_at > moment for entry in held.evidence if entry.part == part.key)
