from collections.abc import Mapping, Sequence
from typing import Any

from zhuoyue.domain.dossiers.checks import Fault, SectionState, text_faults
from zhuoyue.domain.dossiers.parts.base import Held, Titles, TypedPart, refuse_others, text_of
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.kernel.formats import characters
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import NarrativeItem, NarrativePart


class Narrative(TypedPart[NarrativePart]):
    """Long texts, each on a page of its own. Value: {"text": text}."""

    part = NarrativePart
    tells_who = False

    def sections(self, part: NarrativePart, titles: Titles) -> tuple[Section, ...]:
        return tuple(_section(part, item, titles) for item in part.items)

    def asked(self, part: NarrativePart) -> Sequence[Text]:
        return [item.title for item in part.items if item.title]

    def text_keys(self, _part: NarrativePart) -> tuple[str, ...]:
        return ("text",)

    def clean(self, _part: NarrativePart, data: Mapping[str, Any]) -> dict[str, Any]:
        refuse_others(data, ("text",))
        return {"text": text_of("text", data.get("text"))}

    def state(self, _part: NarrativePart, section: Section, held: Held) -> SectionState:
        item, text = section.item, str(held.value.get("text", ""))
        assert item is not None  # noqa: S101 - `sections` gives each its item
        faults = tuple(text_faults(section, "text", text, item))
        return SectionState(section, int(bool(text.strip())), 1, faults, characters(text))

    def faults_over_all(self, part: NarrativePart, states: Sequence[SectionState]) -> tuple[Fault, ...]:
        """The limit over all narratives of a part, if it has one and they exceed it."""
        written = sum(state.written for state in states)
        if part.total_limit is None or written <= part.total_limit:
            return ()
        return (Fault(part.key, "", "over_total", {"written": written, "limit": part.total_limit}),)


def _section(part: NarrativePart, item: NarrativeItem, titles: Titles) -> Section:
    zh, en = (item.title.zh, item.title.en) if item.title else titles.get(item.node or "", (item_key(item), ""))
    code = f"{item.node} " if item.node else ""
    key = f"{part.key}/{item_key(item)}"
    return Section(key, part, item, f"{code}{zh}".strip(), f"{code}{en}".strip() if en else "")
