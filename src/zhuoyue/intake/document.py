"""A document as lines: what the outline is linked to, whatever the file was."""

from dataclasses import dataclass
from enum import StrEnum


class LineRole(StrEnum):
    """What the page's layout alone says of a line."""

    TEXT = "text"
    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text file, or one paragraph of a .docx or .pdf.

    `number` counts from 1 and is unique in the document. `page` (.pdf) and `paragraph` (.docx) tell where the line
    stands in the file; `text` is kept as read, so that offsets into it stay true.
    """

    number: int
    text: str
    page: int | None = None
    paragraph: int | None = None
    role: LineRole = LineRole.TEXT


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
