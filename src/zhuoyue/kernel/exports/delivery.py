"""Tables as answers to a browser, under Chinese names."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from zhuoyue.kernel.exports.tables import Cell, Column, Sheet, rows_to_csv, sheets_to_xlsx
from zhuoyue.kernel.files.delivery import guard
from zhuoyue.kernel.files.kinds import KINDS
from zhuoyue.kernel.files.names import clean_name


def as_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """Named after its title."""
    return sheets_as_xlsx(title, [Sheet(title, columns, rows)])


def sheets_as_xlsx(title: str, sheets: Sequence[Sheet]) -> FileResponse:
    """A workbook of several sheets, each under its own title."""
    response = FileResponse(
        sheets_to_xlsx(sheets),
        as_attachment=True,
        filename=clean_name(f"{title}.xlsx"),
        content_type=KINDS["xlsx"].content_type,
    )
    guard(response)
    return response


def as_docx(title: str, document: Any) -> FileResponse:
    """A document of python-docx, named after its title."""
    out = BytesIO()
    document.save(out)
    out.seek(0)
    kind = KINDS["docx"].content_type
    response = FileResponse(out, as_attachment=True, filename=clean_name(f"{title}.docx"), content_type=kind)
    guard(response)
    return response


def as_csv(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(rows_to_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, clean_name(f"{title}.csv")) or "attachment"
    guard(response)
    return response
