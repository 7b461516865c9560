from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.dossiers.checks import SectionState
from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.forms import NarrativeItem, NarrativePart
from zhuoyue.web.shared.dossier.fields import Box, text_box
from zhuoyue.web.shared.dossier.parts.base import TypedFace
from zhuoyue.web.shared.dossier.shown import Content, SectionView, language_of_page, long_row, said
from zhuoyue.web.shared.dossier.word import write_texts


def _item(section: Section) -> NarrativeItem:
    assert section.item is not None  # noqa: S101 - each section of a narrative part is one of its items
    return section.item


class NarrativeFace(TypedFace[NarrativePart]):
    part = NarrativePart
    page, sheet, short = "texts", "texts", "texts"

    def view(self, _part: NarrativePart, section: Section, content: Content) -> dict[str, Any]:
        text = str(content.held["answers"].get(section.key, {}).get("text", ""))
        return {"rows": (long_row("", text, _item(section).limit),)}

    def write(self, document: Any, section: SectionView) -> None:
        write_texts(document, section)

    def group(self, part: NarrativePart) -> str:
        return said(part.title)

    def aside(self, part: NarrativePart, states: Sequence[SectionState]) -> str:
        written = formats.number(sum(state.written for state in states))
        if part.total_limit:
            return _("正文%(n)s字，限%(limit)s字") % {"n": written, "limit": formats.number(part.total_limit)}
        return _("正文%(n)s字") % {"n": written}

    def measure(self, state: SectionState) -> str:
        words = ngettext("%(n)s字", "%(n)s字", state.written) % {"n": formats.number(state.written)}
        return words if state.written else _("还没有写")

    def note(self, _part: NarrativePart, section: Section) -> str:
        item = _item(section)
        return said(item.help) or _("限%(limit)s字") % {"limit": formats.number(item.limit)}

    def boxes(
        self,
        _part: NarrativePart,
        section: Section,
        value: Mapping[str, Any],
        errors: Mapping[str, str],
        _options: Options,
    ) -> list[Box]:
        return [text_box("text", section.title_in(language_of_page()), _item(section), value, errors, rows=18)]

    def posted(self, _part: NarrativePart, data: QueryDict) -> dict[str, Any]:
        return {"text": data.get("f-text", "")}
