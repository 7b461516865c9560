"""A form as the pages that a person goes through: one thing a page, each narrative on its own."""

from dataclasses import dataclass

from zhuoyue.packs.programmes.schema.forms import NarrativeItem, Part


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form. `key` addresses it: the part, or part/item for a narrative. `item` is that narrative."""

    key: str
    part: Part
    item: NarrativeItem | None
    title: str
    title_en: str

    @property
    def kind(self) -> str:
        return self.part.kind

    @property
    def node(self) -> str:
        """The code of the criterion that the section answers, empty where it answers none."""
        return (self.item.node or "") if self.item else ""

    def title_in(self, language: str) -> str:
        return self.title_en or self.title if language.startswith("en") else self.title


def item_key(item: NarrativeItem) -> str:
    return item.key or item.node or ""


def section_by_key(sections: tuple[Section, ...], key: str) -> Section | None:
    return next((section for section in sections if section.key == key), None)
