"""What is printed over or beside the text of a page and is not part of it: watermarks and the numbers of lines."""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from zhuoyue.intake.document import LineRole
from zhuoyue.intake.markers import clause_head
from zhuoyue.intake.pdf_glyphs import Glyph, Row

_NUMBER = re.compile(r"\d{1,4}")
_FEWEST = 5  # numbers on a page, from which on they can be those of its lines
_STEPS = frozenset({1, 2, 5, 10})
_SHARE = 0.8  # of the numbers that must go on by the same step
_APART = 0.3  # of an em, between a line's number and the line


def without_line_numbers(rows: Sequence[Row]) -> list[Row]:
    """The rows without numbers in the left margin; those of a page come as one row of their own after it.

    Numbers of lines stand left of all other text, one above the other, and go on by an even step. In a list of
    contents the text below can look the same: only where clauses have numbers beside them are they taken for such.
    """
    pages: dict[int, list[Row]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(row)
    split = {page: _split(page_rows, _FEWEST) for page, page_rows in pages.items()}
    if any(numbers for numbers, _body in split.values()):  # then a last page may have only one
        split = {page: _split(page_rows, 1) for page, page_rows in pages.items()}
    bodies = [body for _numbers, body in split.values()]
    if not any(clause_head(row.text) for body in bodies for row in body):
        return list(rows)
    found: list[Row] = []
    for page, page_rows in pages.items():
        numbers, body = split[page]
        found += body if numbers else page_rows
        if numbers:
            found.append(_one_row(page, numbers))
    return found


def _split(rows: Sequence[Row], fewest: int) -> tuple[list[tuple[Glyph, ...]], list[Row]]:
    """(the numbers, the rows without them); no numbers where they are not those of lines."""
    heads = {row: head for row in rows if (head := _leading_number(row))}
    margin = min((row.left for row in rows if row not in heads), default=math.inf)
    heads = {row: head for row, head in heads.items() if head[-1].right < margin}
    values = [int("".join(glyph.character for glyph in head)) for head in heads.values()]
    if len(values) < fewest or not _evenly(values):
        return [], []
    edge = max(head[-1].right for head in heads.values())
    rest = [(row, row.glyphs[_end_of(row, heads[row]) :] if row in heads else row.glyphs) for row in rows]
    body = [Row(row.page, glyphs, row.role) for row, glyphs in rest if any(each.character.strip() for each in glyphs)]
    if any(row.left <= edge for row in body):
        return [], []
    return list(heads.values()), body


def _evenly(values: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(values)]
    if not steps:
        return True
    usual = max(set(steps), key=steps.count)
    return usual in _STEPS and steps.count(usual) >= _SHARE * len(steps)


def _leading_number(row: Row) -> tuple[Glyph, ...]:
    """The digits at the row's start, up to a gap; none where anything else follows without one."""
    head: list[Glyph] = []
    for glyph in row.inked:
        if head and glyph.left - head[-1].right > _APART * row.size:
            break
        head.append(glyph)
    return tuple(head) if _NUMBER.fullmatch("".join(glyph.character for glyph in head)) else ()


def _end_of(row: Row, head: tuple[Glyph, ...]) -> int:
    end = row.glyphs.index(head[-1]) + 1
    while end < len(row.glyphs) and not row.glyphs[end].character.strip():
        end += 1
    return end


def _one_row(page: int, numbers: Iterable[tuple[Glyph, ...]]) -> Row:
    glyphs: list[Glyph] = []
    for number in numbers:
        last = number[-1]
        glyphs += [*number, Glyph(" ", last.right, last.right, last.bottom, last.top)]
    return Row(page, tuple(glyphs), LineRole.LINE_NUMBER)
