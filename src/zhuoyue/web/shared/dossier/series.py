"""The form of one results indicator: which years, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.cleaning import COLUMNS, LENGTHS, series_of
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.web.shared.indicator_words import SeriesView, series_view


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `errors`: name of the control -> sentence."""

    fields: dict[str, Any]
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    value: str
    label: str
    error: str


def years_of(part: Any, last: int, points: Sequence[Mapping[str, Any]]) -> list[int]:
    """The years to fill in: as many as the form allows up to `last`, and whatever is stored."""
    count = part.years_at_most or max(part.years_at_least, 3)
    return sorted({*range(last - count + 1, last + 1), *(int(point["year"]) for point in points)})


def typed_series(data: QueryDict, years: Sequence[int]) -> Typed:
    """What was typed, as `dossiers.cleaning` takes it, and what that says of it."""
    points = [
        {"year": year, **{column: data.get(f"f-{year}-{column}", "").strip() for column in COLUMNS}} for year in years
    ]
    fields: dict[str, Any] = {name: data.get(f"f-{name}", "").strip() for name in LENGTHS}
    direction = data.get("f-direction", "")
    fields["direction"] = direction if direction in Direction.values else Direction.HIGHER.value
    fields["points"] = [point for point in points if any(point[column] for column in COLUMNS)]
    try:
        return Typed(series_of(fields).as_fields(), {})
    except ValueRefusedError as refused:
        return Typed(fields, {f"f-{place}": words for place, words in refused.errors.items()})


def rows_of(fields: Mapping[str, Any], years: Sequence[int], errors: Mapping[str, str]) -> list[tuple[int, list[Cell]]]:
    """(year, cells) for the table of the form."""
    heads = {"value": _("实际"), "target": _("目标"), "competitor": _("竞争对手"), "benchmark": _("标杆")}
    stored = {int(point["year"]): point for point in fields.get("points", [])}
    return [
        (
            year,
            [
                Cell(
                    f"f-{year}-{column}",
                    str(stored.get(year, {}).get(column, "")),
                    f"{year} {heads[column]}",
                    errors.get(f"f-{year}-{column}", ""),
                )
                for column in COLUMNS
            ],
        )
        for year in years
    ]


def drawn(fields: Mapping[str, Any], node: str) -> SeriesView:
    """Chart and verdict of what stands in the form, saved or not."""
    return series_view({**fields, "node": node, "name": fields["name"] or _("未命名指标")})
