"""PDF files: characters with their places from pdfium, gathered into rows; `pdf_layout` makes paragraphs of them."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from statistics import median

import pypdfium2
from pypdfium2 import raw

from zhuoyue.intake.document import Document, Limits, LineRole
from zhuoyue.intake.errors import CHARACTERS, LINES, PAGES, IntakeError
from zhuoyue.intake.invisible import without_invisible
from zhuoyue.intake.pdf_glyphs import Glyph, Row
from zhuoyue.intake.pdf_layout import lines_of
from zhuoyue.intake.pdf_streams import check_streams

# Fonts made for print often map plain characters to the Kangxi and CJK radical blocks, where they only look the same.
_RADICALS = range(0x2E80, 0x2FE0)
_DROPPED = frozenset("\x00\x02\ufffe\uffff")
_UPRIGHT = math.radians(3)  # text may lean by so much
_LARGE = 2.2  # times the usual height, from which on pale letters are a watermark
_PALE = 150  # of 255: how light, or how opaque, a watermark's ink is


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    check_streams(data, name, limits.unpacked_bytes)
    try:
        rows, pages = _rows(data, name, limits)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise IntakeError("encrypted" if locked else "damaged", name=name) from error
    if all(row.role == LineRole.NO_TEXT for row in rows):
        raise IntakeError("no_text", name=name, pages=pages)
    lines = tuple(lines_of(rows))
    if len(lines) > limits.lines:
        raise IntakeError("too_large", name=name, what=LINES, limit=limits.lines)
    return Document(name=name, kind="pdf", lines=lines, pages=pages)


def _rows(data: bytes, name: str, limits: Limits) -> tuple[list[Row], int]:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
        if pages > limits.pages:
            raise IntakeError("too_large", name=name, what=PAGES, limit=limits.pages)
        rows: list[Row] = []
        left = limits.characters
        for index in range(pages):
            page = document[index]
            text = page.get_textpage()
            left -= text.count_chars()
            if left < 0:
                raise IntakeError("too_large", name=name, what=CHARACTERS, limit=limits.characters)
            found = list(_rows_of_page(text, index + 1))
            rows += found or _nothing_read(page, index + 1)
            text.close()
            page.close()
    finally:
        document.close()
    return rows, pages


def _rows_of_page(text: pypdfium2.PdfTextPage, page: int) -> Iterator[Row]:
    """The rows of the page's text, and after them what lies over it."""
    count = text.count_chars()
    boxes = [text.get_charbox(index) for index in range(count)]
    usual = median([top - bottom for _left, bottom, _right, top in boxes if top > bottom] or [0])
    glyphs: list[Glyph] = []
    over: list[Glyph] = []
    for index, (left, bottom, right, top) in enumerate(boxes):
        character = _clean(raw.FPDFText_GetUnicode(text, index))
        if character in {"\r", "\n"}:
            yield from _row(glyphs, page)
            glyphs = []
            continue
        supplied = raw.FPDFText_IsGenerated(text, index) == 1
        laid_over = _leans(text, index) or (top - bottom > _LARGE * usual and _is_pale(text, index))
        target = over if laid_over and not supplied else glyphs
        target.append(Glyph(character, left, right, bottom, top, supplied))
    yield from _row(glyphs, page)
    yield from _row(over, page, LineRole.WATERMARK)


def _nothing_read(page: pypdfium2.PdfPage, number: int) -> Iterator[Row]:
    """A page on which something is drawn, and no text: most often a scan among pages of text."""
    if raw.FPDFPage_CountObjects(page):
        glyphs = tuple(Glyph(character, 0, 0, 0, 0) for character in f"〔第{number}页〕")
        yield Row(number, glyphs, LineRole.NO_TEXT)


def _leans(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether the character is neither upright nor turned by quarters, as in a table across the page."""
    angle = raw.FPDFText_GetCharAngle(text, index) % (math.pi / 2)
    return bool(min(angle, math.pi / 2 - angle) > _UPRIGHT)


def _is_pale(text: pypdfium2.PdfTextPage, index: int) -> bool:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text, index, red, green, blue, opacity):
        return False
    return opacity.value < _PALE or min(red.value, green.value, blue.value) > _PALE


def _row(glyphs: list[Glyph], page: int, role: LineRole = LineRole.TEXT) -> Iterator[Row]:
    row = Row(page, tuple(glyphs), role)
    if row.text.strip():
        yield row


def _clean(codepoint: int) -> str:
    character = chr(codepoint)
    if character in _DROPPED or not without_invisible(character):
        return ""  # it keeps its place on the page, and leaves no trace in the text
    if codepoint in _RADICALS:
        return unicodedata.normalize("NFKC", character)
    return character
