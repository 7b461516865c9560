from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState, field_fault
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.parts.base import Held, TypedPart, field_value, refuse_others
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import FormField, TablePart

MOST_ROWS = 200


class Table(TypedPart[TablePart]):
    """Rows of fields. Value: {"rows": [{column key: text}]}; empty rows are not kept."""

    part = TablePart
    tells_who = False

    def asked(self, part: TablePart) -> Sequence[Text]:
        return [column.title for column in part.columns]

    def fields(self, part: TablePart) -> tuple[FormField, ...]:
        return part.columns

    def text_keys(self, part: TablePart) -> tuple[str, ...]:
        return tuple(column.key for column in part.columns)

    def clean(self, part: TablePart, data: Mapping[str, Any]) -> dict[str, Any]:
        refuse_others(data, ("rows",))
        given = data.get("rows") or []
        if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
            raise ValueRefusedError({"rows": _("表格应是逐行的列表。")})
        cleaned = [_row(part, number, row) for number, row in enumerate(given)]
        rows = [row for row in cleaned if any(row.values())]
        if len(rows) > MOST_ROWS:
            words = _("表格有%(rows)s行，一张表最多保存%(most)s行；请删去多余的行，或把其余各行写进附件。")
            raise ValueRefusedError({"rows": words % {"rows": len(rows), "most": MOST_ROWS}})
        return {"rows": rows}

    def state(self, part: TablePart, section: Section, held: Held) -> SectionState:
        rows = [row for row in held.value.get("rows", []) if any(str(cell).strip() for cell in row.values())]
        faults = [
            fault
            for number, row in enumerate(rows)
            for column in part.columns
            if (fault := field_fault(section, column, row.get(column.key, ""), f"{number}-{column.key}"))
        ]
        if len(rows) < part.rows_at_least:
            faults.append(Fault(section.key, "", "too_few_rows", {"rows": len(rows), "least": part.rows_at_least}))
        if part.rows_at_most is not None and len(rows) > part.rows_at_most:
            faults.append(Fault(section.key, "", "too_many_rows", {"rows": len(rows), "most": part.rows_at_most}))
        return SectionState(section, len(rows), max(part.rows_at_least, len(rows)), tuple(faults))


def _row(part: TablePart, number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    refuse_others(given, [column.key for column in part.columns])
    return {
        column.key: field_value(column, given[column.key], f"{number}-{column.key}")
        for column in part.columns
        if column.key in given
    }
