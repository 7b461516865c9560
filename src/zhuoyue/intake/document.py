"""A document as lines: what the outline is linked to, whatever the file was."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class LineRole(StrEnum):
    """What the file alone says of a line, before its words are read.

    From FIELD on it is something that a person sees in the document and that was not read in full.
    """

    TEXT = "text"
    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"
    WATERMARK = "watermark"
    LINE_NUMBER = "line_number"
    COMMENT = "comment"
    HIDDEN = "hidden"
    RUBY = "ruby"
    FIELD = "field"
    PICTURE = "picture"
    DIAGRAM = "diagram"
    EMBEDDED = "embedded"
    NO_TEXT = "no_text"


class Cell(NamedTuple):
    """A place in a table; each counts from 1, tables through the document."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text file, or one paragraph of a .docx or .pdf.

    `number` counts from 1 and is unique in the document. `page` (.pdf) and `paragraph` (.docx) tell where the line
    stands in the file, `cell` where in a table. `text` holds no character that cannot be seen; offsets count in it.
    """

    number: int
    text: str
    page: int | None = None
    paragraph: int | None = None
    role: LineRole = LineRole.TEXT
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    kind: str
    lines: tuple[Line, ...]
    encoding: str = ""
    pages: int | None = None

    def line(self, number: int) -> Line:
        return self.lines[number - 1]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost to read. Sizes in bytes."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 64_000_000
    archive_parts: int = 2_000
    xml_depth: int = 120
    pages: int = 400
    characters: int = 1_000_000
    lines: int = 20_000


LIMITS = Limits()
