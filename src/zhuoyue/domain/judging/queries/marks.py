"""Passages that an examiner marked in a dossier, and the circled numbers by which comments name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_MARKS = 20  # as many circled numbers as there are
_CIRCLED = re.compile("[ \u3000]*[\u2460-\u2473]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `mark`: the number of the passage that it is, 0 for what lies between."""

    text: str
    mark: int = 0


def circled(number: int) -> str:
    """1 -> ①."""
    return chr(0x245F + number)


def marked(passages: Sequence[str]) -> list[str]:
    """As they are kept: trimmed, in their places, none empty at the end."""
    kept = [text.strip() for text in passages]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def uncited(text: str) -> str:
    """A comment for readers who do not have the passages at hand."""
    return _CIRCLED.sub("", text)


def pieces(text: str, passages: Sequence[str]) -> list[Piece]:
    """`text`, cut where passages begin and end; each is found once, and none inside another."""
    found: list[tuple[int, int, int]] = []
    for number, passage in enumerate(passages, 1):
        start = text.find(passage) if passage else -1
        if start >= 0 and all(start + len(passage) <= begin or end <= start for begin, end, _number in found):
            found.append((start, start + len(passage), number))
    cut, here = [], 0
    for start, end, number in sorted(found):
        cut += [Piece(text[here:start]), Piece(text[start:end], number)]
        here = end
    return [piece for piece in (*cut, Piece(text[here:])) if piece.text]


def lost(texts: Sequence[str], passages: Sequence[str]) -> list[int]:
    """Numbers of the passages that stand nowhere, word for word."""
    found = {piece.mark for text in texts for piece in pieces(text, passages)}
    return [number for number, passage in enumerate(passages, 1) if passage and number not in found]
