"""Pieces of lines, and text joined from them in which every character still knows its line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PARAGRAPH_END = ("。", "！", "？", "：", ":", "!", "?")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of the line `line`."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: `text` stands in line `line` from offset `start`."""

    line: int
    start: int
    text: str

    def tail(self, offset: int) -> "Segment":
        """What is left from `offset` on, without the space before it."""
        rest = self.text[offset:]
        stripped = rest.lstrip()
        return Segment(self.line, self.start + offset + len(rest) - len(stripped), stripped)


class Joined:
    """Segments as one text; `spans_of` leads back to the lines.

    A line that ends a sentence ends a paragraph; any other goes on in the next line.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = [segment for segment in segments if segment.text.strip()]
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for segment in self._segments:
            last = pieces[-1] if pieces else ""
            between = "\n" if last.endswith(_PARAGRAPH_END) else _between(last, segment.text)
            self._starts.append(length + len(between))
            length = self._starts[-1] + len(segment.text)
            pieces += [between, segment.text]
        self.text = "".join(pieces)

    def spans_of(self, start: int, end: int) -> tuple[Span, ...]:
        spans = []
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        for segment, begin in zip(self._segments[first:last], self._starts[first:last], strict=True):
            low, high = max(start, begin), min(end, begin + len(segment.text))
            spans.append(Span(segment.line, segment.start + low - begin, segment.start + high - begin))
        return tuple(spans)


def join_texts(texts: Iterable[str]) -> str:
    pieces: list[str] = []
    for text in texts:
        pieces += [_between(pieces[-1] if pieces else "", text), text]
    return "".join(pieces)


def _between(left: str, right: str) -> str:
    """Chinese text goes on without a space, Latin words need one."""
    ends = left[-1:] + right[:1]
    return " " if ends.isascii() and ends.isalnum() and left and right else ""
