"""Characters of a page with their boxes, as rows; letters that are only spread apart are closed up again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from zhuoyue.intake.document import LineRole
from zhuoyue.intake.markers import is_han

_CLOSING = frozenset("，。、；：？！”’）】》〉」』,.;:?!)]}%")
_FEWEST_SPREAD = 2
_SPREAD_SHARE = 0.6
_WORD_GAP = 1.0  # of an em: what is wider parts words also in spread text


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, in points from the page's lower left corner.

    `supplied` is a space that stands nowhere in the file: the library saw a gap there.
    """

    character: str
    left: float
    right: float
    bottom: float
    top: float
    supplied: bool = False


@dataclass(frozen=True, eq=False)
class Row:
    """`role` is what was told of it before the layout of its page is known."""

    page: int
    glyphs: tuple[Glyph, ...]
    role: LineRole = LineRole.TEXT

    @cached_property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs).rstrip()

    @cached_property
    def inked(self) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if glyph.character.strip()]

    @cached_property
    def left(self) -> float:
        return min(glyph.left for glyph in self.inked)

    @cached_property
    def right(self) -> float:
        return max(glyph.right for glyph in self.inked)

    @cached_property
    def middle(self) -> float:
        return median((glyph.bottom + glyph.top) / 2 for glyph in self.inked)

    @cached_property
    def size(self) -> float:
        """The widest character: about one em in Chinese text."""
        return max(glyph.right - glyph.left for glyph in self.inked)

    @cached_property
    def widest_gap(self) -> float:
        """Between two characters beside each other, in ems."""
        gaps = (after.left - before.right for before, after in pairwise(self.inked))
        return max(gaps, default=0) / self.size if self.size else 0

    @cached_property
    def head_width(self) -> float:
        """Width of what may not be parted at the row's start: a word, or a character with its closing marks."""
        inked = self.inked
        last = inked[0]
        for glyph in inked[1:]:
            word = glyph.character.isascii() and glyph.character.isalnum()
            if glyph.character not in _CLOSING and not (word and last.character.isascii()):
                break
            last = glyph
        return last.right - inked[0].left

    def closed_up(self) -> "Row":
        """The row without the spaces that were supplied between letters which are all set apart."""
        supplied = sum(glyph.supplied for glyph in self.glyphs)
        spread = sum(is_han(glyph.character) for glyph in self.inked) >= _FEWEST_SPREAD
        if not spread or supplied < _SPREAD_SHARE * (len(self.inked) - 1):
            return self
        kept = [glyph for place, glyph in enumerate(self.glyphs) if not glyph.supplied or self._parts_words(place)]
        return replace(self, glyphs=tuple(kept))

    def _parts_words(self, place: int) -> bool:
        before = next((glyph for glyph in reversed(self.glyphs[:place]) if glyph.character.strip()), None)
        after = next((glyph for glyph in self.glyphs[place + 1 :] if glyph.character.strip()), None)
        return before is not None and after is not None and after.left - before.right > _WORD_GAP * self.size


def side_by_side(rows: Sequence[Row]) -> list[Row]:
    """Pieces at the same height, each right of the one before, as one row: cells of a table, a number and its title."""
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and last.page == row.page and last.role == row.role and _beside(last, row):
            edge = last.inked[-1]
            space = Glyph(" ", edge.right, row.left, edge.bottom, edge.top)
            joined[-1] = Row(last.page, (*last.glyphs, space, *row.glyphs), row.role)
        else:
            joined.append(row)
    return joined


def _beside(left: Row, right: Row) -> bool:
    near = abs(left.middle - right.middle) <= 0.35 * min(left.size, right.size)
    return near and right.left >= left.right
