"""A form as the pages that a person goes through: one thing a page, each narrative on its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhuoyue.packs.programmes.schema.forms import (
    ContextPart,
    Form,
    FormField,
    NarrativeItem,
    NarrativePart,
    Part,
    ProfilePart,
    TablePart,
)


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


def sections_of(form: Form, titles: Mapping[str, tuple[str, str]] | None = None) -> tuple[Section, ...]:
    """Every page of `form`, in order. `titles`: code -> (Chinese, English) for items that name only a criterion."""
    names = titles or {}
    found: list[Section] = []
    for part in form.parts:
        if isinstance(part, NarrativePart):
            found += [_narrative(part, item, names) for item in part.items]
        else:
            found.append(Section(part.key, part, None, part.title.zh, part.title.en))
    return tuple(found)


def _narrative(part: NarrativePart, item: NarrativeItem, names: Mapping[str, tuple[str, str]]) -> Section:
    zh, en = (item.title.zh, item.title.en) if item.title else names.get(item.node or "", (item_key(item), ""))
    code = f"{item.node} " if item.node else ""
    return Section(
        f"{part.key}/{item_key(item)}", part, item, f"{code}{zh}".strip(), f"{code}{en}".strip() if en else ""
    )


def section_by_key(sections: tuple[Section, ...], key: str) -> Section | None:
    return next((section for section in sections if section.key == key), None)


def text_keys(section: Section) -> tuple[str, ...]:
    """The keys under which a section keeps typed text."""
    if section.item is not None:
        return ("text",)
    if isinstance(section.part, ContextPart):
        return tuple(item_key(item) for item in section.part.items)
    return tuple(field.key for field in fields_of(section.part))


def fields_of(part: Part) -> tuple[FormField, ...]:
    if isinstance(part, ProfilePart):
        return part.fields
    return part.columns if isinstance(part, TablePart) else ()
