"""The fields of a section: how each is asked, how what was typed is read back, and how two versions are compared.

Names on the page are `f-` and the field's key, so that no field of a form can be taken for one of the page's own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, words_of
from zhuoyue.domain.dossiers.sections import Section, item_key
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.forms import (
    ContextPart,
    FormField,
    NarrativeItem,
    ProfilePart,
    StatementPart,
    TablePart,
)
from zhuoyue.web.shared.dossier_view import Options, choices_of

_CELL = re.compile(r"f-(\d{1,4})-(.+)")
_MOST_ROWS = 200
_WIDTHS = ((6, "s"), (20, "m"), (60, "l"))
_TYPES = {"date": "date", "email": "email", "url": "url", "telephone": "tel", "mobile": "tel"}
_NUMBERS = {"integer", "number", "amount", "percent", "year"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One question. `control`: line, text, one (of choices), many, list (a select), check."""

    name: str
    label: str
    control: str
    value: str = ""
    hint: str = ""
    suffix: str = ""
    limit: int | None = None
    optional: bool = False
    error: str = ""
    width: str = ""
    input_type: str = "text"
    input_mode: str = ""
    rows: int = 4
    choices: tuple[Choice, ...] = field(default_factory=tuple)

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def written(self) -> int:
        return formats.characters(self.value)


def _language() -> str:
    return get_language() or "zh-hans"


def said(text: Any) -> str:
    """A text of the rules in the language of the page; empty for none."""
    return text.in_language(_language()) if text is not None else ""


def boxes_of(
    section: Section, value: Mapping[str, Any], faults: Sequence[Fault] = (), options: Options | None = None
) -> list[Box]:
    """Every question of a section that is neither a table, nor indicators, nor evidence."""
    errors = {fault.key: words_of(fault) for fault in faults}
    part = section.part
    if section.item is not None:
        return [_text_box("text", section.title_in(_language()), section.item, value, errors, rows=18)]
    if isinstance(part, ContextPart):
        return [
            _text_box(item_key(item), said(item.title) or item_key(item), item, value, errors) for item in part.items
        ]
    if isinstance(part, StatementPart):
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
    if isinstance(part, ProfilePart):
        return [
            field_box(entry, value.get(entry.key, ""), errors.get(entry.key, ""), options or {})
            for entry in part.fields
        ]
    return []


def _text_box(
    key: str, label: str, item: NarrativeItem, value: Mapping[str, Any], errors: Mapping[str, str], rows: int = 10
) -> Box:
    return Box(
        f"f-{key}",
        label,
        "text",
        str(value.get(key, "")),
        said(item.help),
        limit=item.limit,
        optional=not item.required,
        error=errors.get(key, ""),
        rows=rows,
    )


def field_box(entry: FormField, given: Any, error: str, options: Options, name: str = "") -> Box:
    chosen = given if isinstance(given, list) else [given]
    choices = tuple(
        Choice(choice.key, said(choice.title), choice.key in chosen) for choice in choices_of(entry, options)
    )
    if entry.type == "boolean":
        choices = tuple(Choice(key, words, key in chosen) for key, words in (("yes", _("是")), ("no", _("否"))))
    return Box(
        name or f"f-{entry.key}",
        said(entry.title),
        _control(entry, choices),
        "" if isinstance(given, list) else str(given),
        said(entry.help) or _hint(entry),
        said(entry.unit),
        entry.limit if entry.type == "long_text" else None,
        not entry.required,
        error,
        _width(entry),
        _TYPES.get(entry.type, "text"),
        "decimal" if entry.type in _NUMBERS else "",
        choices=choices,
    )


def _control(entry: FormField, choices: Sequence[Choice]) -> str:
    if entry.type == "choices":
        return "many"
    if entry.type in {"choice", "boolean"}:
        return "one" if len(choices) <= 6 else "list"  # noqa: PLR2004 - up to six are shown openly
    return "text" if entry.type == "long_text" else "line"


def _hint(entry: FormField) -> str:
    hints = {
        "credit_code": _("18位，营业执照上“统一社会信用代码”一栏。"),
        "year": _("四位数字，例如1998。"),
        "telephone": _("区号加号码，例如021-60000000。"),
    }
    return hints.get(entry.type, "")


def _width(entry: FormField) -> str:
    if entry.type in _NUMBERS:
        return "s"
    if entry.type in {"credit_code", "date", "telephone", "mobile", "person"}:
        return "m"
    return next((width for most, width in _WIDTHS if entry.limit and entry.limit <= most), "xl")


@dataclass(frozen=True, slots=True)
class TableBox:
    """Rows of cells, with empty ones to write on."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Box, ...], ...]


def table_of(section: Section, value: Mapping[str, Any], faults: Sequence[Fault], options: Options) -> TableBox | None:
    part = section.part
    if not isinstance(part, TablePart):
        return None
    errors = {fault.key: words_of(fault) for fault in faults}
    given = list(value.get("rows", []))
    empty = max(part.rows_at_least - len(given), 2)
    room = empty if part.rows_at_most is None else max(0, min(empty, part.rows_at_most - len(given)))
    rows = tuple(
        tuple(
            field_box(
                column,
                row.get(column.key, ""),
                errors.get(f"{number}-{column.key}", ""),
                options,
                f"f-{number}-{column.key}",
            )
            for column in part.columns
        )
        for number, row in enumerate([*given, *({} for _place in range(room))])
    )
    return TableBox(tuple(said(column.title) for column in part.columns), rows)


# ---- reading back


def clean(text: str) -> str:
    """As it was typed, with one kind of line end and without marks that a database cannot hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def value_from(section: Section, data: QueryDict) -> dict[str, Any]:
    part = section.part
    if section.item is not None:
        return {"text": clean(data.get("f-text", ""))}
    if isinstance(part, ContextPart):
        return {item_key(item): clean(data.get(f"f-{item_key(item)}", "")) for item in part.items}
    if isinstance(part, StatementPart):
        return {entry.key: "yes" if data.get(f"f-{entry.key}") == "yes" else "" for entry in part.statements}
    if isinstance(part, TablePart):
        return {"rows": _rows_from(part, data)}
    return {entry.key: answer_from(entry, data) for entry in getattr(part, "fields", ())}


def answer_from(entry: FormField, data: QueryDict) -> str | list[str]:
    if entry.type == "choices":
        return [key for given in data.getlist(f"f-{entry.key}") for key in given.split(",") if key]
    return clean(data.get(f"f-{entry.key}", "")).strip()


def _rows_from(part: TablePart, data: QueryDict) -> list[dict[str, str]]:
    keys = {column.key for column in part.columns}
    rows: dict[int, dict[str, str]] = {}
    for name in data:
        match = _CELL.fullmatch(name)
        if match and match[2] in keys:
            rows.setdefault(int(match[1]), {})[match[2]] = clean(data[name]).strip()
    filled = [rows[number] for number in sorted(rows) if any(rows[number].values())]
    return filled[:_MOST_ROWS]


# ---- two versions of one section


def flat(section: Section, value: Mapping[str, Any]) -> dict[str, str]:
    """Name on the page -> text, so that two values can be laid side by side and sent again."""
    if isinstance(section.part, TablePart):
        return {
            f"f-{number}-{key}": str(text)
            for number, row in enumerate(value.get("rows", []))
            for key, text in row.items()
        }
    return {f"f-{key}": ",".join(given) if isinstance(given, list) else str(given) for key, given in value.items()}


def conflict_rows(
    section: Section, stored: Mapping[str, Any], yours: Mapping[str, Any]
) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """(fields that differ, fields that are sent along unchanged)."""
    theirs, own = flat(section, stored), flat(section, yours)
    labels = {box.name: box.label for box in boxes_of(section, {})}
    names = list(dict.fromkeys((*own, *theirs)))
    differing = [name for name in names if theirs.get(name, "") != own.get(name, "")]
    rows = [
        {
            "label": labels.get(name, section.title_in(_language())),
            "name": name,
            "stored": theirs.get(name, ""),
            "yours": own.get(name, ""),
        }
        for name in differing
    ]
    return rows, [(name, own[name]) for name in own if name not in differing]


def typed_rows(section: Section, value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(label, text) of what was typed, for a page that can no longer save it."""
    labels = {box.name: box.label for box in boxes_of(section, {})}
    return [(labels.get(name, name), text) for name, text in flat(section, value).items() if text]
