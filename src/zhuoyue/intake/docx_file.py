"""Word documents: mammoth gives the text (tables, tracked changes, links); list numbers are written in before."""

import re
from collections.abc import Iterator
from typing import Any

import mammoth
from mammoth import documents

from zhuoyue.intake.document import Document, Limits, Line
from zhuoyue.intake.docx_archive import open_parts, repack
from zhuoyue.intake.docx_numbering import write_labels
from zhuoyue.intake.errors import IntakeError

_BREAKS = re.compile(r"[\r\n]+")


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    parts = open_parts(data, name, limits)
    try:
        paragraphs = list(_paragraphs(_body(write_labels(parts))))
    # Any XML can stand where WordprocessingML should; mammoth and the numbering then fail in whatever way is nearest.
    except Exception as error:
        raise IntakeError("damaged", name=name) from error
    if sum(map(len, paragraphs)) > limits.characters:
        raise IntakeError("too_large", name=name, what="字数", limit=limits.characters)
    rows = [
        (index, row.strip("\r\n"))
        for index, text in enumerate(paragraphs, 1)
        for row in (_BREAKS.split(text) if text.strip() else [text])
    ]
    if len(rows) > limits.lines:
        raise IntakeError("too_large", name=name, what="行数", limit=limits.lines)
    lines = tuple(Line(number, row, paragraph=index) for number, (index, row) in enumerate(rows, 1))
    return Document(name=name, kind="docx", lines=lines)


def _body(parts: dict[str, bytes]) -> Any:
    """Mammoth's document tree, caught by the hook it offers for changing it."""
    caught: list[Any] = []

    def catch(document: Any) -> Any:
        caught.append(document)
        return documents.document([])

    mammoth.convert_to_html(repack(parts), transform_document=catch)
    return caught[0]


def _paragraphs(element: Any) -> Iterator[str]:
    """The text of each paragraph in reading order, those of table cells included."""
    if isinstance(element, documents.Paragraph):
        yield _text(element)
        return
    for child in getattr(element, "children", ()):
        yield from _paragraphs(child)


def _text(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Tab):
        return "\t"
    if isinstance(element, documents.Break):
        return "\n"
    return "".join(_text(child) for child in getattr(element, "children", ()))
