"""Pieces of lines, and text joined from them in which every character still knows its line."""

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
        text = ""
        for segment in self._segments:
            text = f"{text}\n{segment.text}" if text.endswith(_PARAGRAPH_END) else _glue(text, segment.text)
            self._starts.append(len(text) - len(segment.text))
        self.text = text

    def spans_of(self, start: int, end: int) -> tuple[Span, ...]:
        spans = []
        for segment, begin in zip(self._segments, self._starts, strict=True):
            low, high = max(start, begin), min(end, begin + len(segment.text))
            if low < high:
                spans.append(Span(segment.line, segment.start + low - begin, segment.start + high - begin))
        return tuple(spans)


def join_texts(texts: Iterable[str]) -> str:
    joined = ""
    for text in texts:
        joined = _glue(joined, text)
    return joined


def _glue(left: str, right: str) -> str:
    """Chinese text goes on without a space, Latin words need one."""
    if left and right and left[-1].isascii() and right[0].isascii() and left[-1].isalnum() and right[0].isalnum():
        return f"{left} {right}"
    return left + right
