"""Rows written out one by one: memory does not grow with them."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone

from zhuoyue.kernel import typed

Cell = str | int | Decimal | float | date | datetime | bool | None
BOM = "\ufeff"
# Spreadsheet programs take a text that begins with one of these for a formula; full-width signs too, in East Asia.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_ROWS = 1_048_575  # of a sheet, below the heading
LONGEST_CELL = 32_767
EXACT_DIGITS = 15  # of a number in a spreadsheet; longer ones are written as text
IN_MEMORY = 1024 * 1024
_sheet_marks = re.compile(r"[\[\]:*?/\\]")


class TableTooLongError(ValueError):
    """More rows than a sheet holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of half width."""

    title: str
    width: int = 16


def _local(value: datetime) -> datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the sheets of a workbook, under its title."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def rows_to_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A workbook of one sheet, ready to be read from its beginning. Raises TableTooLongError."""
    return sheets_to_xlsx([Sheet(title, columns, rows)])


def sheets_to_xlsx(sheets: Sequence[Sheet]) -> IO[bytes]:
    """A workbook, ready to be read from its beginning. Raises TableTooLongError."""
    import xlsxwriter  # noqa: PLC0415 - 12 MB, needed when a table is asked for as a workbook

    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller reads and closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        for one in sheets:
            _write(book, one)
    out.seek(0)
    return out


def _write(book: Any, one: Sheet) -> None:
    sheet = book.add_worksheet(_sheet_marks.sub(" ", one.title).strip(" '")[:31] or "Sheet1")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, column in enumerate(one.columns):
        sheet.set_column(place, place, column.width)
    for place, column in enumerate(one.columns):
        sheet.write_string(0, place, column.title, heading)
    sheet.freeze_panes(1, 0)
    writer = _Writer(book, sheet)
    count = 0
    for count, row in enumerate(one.rows, start=1):
        if count > MOST_ROWS:
            raise TableTooLongError(f"a sheet holds {MOST_ROWS} rows")
        for place, value in enumerate(row):
            writer.write(count, place, value)
    if one.columns:
        sheet.autofilter(0, 0, count, len(one.columns) - 1)


class _Writer:
    """Writes each value as what it is; a text never becomes anything else."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._sheet = sheet
        self._formats: dict[str, Any] = {}

    def _format(self, pattern: str) -> Any:
        if pattern not in self._formats:
            self._formats[pattern] = self._book.add_format({"num_format": pattern})
        return self._formats[pattern]

    def write(self, row: int, place: int, value: Cell) -> None:
        sheet = self._sheet
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, place, _local(value), self._format("yyyy-mm-dd hh:mm:ss"))
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, self._format("yyyy-mm-dd"))
        elif isinstance(value, int | Decimal | float) and _fits(value):
            sheet.write_number(row, place, value, self._format(_pattern_of(value)))
        else:
            sheet.write_string(row, place, _text_of(value))


def _fits(value: Decimal | float) -> bool:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return exact.is_finite() and len(exact.as_tuple().digits) <= EXACT_DIGITS


def _pattern_of(value: Decimal | float) -> str:
    """A Decimal shows the places it has: 70.50 stays 70.50."""
    if not isinstance(value, Decimal):
        return "General"
    places = -int(value.as_tuple().exponent)
    return f"0.{'0' * places}" if places > 0 else "0"


def _text_of(value: object) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = typed.storable(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def rows_to_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheet programs need to show Chinese; one piece per row.

    A text that could be taken for a formula gets an apostrophe before it, as those programs write such texts.
    """
    line = io.StringIO()
    writer = csv.writer(line)

    def piece(cells: Iterable[Cell]) -> bytes:
        writer.writerow([_plain(cell) for cell in cells])
        text = line.getvalue()
        line.seek(0)
        line.truncate()
        return text.encode()

    yield BOM.encode() + piece(column.title for column in columns)
    for row in rows:
        yield piece(row)


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, int | Decimal | float | date):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    value = typed.storable(value)
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
