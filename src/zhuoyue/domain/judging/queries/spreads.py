"""How far several voices are apart on each item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from uuid import UUID

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.models import ItemScore


@dataclass(frozen=True, slots=True)
class Spoken:
    """A scorebook as one voice: by which alias it is known, the owner's id of it, and its items by node."""

    alias: str
    book: UUID | None
    items: Mapping[UUID, ItemScore]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one examiner said of one item. `far`: further from the median than the rule allows.

    `marks`: passages that the comments name. `book`: the owner's id of the scorebook it stands in.
    """

    alias: str
    value: Decimal | None
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    far: bool
    marks: tuple[str, ...] = ()
    book: UUID | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How the team sees one item, and what it agreed. `must_discuss`: the range exceeds the rule's threshold."""

    node: Node
    voices: tuple[Voice, ...]
    range: Decimal
    median: Decimal | None
    mean: Decimal | None
    must_discuss: bool
    agreed: ItemScore | None


def spreads_of(
    nodes: Iterable[Node], spoken: Sequence[Spoken], agreed: Mapping[UUID, ItemScore], *, threshold: Decimal
) -> list[Spread]:
    """Every item, the furthest apart first. `threshold`: in the unit of the scoring model."""
    spreads = [_spread(node, spoken, agreed.get(node.pk), threshold) for node in nodes]
    return sorted(spreads, key=lambda spread: (-spread.range, spread.node.position))


def _spread(node: Node, spoken: Sequence[Spoken], agreed: ItemScore | None, threshold: Decimal) -> Spread:
    said = [(one, one.items.get(node.pk)) for one in spoken]
    values = [item.value for _one, item in said if item is not None and item.value is not None]
    middle = Decimal(median(values)) if values else None
    voices = tuple(_voice(one, item, middle, threshold) for one, item in said)
    width = max(values) - min(values) if values else Decimal(0)
    mean = sum(values, Decimal(0)) / len(values) if values else None
    return Spread(node, voices, width, middle, mean, width > threshold, agreed)


def _voice(one: Spoken, item: ItemScore | None, middle: Decimal | None, threshold: Decimal) -> Voice:
    value = item.value if item is not None else None
    far = value is not None and middle is not None and abs(value - middle) >= threshold
    strengths = tuple(item.strengths) if item is not None else ()
    gaps = tuple(item.gaps) if item is not None else ()
    marks = tuple(item.marks) if item is not None else ()
    return Voice(one.alias, value, strengths, gaps, far, marks, one.book)
