"""The fields of a section: how each is asked, and how what was typed into it is read back.

Names on the page are `f-` and the field's key, so that no field of a form can be taken for one of the page's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.forms import FormField, NarrativeItem
from zhuoyue.web.shared.dossier.shown import choices_of, said

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


def text_box(
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


def answer_from(entry: FormField, data: QueryDict, name: str) -> str | list[str]:
    """What was typed into the control `name`; several choices may also come as one text with commas between."""
    if entry.type == "choices":
        return [key for given in data.getlist(name) for key in given.split(",") if key]
    return data.get(name, "")
