"""Tables people take away: as a workbook or as CSV, and no cell of them is a formula."""

from zhuoyue.kernel.exports.delivery import as_csv, as_docx, as_xlsx, sheets_as_xlsx
from zhuoyue.kernel.exports.tables import Column, Sheet, TableTooLongError, rows_to_csv, rows_to_xlsx

__all__ = [
    "Column",
    "Sheet",
    "TableTooLongError",
    "as_csv",
    "as_docx",
    "as_xlsx",
    "rows_to_csv",
    "rows_to_xlsx",
    "sheets_as_xlsx",
]
