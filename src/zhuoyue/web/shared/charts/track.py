"""The items of a standard one below the other: where each stood last time, where it stands now, within the bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zhuoyue.web.shared.charts.spread import place


@dataclass(frozen=True, slots=True)
class Band:
    """`low`, `high`: the least and the greatest percent of it."""

    word: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Stop:
    """An item. `now` and `last` in percent, None where nothing was given; `count` of what is planned for it."""

    label: str
    now: Decimal | None
    last: Decimal | None = None
    url: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    label: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Where an item is drawn; empty where there is nothing to draw. `moved`: a line joins the two dots."""

    stop: Stop
    now_x: str
    last_x: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Track:
    """`marks`: (x, word) of the head. `grid`: where the bands meet."""

    marks: tuple[tuple[str, str], ...]
    grid: tuple[str, ...]
    chapters: tuple[tuple[str, tuple[Line, ...]], ...]
    compared: bool


def track(chapters: Sequence[Chapter], bands: Sequence[Band]) -> Track:
    """Without bands the head counts in percent."""
    stops = [stop for chapter in chapters for stop in chapter.stops]
    return Track(
        marks=_marks(bands),
        grid=tuple(place(percent) for percent in _edges(bands)),
        chapters=tuple((chapter.label, tuple(map(_line, chapter.stops))) for chapter in chapters),
        compared=any(stop.last is not None for stop in stops),
    )


def _edges(bands: Sequence[Band]) -> list[Decimal]:
    if not bands:
        return [Decimal(mark) for mark in (0, 25, 50, 75, 100)]
    between = [(lower.high + upper.low) / 2 for lower, upper in pairwise(bands)]
    return [Decimal(0), *between, Decimal(100)]


def _marks(bands: Sequence[Band]) -> tuple[tuple[str, str], ...]:
    edges = _edges(bands)
    if not bands:
        return tuple((place(edge), f"{edge}%") for edge in edges)
    return tuple((place((low + high) / 2), band.word) for (low, high), band in zip(pairwise(edges), bands, strict=True))


def _line(stop: Stop) -> Line:
    now = place(stop.now) if stop.now is not None else ""
    last = place(stop.last) if stop.last is not None else ""
    return Line(stop, now, last if last != now else "", bool(now and last and now != last))
