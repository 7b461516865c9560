"""Tables of clauses with their points in a column: the points become those of the clauses, wherever these stand.

A table in the text defines its clauses; one that repeats clauses of the text (a summary, an appendix) only adds points.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from zhuoyue.intake.document import Line, LineRole
from zhuoyue.intake.markers import clause_head, fold, is_title

_HEAD = re.compile(
    r"(?:[标基]准|满|权重|总)?\s*分\s*[值数](?:\s*\(\s*分\s*\))?|满\s*分|分\s*值\s*\(?权重\)?|points?|scores?|max(?:imum)?\s+(?:points?|score)",
    re.IGNORECASE,
)
_HEAD_ROW = re.compile(r"(?:^|\s)分\s*[值数](?:\s*\(\s*分\s*\))?\s*$|(?:^|\s)points?\s*$", re.IGNORECASE)
_AMOUNT = re.compile(r"\s*(?P<points>\d{1,4}(?:\.\d{1,2})?)\s*(?:分|points?)?\s*", re.IGNORECASE)
_ROW = re.compile(r"(?P<head>.*\S)(?:\s{2,}|\t|\s)(?P<points>\d{1,4}(?:\.\d{1,2})?)\s*分?\s*")
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|总\s*分|小\s*计|total)", re.IGNORECASE)
_HEAD_LENGTH = 40
_FEWEST_ROWS = 2


class Amount(NamedTuple):
    """The points that line `line` gives the clause `label`; `end`: where its title ends, in a line that is both."""

    label: str
    points: Decimal
    end: int | None = None


@dataclass(slots=True)
class PointsTables:
    """`amounts` by line number; `repeated` and `heads` are lines that carry nothing but what stands elsewhere."""

    amounts: dict[int, Amount] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)


class _TableRow(NamedTuple):
    """A row that gives points: its clause, and the lines it is made of, the last one with the points."""

    label: str
    points: Decimal
    lines: tuple[int, ...]
    end: int | None = None


def points_tables(lines: Sequence[Line]) -> PointsTables:
    tables = PointsTables()
    rows = [*_rows_of_cells(lines, tables), *_rows_of_text(lines, tables)]
    inside = {number for row in rows for number in row.lines}
    elsewhere = {label for line in lines if line.number not in inside and (label := _heading(line))}
    for row in rows:
        tables.amounts[row.lines[-1]] = Amount(row.label, row.points, row.end)
        if row.label in elsewhere:
            tables.repeated.update(row.lines)
    return tables


def _heading(line: Line) -> str:
    """The number of the clause that a line of text begins, with a title or alone."""
    head = clause_head(line.text) if line.role == LineRole.TEXT else None
    if head is None:
        return ""
    rest = line.text[head.rest :]
    return head.label if is_title(rest) or not rest.strip() else ""


def _rows_of_cells(lines: Sequence[Line], tables: PointsTables) -> Iterator[_TableRow]:
    """Rows of tables in a Word document, below a head that says which column holds the points."""
    grid: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        if line.cell is not None and line.role == LineRole.TEXT and line.text.strip():
            grid.setdefault(line.cell.table, {}).setdefault(line.cell.row, []).append(line)
    for rows in grid.values():
        columns: set[int] = set()
        for row in rows.values():
            named = {line.cell.column for line in row if line.cell and _HEAD.fullmatch(fold(line.text).strip())}
            if named:
                columns = named
                tables.heads.update(line.number for line in row)
            elif columns:
                yield from _row_of_cells(row, columns, tables)


def _row_of_cells(row: Sequence[Line], columns: set[int], tables: PointsTables) -> Iterator[_TableRow]:
    amounts = [line for line in row if line.cell and line.cell.column in columns and _AMOUNT.fullmatch(fold(line.text))]
    if _TOTAL.match(row[0].text):
        tables.heads.update(line.number for line in row)
        return
    heads = [head for line in row if line not in amounts and (head := clause_head(line.text)) is not None]
    if heads and amounts:
        others = [line.number for line in row if line not in amounts]
        yield _TableRow(heads[-1].label, _points(amounts[0]), (*others, *(line.number for line in amounts)))


def _points(line: Line) -> Decimal:
    match = _AMOUNT.fullmatch(fold(line.text))
    return Decimal(match["points"]) if match else Decimal(0)


def _rows_of_text(lines: Sequence[Line], tables: PointsTables) -> Iterator[_TableRow]:
    """Rows of tables in text and PDF: lines of number, title and points below a line whose last word is "points"."""
    pending: list[_TableRow] = []
    totals: list[int] = []
    head: Line | None = None
    for line in (*lines, Line(0, "。")):
        if line.cell is not None or line.role != LineRole.TEXT or not line.text.strip():
            continue
        row = _row_of_text(line) if head else None
        if row is not None:
            pending.append(row)
        elif head and _TOTAL.match(line.text) and _ROW.fullmatch(fold(line.text)):
            totals.append(line.number)
        else:
            if head and len(pending) >= _FEWEST_ROWS:
                tables.heads.update((head.number, *totals))
                yield from pending
            pending, totals = [], []
            head = line if _is_head_row(line.text) else None


def _is_head_row(text: str) -> bool:
    folded = fold(text).strip()
    return len(folded) <= _HEAD_LENGTH and _HEAD_ROW.search(folded) is not None and clause_head(text) is None


def _row_of_text(line: Line) -> _TableRow | None:
    head = clause_head(line.text)
    match = _ROW.fullmatch(fold(line.text))
    if head is None or match is None or match.end("head") <= head.rest:
        return None
    return _TableRow(head.label, Decimal(match["points"]), (line.number,), match.end("head"))
