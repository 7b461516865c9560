from collections.abc import Mapping, Sequence
from typing import Any

from zhuoyue.domain.dossiers.checks import SectionState, field_fault
from zhuoyue.domain.dossiers.parts.base import Held, TypedPart, field_value, refuse_others
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import FormField, ProfilePart


class Profile(TypedPart[ProfilePart]):
    """Facts of the applicant, field by field. Value: field key -> text, or the chosen keys."""

    part = ProfilePart
    tells_who = True

    def asked(self, part: ProfilePart) -> Sequence[Text]:
        return [entry.title for entry in part.fields]

    def fields(self, part: ProfilePart) -> tuple[FormField, ...]:
        return part.fields

    def text_keys(self, part: ProfilePart) -> tuple[str, ...]:
        return tuple(entry.key for entry in part.fields)

    def clean(self, part: ProfilePart, data: Mapping[str, Any]) -> dict[str, Any]:
        refuse_others(data, self.text_keys(part))
        return {entry.key: field_value(entry, data.get(entry.key)) for entry in part.fields}

    def state(self, part: ProfilePart, section: Section, held: Held) -> SectionState:
        found = (field_fault(section, entry, held.value.get(entry.key, "")) for entry in part.fields)
        asked = [entry for entry in part.fields if entry.required]
        done = sum(bool(held.value.get(entry.key)) for entry in asked)
        return SectionState(section, done, len(asked), tuple(fault for fault in found if fault))
