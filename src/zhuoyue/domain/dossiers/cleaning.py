"""What somebody gave, by whatever door, in the shape that a dossier stores; or a refusal in words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import number_words
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.parts import type_of
from zhuoyue.domain.dossiers.parts.base import text_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import typed

COLUMNS = ("value", "target", "competitor", "benchmark")
LENGTHS = {"name": 120, "unit": 30, "source": 200}
YEARS = range(1900, 2101)


def value_of(section: Section, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a section. Raises ValueRefusedError for keys and shapes that the form does not have."""
    if not isinstance(data, Mapping):
        raise ValueRefusedError({"": _("一节的内容应是逐项的值。")})
    return type_of(section.part).clean(section.part, data)


@dataclass(frozen=True, slots=True)
class Series:
    """A results indicator as it is stored; `points` as in `models.Indicator`."""

    name: str
    unit: str
    direction: str
    points: list[dict[str, Any]]
    source: str

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)


def series_of(data: Mapping[str, Any]) -> Series:
    """A yearly series. Raises ValueRefusedError; its places are `name`, `2019-value`, and so on."""
    errors: dict[str, str] = {}
    texts = {name: _short(name, data.get(name), errors) for name in LENGTHS}
    if not texts["name"] and "name" not in errors:
        errors = {"name": _("请填写指标名称。"), **errors}
    direction = data.get("direction") or Direction.HIGHER.value
    if direction not in Direction.values:
        errors["direction"] = _("请选择指标的方向。")
    points = _points(data.get("points") or [], errors)
    if errors:
        raise ValueRefusedError(errors)
    return Series(direction=str(direction), points=points, **texts)


def _short(name: str, given: Any, errors: dict[str, str]) -> str:
    try:
        text = typed.shown_line(text_of(name, given))
    except ValueRefusedError as refused:
        errors |= refused.errors
        return ""
    if len(text) > LENGTHS[name]:
        errors[name] = _("太长了，最多%(most)s个字符。") % {"most": LENGTHS[name]}
    return text


def _points(given: Any, errors: dict[str, str]) -> list[dict[str, Any]]:
    """One row a year, the years in order; a year of which nothing is known is not kept."""
    if not isinstance(given, Sequence) or not all(isinstance(point, Mapping) for point in given):
        errors["points"] = _("各年数据应是逐年的列表。")
        return []
    rows: dict[int, dict[str, Any]] = {}
    for point in given:
        year = _year(point.get("year"))
        if year is None:
            errors["points"] = _("“%(given)s”不是年份，请填四位数字，例如2020。") % {"given": point.get("year", "")}
        elif year in rows:
            errors["points"] = _("%(year)s年出现了两次，请合为一行。") % {"year": year}
        else:
            rows[year] = _cells(year, point, errors)
    return [{"year": year, **rows[year]} for year in sorted(rows) if any(rows[year].values())]


def _year(given: Any) -> int | None:
    year = typed.whole(given, otherwise=0)
    return year if year in YEARS else None


def _cells(year: int, point: Mapping[str, Any], errors: dict[str, str]) -> dict[str, str]:
    for name in set(point) - {"year", *COLUMNS}:
        errors[f"{year}-{name}"] = _("各年数据里没有“%(key)s”这一栏。") % {"key": name}
    cells: dict[str, str] = {}
    for column in COLUMNS:
        place = f"{year}-{column}"
        given = point.get(column)
        is_text = given is None or isinstance(given, str)
        text = typed.narrow(typed.shown_line(text_of(place, given))) if is_text else str(given)
        if not is_text or (text and typed.number(text) is None):
            errors[place] = number_words(text)
        cells[column] = text
    return cells
