"""One indicator over the years, small: own line, target dashed, benchmark dotted, the last value named."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhuoyue.kernel.formats import number
from zhuoyue.web.shared.charts.scale import across

HEIGHT, TOP, DEPTH, BASE = 106, 10, 72, 86
LEFT, WIDTH = Decimal(4), Decimal(72)
# room above and below the values, of their range
AIR = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Series:
    """`points`: (year or other label, value or None where nothing was reported). `better`: up, down or neither."""

    name: str
    unit: str
    points: tuple[tuple[str, Decimal | None], ...]
    target: Decimal | None = None
    benchmark: Decimal | None = None
    better: str = "up"
    note: str = ""
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    last: bool
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Mini:
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]  # points of each unbroken run, in a box of 100 by 100
    target_y: str
    benchmark_y: str
    first: str
    final: str
    value: str
    value_x: str
    value_y: str
    target: str
    benchmark: str
    height: int = HEIGHT
    base: int = BASE


def _range(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    air = (high - low) * AIR or abs(high) * AIR or Decimal(1)
    return low - air, high + air


def _depth(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Percent from the top of the box."""
    return (high - value) * 100 / (high - low)


def _pixels(depth: Decimal) -> str:
    return f"{(TOP + depth * DEPTH / 100).quantize(Decimal('0.1'))}"


def _runs(places: Sequence[tuple[Decimal, Decimal | None]]) -> tuple[str, ...]:
    """A missing year breaks the line; a single year has no line."""
    runs: list[list[str]] = [[]]
    for x, depth in places:
        if depth is None:
            runs.append([])
        else:
            runs[-1].append(f"{x.quantize(Decimal('0.1'))},{depth.quantize(Decimal('0.1'))}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def mini(series: Series) -> Mini | None:
    """None when there is no value to draw."""
    known = [value for _, value in series.points if value is not None]
    if not known:
        return None
    low, high = _range([*known, *(bound for bound in (series.target, series.benchmark) if bound is not None)])
    gaps = max(len(series.points) - 1, 1)
    places = [
        (Decimal(index) * 100 / gaps, None if value is None else _depth(value, low, high))
        for index, (_, value) in enumerate(series.points)
    ]
    last = max(index for index, (_, value) in enumerate(series.points) if value is not None)
    dots = tuple(
        Dot(
            across(LEFT + x * WIDTH / 100),
            _pixels(depth),
            last=index == last,
            label=series.points[index][0],
            value=number(series.points[index][1], series.places),
        )
        for index, (x, depth) in enumerate(places)
        if depth is not None
    )
    return Mini(
        dots=dots,
        lines=_runs(places),
        target_y="" if series.target is None else _pixels(_depth(series.target, low, high)),
        benchmark_y="" if series.benchmark is None else _pixels(_depth(series.benchmark, low, high)),
        first=series.points[0][0],
        final=series.points[-1][0] if len(series.points) > 1 else "",
        value=dots[-1].value,
        value_x=dots[-1].x,
        value_y=f"{Decimal(dots[-1].y) + Decimal('4.5')}",
        target="" if series.target is None else number(series.target, series.places),
        benchmark="" if series.benchmark is None else number(series.benchmark, series.places),
    )
