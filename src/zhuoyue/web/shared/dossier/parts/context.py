from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.packs.programmes.schema.forms import ContextPart, NarrativeItem
from zhuoyue.web.shared.dossier.fields import Box, text_box
from zhuoyue.web.shared.dossier.parts.base import TypedFace
from zhuoyue.web.shared.dossier.shown import Content, SectionView, long_row, said
from zhuoyue.web.shared.dossier.word import write_texts


class ContextFace(TypedFace[ContextPart]):
    part = ContextPart
    page, sheet, short = "texts", "texts", "texts"

    def view(self, part: ContextPart, section: Section, content: Content) -> dict[str, Any]:
        value = content.held["answers"].get(section.key, {})

        def label(item: NarrativeItem) -> str:
            return item.title.in_language(content.language) if item.title else content.title_of(item.node or "")

        return {
            "rows": tuple(long_row(label(item), str(value.get(item_key(item), "")), item.limit) for item in part.items)
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_texts(document, section)

    def group(self, _part: ContextPart) -> str:
        return _("单位情况")

    def boxes(
        self,
        part: ContextPart,
        _section: Section,
        value: Mapping[str, Any],
        errors: Mapping[str, str],
        _options: Options,
    ) -> list[Box]:
        return [
            text_box(item_key(item), said(item.title) or item_key(item), item, value, errors) for item in part.items
        ]

    def posted(self, part: ContextPart, data: QueryDict) -> dict[str, Any]:
        return {item_key(item): data.get(f"f-{item_key(item)}", "") for item in part.items}
