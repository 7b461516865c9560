import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import TablePart
from zhuoyue.web.shared.dossier.fields import TableBox, answer_from, field_box
from zhuoyue.web.shared.dossier.parts.base import TypedFace
from zhuoyue.web.shared.dossier.shown import Content, SectionView, field_text, said
from zhuoyue.web.shared.dossier.word import write_table

_CELL = re.compile(r"f-(\d{1,4})-(.+)")
EMPTY_ROWS = 2


class TableFace(TypedFace[TablePart]):
    part = TablePart
    page, sheet, short = "table", "table", "table"

    def view(self, part: TablePart, section: Section, content: Content) -> dict[str, Any]:
        rows = content.held["answers"].get(section.key, {}).get("rows", [])
        return {
            "columns": tuple(column.title.in_language(content.language) for column in part.columns),
            "cells": tuple(
                tuple(
                    field_text(column, row.get(column.key, ""), content.options, content.language)
                    for column in part.columns
                )
                for row in rows
            ),
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_table(document, section)

    def group(self, _part: TablePart) -> str:
        return _("单位情况")

    def table(
        self, part: TablePart, value: Mapping[str, Any], errors: Mapping[str, str], options: Options
    ) -> TableBox | None:
        given = list(value.get("rows", []))
        empty = max(part.rows_at_least - len(given), EMPTY_ROWS)
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

    def posted(self, part: TablePart, data: QueryDict) -> dict[str, Any]:
        columns = {column.key: column for column in part.columns}
        rows: dict[int, dict[str, Any]] = {}
        for name in data:
            match = _CELL.fullmatch(name)
            if match and match[2] in columns:
                rows.setdefault(int(match[1]), {})[match[2]] = answer_from(columns[match[2]], data, name)
        return {"rows": [rows[number] for number in sorted(rows)]}

    def flat(self, value: Mapping[str, Any]) -> dict[str, str]:
        return {
            f"f-{number}-{key}": ",".join(given) if isinstance(given, list) else str(given)
            for number, row in enumerate(value.get("rows", []))
            for key, given in row.items()
        }
