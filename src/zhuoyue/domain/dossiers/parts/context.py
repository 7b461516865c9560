from collections.abc import Mapping, Sequence
from typing import Any

from zhuoyue.domain.dossiers.checks import SectionState, text_faults
from zhuoyue.domain.dossiers.parts.base import Held, TypedPart, refuse_others, text_of
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.kernel.formats import characters
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import ContextPart


class Context(TypedPart[ContextPart]):
    """Several texts on one page. Value: item key -> text."""

    part = ContextPart
    tells_who = False

    def asked(self, part: ContextPart) -> Sequence[Text]:
        return [item.title for item in part.items if item.title]

    def text_keys(self, part: ContextPart) -> tuple[str, ...]:
        return tuple(item_key(item) for item in part.items)

    def clean(self, part: ContextPart, data: Mapping[str, Any]) -> dict[str, Any]:
        keys = self.text_keys(part)
        refuse_others(data, keys)
        return {key: text_of(key, data.get(key)) for key in keys}

    def state(self, part: ContextPart, section: Section, held: Held) -> SectionState:
        texts = {item_key(item): str(held.value.get(item_key(item), "")) for item in part.items}
        faults = [
            fault for item in part.items for fault in text_faults(section, item_key(item), texts[item_key(item)], item)
        ]
        done = sum(bool(text.strip()) for text in texts.values())
        return SectionState(section, done, len(texts), tuple(faults), sum(characters(text) for text in texts.values()))
