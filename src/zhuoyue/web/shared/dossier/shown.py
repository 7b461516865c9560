"""A dossier as readers see it, as plain rows: what `reading.dossier_view` gives to templates and to the Word file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, ClassVar, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.base import Entry, Text
from zhuoyue.packs.programmes.schema.forms import FormField
from zhuoyue.web.shared.indicator_words import SeriesView

COUNTED = ("integer", "number", "amount")


class Face(Protocol):
    """What a section that is shown must know of its type (`parts.base.PartFace`)."""

    page: ClassVar[str]
    sheet: ClassVar[str]
    short: ClassVar[str]
    in_summary: ClassVar[bool]

    def view(self, part: Any, section: Section, content: "Content") -> dict[str, Any]: ...
    def write(self, document: Any, section: "SectionView") -> None: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `long`: reading text in paragraphs; `limit` counts characters."""

    label: str
    text: str
    long: bool = False
    written: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    slot: str
    title: str
    name: str
    size: int
    digest: str
    url: str


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """The series of one results item."""

    node: str
    title: str
    series: tuple[SeriesView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """`face` knows how sections of its type are set: on a page, on a sheet, in short, in a Word file."""

    face: Face
    key: str
    node: str
    title: str
    part_title: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    groups: tuple[SeriesGroup, ...] = ()
    files: tuple[FileRow, ...] = ()

    @property
    def page(self) -> str:
        return f"shared/dossier/page/{self.face.page}.html"

    @property
    def sheet(self) -> str:
        return f"shared/dossier/sheet/{self.face.sheet}.html"

    @property
    def short(self) -> str:
        return f"shared/dossier/short/{self.face.short}.html"

    @property
    def in_summary(self) -> bool:
        """Whether it belongs to a short account of who applies."""
        return self.face.in_summary

    @property
    def anchor(self) -> str:
        return anchor_of(self.key)

    @property
    def is_alone(self) -> bool:
        """Whether the section is all of its part, so that one heading is enough."""
        return self.title == self.part_title


@dataclass(frozen=True, slots=True)
class PartView:
    title: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class DossierView:
    sections: tuple[SectionView, ...]

    @property
    def parts(self) -> list[PartView]:
        return [
            PartView(title, tuple(found)) for title, found in groupby(self.sections, lambda section: section.part_title)
        ]

    def of_node(self, code: str) -> "NodeView":
        """What the applicant wrote on one item of the standard: narratives, and its results series."""
        groups = [group for section in self.sections for group in section.groups if group.node == code]
        texts = tuple(section for section in self.sections if section.node == code)
        return NodeView(code, texts, tuple(series for group in groups for series in group.series))


@dataclass(frozen=True, slots=True)
class NodeView:
    code: str
    texts: tuple[SectionView, ...]
    series: tuple[SeriesView, ...]


def anchor_of(key: str) -> str:
    """A section's key as an id of the page."""
    return "s-" + "".join(char if char.isalnum() else "-" for char in key)


@dataclass(frozen=True, slots=True)
class Content:
    """What is shown to a reader: content shaped like that of a snapshot, and how to say it."""

    held: Mapping[str, Any]
    titles: Mapping[str, tuple[str, str]]
    options: Options
    language: str
    file_url: Callable[[str], str]

    def title_of(self, node: str) -> str:
        """The title of an item of the standard; its code where none is known."""
        zh, en = self.titles.get(node, (node, ""))
        return (en or zh) if self.language.startswith("en") else zh


def set_section(face: Face, section: Section, content: Content) -> SectionView:
    """A section with what it holds, as `face` sets it."""
    return SectionView(
        face=face,
        key=section.key,
        node=section.node,
        title=section.title_in(content.language),
        part_title=section.part.title.in_language(content.language),
        **face.view(section.part, section, content),
    )


def language_of_page() -> str:
    return get_language() or "zh-hans"


def said(text: Text | None) -> str:
    """A text of the rules in the language of the page; empty for none."""
    return text.in_language(language_of_page()) if text is not None else ""


def long_row(label: str, text: str, limit: int | None) -> Row:
    return Row(label, text, long=True, written=formats.characters(text), limit=limit)


def choices_of(entry: FormField, options: Options) -> tuple[Entry, ...]:
    """What a field lets choose from: its own list, or one that the programme keeps elsewhere (`options`)."""
    return entry.choices or tuple(options.get(entry.choices_from or "", ()))


def field_text(entry: FormField, given: Any, options: Options, language: str) -> str:
    """An answer as people read it: choices by their titles, amounts with their unit."""
    choices = {choice.key: choice.title.in_language(language) for choice in choices_of(entry, options)}
    if isinstance(given, list | tuple):
        return _("、").join(choices.get(key, key) for key in given)
    if entry.type == "boolean" and given:
        return _("是") if given == "yes" else _("否")
    text = choices.get(str(given or ""), str(given or ""))
    if entry.type in COUNTED:
        text = _grouped(text)
    unit = entry.unit.in_language(language) if entry.unit and text else ""
    if not unit or not language.startswith("en"):
        return f"{text}{unit}"
    return f"{text} × {unit}" if unit[0].isdigit() else f"{text} {unit}"


def _grouped(text: str) -> str:
    """With thousands set apart; what is no number stays as it was typed."""
    try:
        return formats.number(Decimal(text))
    except InvalidOperation:
        return text
