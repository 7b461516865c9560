from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import StatementPart
from zhuoyue.web.shared.dossier.fields import Box
from zhuoyue.web.shared.dossier.parts.base import TypedFace
from zhuoyue.web.shared.dossier.shown import Content, Row, SectionView, said
from zhuoyue.web.shared.dossier.word import write_sentences


class StatementFace(TypedFace[StatementPart]):
    part = StatementPart
    page, sheet, short = "answers", "sentences", "answers"

    def view(self, part: StatementPart, section: Section, content: Content) -> dict[str, Any]:
        value = content.held["answers"].get(section.key, {})
        return {
            "rows": tuple(
                Row(entry.title.in_language(content.language), _("已确认") if value.get(entry.key) == "yes" else "")
                for entry in part.statements
            )
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_sentences(document, section)

    def group(self, _part: StatementPart) -> str:
        return _("声明")

    def boxes(
        self,
        part: StatementPart,
        _section: Section,
        value: Mapping[str, Any],
        errors: Mapping[str, str],
        _options: Options,
    ) -> list[Box]:
        return [
            Box(
                f"f-{entry.key}",
                said(entry.title),
                "check",
                value.get(entry.key, ""),
                error=errors.get(entry.key, ""),
            )
            for entry in part.statements
        ]

    def posted(self, part: StatementPart, data: QueryDict) -> dict[str, Any]:
        return {entry.key: "yes" if data.get(f"f-{entry.key}") == "yes" else "" for entry in part.statements}
