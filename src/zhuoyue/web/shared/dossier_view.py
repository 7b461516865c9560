"""A snapshot as readers see it: sections with their answers, series with charts and words, files with links.

    view = dossier_view(snapshot.content, form_of(dossier), titles_of(dossier.edition_id), file_url=...)
    {% include "shared/dossier/contents.html" with view=view %}

`file_url` turns the id of a stored file into an address of the reader's own face, which checks its own permission and
that the file belongs to the snapshot (`files_in`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.sections import Section, item_key, sections_of
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.base import Entry
from zhuoyue.packs.programmes.schema.forms import (
    ContextPart,
    EvidencePart,
    Form,
    FormField,
    IndicatorsPart,
    ProfilePart,
    StatementPart,
    TablePart,
)
from zhuoyue.web.shared.indicator_words import SeriesView, series_view

Titles = Mapping[str, tuple[str, str]]
FileUrl = Callable[[str], str]
COUNTED = ("integer", "number", "amount")


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
    key: str
    kind: str
    node: str
    title: str
    part_title: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    groups: tuple[SeriesGroup, ...] = ()
    files: tuple[FileRow, ...] = ()

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


def files_in(content: Mapping[str, Any]) -> frozenset[str]:
    """The ids of the files that a snapshot holds."""
    return frozenset(entry["file"] for entry in content["evidence"])


def dossier_view(
    content: Mapping[str, Any], form: Form, titles: Titles, *, file_url: FileUrl, options: "Options | None" = None
) -> DossierView:
    reader = _Reader(content, titles, file_url, options or {}, get_language() or "zh-hans")
    return DossierView(tuple(reader.section(section) for section in sections_of(form, titles)))


def without_identity(view: DossierView) -> DossierView:
    """For readers from whom the rules hide who applies: neither facts of the applicant nor files, which would tell."""
    return DossierView(tuple(section for section in view.sections if section.kind not in ("profile", "evidence")))


def section_view(
    section: Section, content: Mapping[str, Any], titles: Titles, *, file_url: FileUrl, options: "Options | None" = None
) -> SectionView:
    """One section alone; `content` needs only what belongs to it."""
    whole = {"answers": {}, "indicators": [], "evidence": [], **content}
    return _Reader(whole, titles, file_url, options or {}, get_language() or "zh-hans").section(section)


Options = Mapping[str, Sequence[Entry]]


def choices_of(entry: FormField, options: Options) -> tuple[Entry, ...]:
    """What a field lets choose from: its own list, or one that the programme keeps elsewhere (`options`)."""
    return entry.choices or tuple(options.get(entry.choices_from or "", ()))


def options_of(rules: Any) -> Options:
    """The lists of a programme that fields of its forms may name."""
    benchmark = rules.benchmark
    return {
        "benchmark_fields": benchmark.fields if benchmark else (),
        "focus_industries": rules.focus_industries,
        "categories": rules.categories,
    }


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


@dataclass(frozen=True, slots=True)
class _Reader:
    content: Mapping[str, Any]
    titles: Titles
    file_url: FileUrl
    options: Options
    language: str

    def section(self, section: Section) -> SectionView:
        part = section.part
        part_title = part.title.in_language(self.language)
        more: dict[str, Any] = {}
        value = self.content["answers"].get(section.key, {})
        if section.item is not None:
            text = str(value.get("text", ""))
            more["rows"] = (_long("", text, section.item.limit),)
        elif isinstance(part, ContextPart):
            more["rows"] = tuple(self._context(part, value))
        elif isinstance(part, ProfilePart):
            more["rows"] = tuple(self._profile(part, value))
        elif isinstance(part, StatementPart):
            more["rows"] = tuple(
                Row(entry.title.in_language(self.language), _("已确认") if value.get(entry.key) == "yes" else "")
                for entry in part.statements
            )
        elif isinstance(part, TablePart):
            more["columns"] = tuple(column.title.in_language(self.language) for column in part.columns)
            more["cells"] = tuple(self._cells(part, value))
        elif isinstance(part, IndicatorsPart):
            more["groups"] = tuple(self._groups(part))
        else:
            more["files"] = tuple(self._files(part))
        title = section.title_in(self.language)
        return SectionView(section.key, section.kind, section.node, title, part_title, **more)

    def _context(self, part: ContextPart, value: Mapping[str, Any]) -> Iterable[Row]:
        for item in part.items:
            zh, en = self.titles.get(item.node or "", (item.node or "", ""))
            named = (en or zh) if self.language.startswith("en") else zh
            label = item.title.in_language(self.language) if item.title else named
            yield _long(label, str(value.get(item_key(item), "")), item.limit)

    def _profile(self, part: ProfilePart, value: Mapping[str, Any]) -> Iterable[Row]:
        for entry in part.fields:
            text = field_text(entry, value.get(entry.key, ""), self.options, self.language)
            yield Row(entry.title.in_language(self.language), text, long=entry.type == "long_text")

    def _cells(self, part: TablePart, value: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
        for row in value.get("rows", []):
            yield tuple(
                field_text(column, row.get(column.key, ""), self.options, self.language) for column in part.columns
            )

    def _groups(self, part: IndicatorsPart) -> Iterable[SeriesGroup]:
        held = self.content["indicators"]
        nodes = part.nodes or tuple(dict.fromkeys(entry["node"] for entry in held))
        for node in nodes:
            series = tuple(series_view(entry) for entry in held if entry["node"] == node)
            zh, en = self.titles.get(node, (node, ""))
            title = (en or zh) if self.language.startswith("en") else zh
            yield SeriesGroup(node, f"{node} {title}" if title != node else node, series)

    def _files(self, part: EvidencePart) -> Iterable[FileRow]:
        names = {asked.key: asked.title.in_language(self.language) for asked in part.files}
        for entry in self.content["evidence"]:
            if entry["part"] == part.key:
                yield FileRow(
                    names.get(entry["slot"], entry["slot"]),
                    entry["title"],
                    entry["name"],
                    entry["size"],
                    entry["digest"],
                    self.file_url(entry["file"]),
                )


def _long(label: str, text: str, limit: int | None) -> Row:
    return Row(label, text, long=True, written=formats.characters(text), limit=limit)
