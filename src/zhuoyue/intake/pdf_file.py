"""PDF files: characters with their places from pdfium, gathered into rows; `pdf_layout` makes paragraphs of them."""

import unicodedata
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from zhuoyue.intake.document import Document, Limits
from zhuoyue.intake.errors import IntakeError
from zhuoyue.intake.pdf_layout import Glyph, Row, lines_of
from zhuoyue.intake.pdf_streams import check_streams

# Fonts made for print often map plain characters to the Kangxi and CJK radical blocks, where they only look the same.
_RADICALS = range(0x2E80, 0x2FE0)
_DROPPED = frozenset("\x00\x02\ufffe\uffff\ufeff\u00ad")


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    check_streams(data, name, limits.unpacked_bytes)
    try:
        rows, pages = _rows(data, name, limits)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise IntakeError("encrypted" if locked else "damaged", name=name) from error
    if not rows:
        raise IntakeError("no_text", name=name, pages=pages)
    lines = tuple(lines_of(rows))
    if len(lines) > limits.lines:
        raise IntakeError("too_large", name=name, what="行数", limit=limits.lines)
    return Document(name=name, kind="pdf", lines=lines, pages=pages)


def _rows(data: bytes, name: str, limits: Limits) -> tuple[list[Row], int]:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
        if pages > limits.pages:
            raise IntakeError("too_large", name=name, what="页数", limit=limits.pages)
        rows: list[Row] = []
        left = limits.characters
        for index in range(pages):
            page = document[index]
            text = page.get_textpage()
            left -= text.count_chars()
            if left < 0:
                raise IntakeError("too_large", name=name, what="字数", limit=limits.characters)
            rows += _rows_of_page(text, index + 1)
            text.close()
            page.close()
    finally:
        document.close()
    return rows, pages


def _rows_of_page(text: pypdfium2.PdfTextPage, page: int) -> Iterator[Row]:
    glyphs: list[Glyph] = []
    for index in range(text.count_chars()):
        character = _clean(raw.FPDFText_GetUnicode(text, index))
        if character in {"\r", "\n"}:
            yield from _row(glyphs, page)
            glyphs = []
        else:
            left, bottom, right, top = text.get_charbox(index)
            glyphs.append(Glyph(character, left, right, bottom, top))
    yield from _row(glyphs, page)


def _row(glyphs: list[Glyph], page: int) -> Iterator[Row]:
    row = Row(page, tuple(glyphs))
    if row.text.strip():
        yield row


def _clean(codepoint: int) -> str:
    character = chr(codepoint)
    if character in _DROPPED:
        return ""  # it keeps its place on the page, and leaves no trace in the text
    if codepoint in _RADICALS:
        return unicodedata.normalize("NFKC", character)
    return character
