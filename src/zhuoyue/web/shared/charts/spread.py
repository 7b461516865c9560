"""The scores of several examiners on one item: who is far, where the middle is, what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from zhuoyue.kernel.formats import plain
from zhuoyue.web.shared.charts.scale import across

HEIGHT, MIDDLE, APART = 38, 21, Decimal("7.5")
LEFT, WIDTH = Decimal(2), Decimal(96)
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Score:
    who: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ItemScores:
    """`state` and `words` are those of the badge; `agreed` is None while the item is open."""

    label: str
    scores: tuple[Score, ...]
    url: str = ""
    agreed: Decimal | None = None
    state: str = "draft"
    words: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    who: str
    far: bool
    name_dx: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Spread:
    dots: tuple[Dot, ...]
    low_x: str
    high_x: str
    middle_x: str
    agreed_x: str
    gap: Decimal | None
    middle: Decimal | None
    grid: tuple[str, ...]
    height: int = HEIGHT


def place(percent: Decimal | int) -> str:
    return across(LEFT + Decimal(percent) * WIDTH / 100)


def _stacked(scores: Sequence[Score]) -> list[Decimal]:
    """Heights that keep equal values apart, around the middle line."""
    same: dict[Decimal, int] = {}
    for score in scores:
        same[score.value] = same.get(score.value, 0) + 1
    seen: dict[Decimal, int] = {}
    heights = []
    for score in scores:
        turn = seen.get(score.value, 0)
        seen[score.value] = turn + 1
        heights.append(MIDDLE + (turn - Decimal(same[score.value] - 1) / 2) * APART)
    return heights


def spread(item: ItemScores, far: Decimal | None) -> Spread:
    """`far`: from this distance to the median a score is filled and its examiner named; None names nobody."""
    grid = tuple(place(mark) for mark in GRID)
    if not item.scores:
        agreed_x = "" if item.agreed is None else place(item.agreed)
        return Spread((), "", "", "", agreed_x, None, None, grid)
    values = [score.value for score in item.scores]
    middle = Decimal(median(values))
    dots = []
    for score, y in zip(item.scores, _stacked(item.scores), strict=True):
        is_far = far is not None and item.agreed is None and abs(score.value - middle) >= far
        right = score.value > middle
        dots.append(
            Dot(place(score.value), plain(y), score.who, is_far, 9 if right else -9, "start" if right else "end")
        )
    return Spread(
        dots=tuple(dots),
        low_x=place(min(values)),
        high_x=place(max(values)),
        middle_x="" if item.agreed is not None else place(middle),
        agreed_x="" if item.agreed is None else place(item.agreed),
        gap=max(values) - min(values),
        middle=middle,
        grid=grid,
    )
