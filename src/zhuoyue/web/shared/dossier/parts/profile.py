from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import ProfilePart
from zhuoyue.web.shared.dossier.fields import Box, answer_from, field_box
from zhuoyue.web.shared.dossier.parts.base import TypedFace
from zhuoyue.web.shared.dossier.shown import Content, Row, SectionView, field_text
from zhuoyue.web.shared.dossier.word import write_facts


class ProfileFace(TypedFace[ProfilePart]):
    part = ProfilePart
    page, sheet, short = "answers", "facts", "answers"
    in_summary = True

    def view(self, part: ProfilePart, section: Section, content: Content) -> dict[str, Any]:
        value = content.held["answers"].get(section.key, {})
        return {
            "rows": tuple(
                Row(
                    entry.title.in_language(content.language),
                    field_text(entry, value.get(entry.key, ""), content.options, content.language),
                    long=entry.type == "long_text",
                )
                for entry in part.fields
            )
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_facts(document, section)

    def group(self, _part: ProfilePart) -> str:
        return _("单位情况")

    def boxes(
        self,
        part: ProfilePart,
        _section: Section,
        value: Mapping[str, Any],
        errors: Mapping[str, str],
        options: Options,
    ) -> list[Box]:
        return [field_box(entry, value.get(entry.key, ""), errors.get(entry.key, ""), options) for entry in part.fields]

    def posted(self, part: ProfilePart, data: QueryDict) -> dict[str, Any]:
        return {entry.key: answer_from(entry, data, f"f-{entry.key}") for entry in part.fields}
