"""Word documents as lines: what prints, in reading order, list numbers written out, changes accepted.

What does not belong to the text (page heads, comments, hidden text, pictures) becomes lines too, each with its role.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from xml.etree import ElementTree as ET

from zhuoyue.intake.document import Cell, Document, Limits, Line, LineRole
from zhuoyue.intake.docx_archive import open_parts
from zhuoyue.intake.docx_numbering import read_numbering
from zhuoyue.intake.docx_package import MC, Package, W, switched_on
from zhuoyue.intake.docx_revisions import accept_changes
from zhuoyue.intake.docx_styles import read_styles
from zhuoyue.intake.docx_text import Aside, Writer, preferred, words_of
from zhuoyue.intake.errors import CHARACTERS, LINES, IntakeError
from zhuoyue.intake.invisible import without_invisible

_BREAKS = re.compile(r"[\r\n\v\f]+")
_NOTE_WORDS = {"footnote": "脚注", "endnote": "尾注"}
_OUTSIDE = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One line to be: `paragraph` counts the paragraphs of the file, `own` is false for what stands beside one."""

    text: str
    paragraph: int
    role: LineRole = LineRole.TEXT
    cell: Cell | None = None
    own: bool = True


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    parts = open_parts(data, name, limits)
    try:
        rows = list(_Reader(Package(parts)).rows())
    # Any XML can stand where WordprocessingML should; reading then fails in whatever way is nearest.
    except Exception as error:
        raise IntakeError("damaged", name=name) from error
    if sum(len(row.text) for row in rows) > limits.characters:
        raise IntakeError("too_large", name=name, what=CHARACTERS, limit=limits.characters)
    if len(rows) > limits.lines:
        raise IntakeError("too_large", name=name, what=LINES, limit=limits.lines)
    lines = tuple(
        Line(number, row.text, paragraph=row.paragraph, role=row.role, cell=row.cell)
        for number, row in enumerate(rows, 1)
    )
    return Document(name=name, kind="docx", lines=lines)


class _Reader:
    """Walks the text once, from block to block."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = read_styles(package)
        self._numbering = read_numbering(package, self._styles)
        self._writer = Writer(package, self._styles)
        self._paragraphs = 0
        self._tables = count(1)
        self._notes = {kind: count(1) for kind in _NOTE_WORDS}

    def rows(self) -> Iterator[_Row]:
        """One row for each printed line break of each paragraph."""
        root = self._package.root(self._package.main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise ValueError
        accept_changes(body)
        for row in self._blocks(body, None):
            pieces = _BREAKS.split(row.text) if row.text.strip() else [row.text]
            for piece in pieces:
                yield _Row(without_invisible(piece), row.paragraph, row.role, row.cell)
        yield from self._around()

    def _blocks(self, container: ET.Element, cell: Cell | None) -> Iterator[_Row]:
        for block in container:
            if block.tag == f"{W}p":
                yield from self._paragraph(block, cell)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)
            elif block.tag in _WRAPPERS:
                yield from self._blocks(block, cell)
            elif block.tag == f"{MC}AlternateContent":
                yield from self._blocks(preferred(block), cell)
            elif block.tag == f"{W}altChunk":
                yield _Row("〔…〕", self._paragraphs, LineRole.EMBEDDED, cell)
            elif block.tag.partition("}")[2] in {"oMathPara", "oMath"}:
                wrapped = ET.Element(f"{W}p")
                wrapped.append(block)
                yield from self._paragraph(wrapped, cell)

    def _table(self, table: ET.Element) -> Iterator[_Row]:
        number = next(self._tables)
        for row_number, row in enumerate(_below(table, "tr"), 1):
            for column, cell in enumerate(_below(row, "tc"), 1):
                yield from self._blocks(cell, Cell(number, row_number, column))

    def _paragraph(self, element: ET.Element, cell: Cell | None) -> Iterator[_Row]:
        self._paragraphs += 1
        place = self._paragraphs
        paragraph = self._writer.paragraph(element)
        properties = element.find(f"{W}pPr")
        hidden = bool(switched_on(properties, "rPr/vanish")) and not paragraph.text.strip() and paragraph.asides
        label = "" if hidden else self._numbering.label_of(properties)
        yield _Row(label + paragraph.text, place, cell=cell)
        for aside in paragraph.asides:
            yield from self._aside(aside, place, cell)

    def _aside(self, aside: Aside, place: int, cell: Cell | None) -> Iterator[_Row]:
        if aside.blocks is not None:
            accept_changes(aside.blocks)
            yield from self._blocks(aside.blocks, None)
        elif aside.note is not None:
            yield from self._note(*aside.note, place, cell)
        else:
            yield _Row(aside.text, place, aside.role, cell)

    def _note(self, kind: str, note_id: str, place: int, cell: Cell | None) -> Iterator[_Row]:
        """A footnote or an endnote is text of the document where it is referred to; a comment is not."""
        note = next((each for each in self._note_parts(kind) if each.get(f"{W}id") == note_id), None)
        if note is None or note.get(f"{W}type") in _OUTSIDE:
            return
        accept_changes(note)
        text = "\n".join(row.text for row in self._blocks(note, None) if row.text.strip())
        self._paragraphs = place  # those of a note are not paragraphs of the text
        if kind not in _NOTE_WORDS:
            yield _Row(text, place, LineRole.COMMENT, cell)
            return
        yield _Row(f"{_NOTE_WORDS[kind]}{next(self._notes[kind])}：{text.strip()}", place, cell=cell)

    def _note_parts(self, kind: str) -> Iterator[ET.Element]:
        for path in self._package.of_kind(f"{kind}s"):
            root = self._package.root(path)
            if root is not None:
                yield from root.iter(f"{W}{kind}")

    def _around(self) -> Iterator[_Row]:
        """Heads and feet of the pages, each text once, and diagrams that no drawing refers to."""
        seen: set[str] = set()
        for path in (*self._package.of_kind("header"), *self._package.of_kind("footer")):
            root = self._package.root(path)
            if root is None:
                continue
            accept_changes(root)
            for row in self._blocks(root, None):
                text = without_invisible(row.text).strip()
                if text and text not in seen:
                    seen.add(text)
                    role = LineRole.RUNNING_HEAD if row.role == LineRole.TEXT else row.role
                    yield _Row(" ".join(text.split()), row.paragraph, role)
        for path in self._package.under("word/diagrams/data"):
            words = words_of(self._package.root(path))
            if path not in self._writer.diagrams and words:
                yield _Row(words, self._paragraphs, LineRole.DIAGRAM)


def _below(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    """Rows of a table or cells of a row, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, name)
