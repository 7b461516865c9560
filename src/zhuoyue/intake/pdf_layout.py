"""Rows of a page back to paragraphs: a row that the page's width broke is joined to the next, and no other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhuoyue.intake.document import Line, LineRole
from zhuoyue.intake.markers import ends_sentence, opens_block
from zhuoyue.intake.pdf_glyphs import Row, side_by_side
from zhuoyue.intake.pdf_margins import without_line_numbers
from zhuoyue.intake.segments import join_texts

_PAGE_NUMBER = re.compile(r"[\s\-–—·.]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-–—·.]*")
_LEADER = re.compile(r"[.…·．]{3,}")
_REPEATED_PAGES = 2
_GAP = 1.4  # more than this many usual line distances between two rows: a new paragraph
_COLUMNS = 1.9  # ems between two characters of a row: they stand in columns of a table
_EM = 0.6  # of a row's height: how much further in a row must start to be indented


def lines_of(rows: Sequence[Row]) -> Iterator[Line]:
    rows = [row.closed_up() for row in without_line_numbers(side_by_side(rows))]
    for number, (text, page, role) in enumerate(_pieces(rows), 1):
        yield Line(number, text, page=page, role=role)


def _pieces(rows: Sequence[Row]) -> Iterator[tuple[str, int, LineRole]]:
    """Paragraphs and page furniture in order; a page's foot comes after the paragraph that runs on over it."""
    furniture = _furniture(rows)
    shape = _Shape.of([row for row in rows if row not in furniture])
    paragraph: list[Row] = []
    held: list[Row] = []
    for row in rows:
        if row in furniture:
            held.append(row)
            continue
        if paragraph and not shape.continues(paragraph, row):
            yield _paragraph(paragraph)
            paragraph = []
        if not paragraph:
            yield from ((each.text, each.page, furniture[each]) for each in held)
            held = []
        paragraph.append(row)
    if paragraph:
        yield _paragraph(paragraph)
    yield from ((each.text, each.page, furniture[each]) for each in held)


def _paragraph(rows: Sequence[Row]) -> tuple[str, int, LineRole]:
    return join_texts(row.text for row in rows), rows[0].page, LineRole.TEXT


def _furniture(rows: Sequence[Row]) -> dict[Row, LineRole]:
    """Page numbers and running heads, found at the upper and lower edge of pages, and what was told before."""
    told = {row: row.role for row in rows if row.role != LineRole.TEXT}
    pages: dict[int, list[Row]] = {}
    for row in sorted((row for row in rows if row not in told), key=lambda row: -row.middle):
        pages.setdefault(row.page, []).append(row)
    edges = {row: _place(row, outermost=row in (page[0], page[-1])) for page in pages.values() for row in _edge(page)}
    times = Counter(edges.values())
    often = max(_REPEATED_PAGES, len(pages) / 2)
    heads = {row: LineRole.RUNNING_HEAD for row, place in edges.items() if times[place] >= often}
    return told | heads | dict.fromkeys(_page_numbers(pages), LineRole.PAGE_NUMBER)


def _edge(page: Sequence[Row]) -> list[Row]:
    return [*page[:2], *page[-2:]]


def _page_numbers(pages: dict[int, list[Row]]) -> list[Row]:
    """Numbers alone in the first or last row that keep the same distance from the count of pages."""
    distances: dict[Row, int] = {}
    for page, rows in pages.items():
        for row in (rows[0], rows[-1]):
            match = _PAGE_NUMBER.fullmatch(row.text)
            if match:
                distances[row] = int(match[1]) - page
    usual = Counter(distances.values()).most_common(1)
    return [row for row, distance in distances.items() if distance == usual[0][0]]


def _place(row: Row, *, outermost: bool) -> tuple[str, int]:
    """A running head has the same words at the same height of each page; beside them may stand the page's number."""
    text = "".join(row.text.split())
    if outermost and not opens_block(row.text):
        text = re.sub(r"\d", "", text)
    return text, round(row.middle / 3)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The usual text area and line distance of the document."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "_Shape":
        distances = [a.middle - b.middle for a, b in pairwise(rows) if a.page == b.page and a.middle > b.middle]
        distances.sort()
        # Rows within a paragraph are the closest; a quarter of all distances is enough to meet them.
        pitch = distances[len(distances) // 4] if distances else 0
        return cls(min((row.left for row in rows), default=0), max((row.right for row in rows), default=0), pitch)

    def continues(self, paragraph: Sequence[Row], below: Row) -> bool:
        """Whether `below` goes on with the paragraph that the rows so far make."""
        above = paragraph[-1]
        if _LEADER.search(above.text) or not self._full(above, below):
            return False
        if above.widest_gap > _COLUMNS and (below.widest_gap > _COLUMNS or opens_block(below.text)):
            return False
        if ends_sentence(above.text) and (opens_block(below.text) or self._opens_like(paragraph, below)):
            return False
        if below.left - above.left > _EM * below.size:
            return False
        return above.page != below.page or above.middle - below.middle <= _GAP * self.pitch

    def _opens_like(self, paragraph: Sequence[Row], below: Row) -> bool:
        """The row stands at the indent at which this one-row paragraph began."""
        indented = below.left - self.left > _EM * below.size
        return len(paragraph) == 1 and indented and abs(paragraph[0].left - below.left) <= _EM * below.size

    def _full(self, above: Row, below: Row) -> bool:
        """No room was left in the row above for the head of the row below."""
        return above.right + below.head_width + above.size * 0.25 >= self.right
