"""A dossier against its cohort: one spoke for each chapter of the standard, in percent of what it can give.

A radar cannot stretch with the page, so it has a fixed size; its numbers stand beside it, chapter by chapter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from statistics import median

FEWEST, RADIUS, MIDDLE_X, MIDDLE_Y = 3, 96, 130, 122
WIDTH, HEIGHT = 2 * MIDDLE_X, 2 * MIDDLE_Y
BEYOND = 14
RINGS = (25, 50, 75, 100)
FULL = 100


@dataclass(frozen=True, slots=True)
class Spoke:
    """`own`, `last` and the values of the cohort are percent of the chapter. `mark` stands at the tip ("4.1").

    `last`: what it was the time before, None where there was none.
    """

    mark: str
    label: str
    own: Decimal
    cohort: tuple[Decimal, ...] = ()
    last: Decimal | None = None

    @property
    def low(self) -> Decimal | None:
        return min(self.cohort, default=None)

    @property
    def high(self) -> Decimal | None:
        return max(self.cohort, default=None)

    @property
    def middle(self) -> Decimal | None:
        return median(self.cohort) if self.cohort else None


@dataclass(frozen=True, slots=True)
class Tip:
    x: str
    y: str
    anchor: str
    mark: str


@dataclass(frozen=True, slots=True)
class Radar:
    width: int
    height: int
    rings: tuple[str, ...]
    spokes: tuple[tuple[str, str], ...]
    band: str  # a path: the highest of the cohort with the lowest cut out
    middle: str
    own: str
    last: str
    dots: tuple[tuple[str, str], ...]
    tips: tuple[Tip, ...]


def radar(spokes: Sequence[Spoke]) -> Radar | None:
    """None for fewer than three spokes, which span no area."""
    count = len(spokes)
    if count < FEWEST:
        return None
    compared = all(spoke.cohort for spoke in spokes)
    repeated = all(spoke.last is not None for spoke in spokes)
    own = [_at(place, count, spoke.own) for place, spoke in enumerate(spokes)]
    outer = _line([_at(place, count, spoke.high or 0) for place, spoke in enumerate(spokes)])
    inner = _line([_at(place, count, spoke.low or 0) for place, spoke in enumerate(spokes)])
    return Radar(
        width=WIDTH,
        height=HEIGHT,
        rings=tuple(_line([_at(place, count, ring) for place in range(count)]) for ring in RINGS),
        spokes=tuple(_at(place, count, FULL) for place in range(count)),
        band=f"M{outer}ZM{inner}Z" if compared else "",
        middle=_line([_at(place, count, spoke.middle or 0) for place, spoke in enumerate(spokes)]) if compared else "",
        own=_line(own),
        last=_line([_at(place, count, spoke.last or 0) for place, spoke in enumerate(spokes)]) if repeated else "",
        dots=tuple(own),
        tips=tuple(_tip(place, count, spoke.mark) for place, spoke in enumerate(spokes)),
    )


def _at(place: int, count: int, percent: Decimal | int, beyond: int = 0) -> tuple[str, str]:
    """From the top, with the clock."""
    turn = 2 * pi * place / count
    reach = RADIUS * min(max(float(percent), 0), FULL) / FULL + beyond
    return f"{MIDDLE_X + reach * sin(turn):.1f}", f"{MIDDLE_Y - reach * cos(turn):.1f}"


def _line(points: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _tip(place: int, count: int, mark: str) -> Tip:
    x, y = _at(place, count, FULL, BEYOND)
    side = float(x) - MIDDLE_X
    anchor = "middle" if abs(side) < BEYOND else "start" if side > 0 else "end"
    return Tip(x, f"{float(y) + 4:.1f}", anchor, mark)
