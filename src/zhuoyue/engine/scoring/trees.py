"""The tree that a total runs over: categories and items of a standard, with points or with weights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from zhuoyue.engine.fields import Fields, doubles
from zhuoyue.engine.verdict import Verdict


class TreeError(ValueError):
    """A tree that no total can be made of."""


@dataclass(frozen=True, slots=True)
class Node:
    """A category or an item. `kind` (process, results, ...) picks the item's model and dimensions.

    Points stand on every scored item or on none; without points each branch is the mean of its children by `weight`,
    equal where no sibling has one. An unscored node (an overview, a context) is left out.
    """

    key: str
    name: str = ""
    kind: str = ""
    points: Decimal | None = None
    weight: Decimal | None = None
    scored: bool = True
    children: tuple[Self, ...] = ()

    @property
    def parts(self) -> tuple[Self, ...]:
        """The children that count: scored, with a scored item below."""
        return tuple(child for child in self.children if any(child.items))

    @property
    def items(self) -> Iterator[Self]:
        """The scored leaves, in order."""
        if self.scored and not self.children:
            yield self
        elif self.scored:
            for child in self.children:
                yield from child.items

    @property
    def branches(self) -> Iterator[Self]:
        """The nodes above the scored leaves, top down."""
        if self.parts:
            yield self
            for child in self.parts:
                yield from child.branches

    @property
    def has_points(self) -> bool:
        return all(item.points is not None for item in self.items)


def tree_from_data(data: Mapping[str, Any]) -> Node:
    """Raises TreeError with the place; the result has passed `check_tree`."""
    tree = _node(Fields(data, "tree", TreeError))
    check_tree(tree)
    return tree


def check_tree(tree: Node) -> None:
    items = list(tree.items)
    if not items:
        raise TreeError(f"{tree.key}: there is no scored item in the tree")
    doubled = doubles(item.key for item in items)
    if doubled:
        raise TreeError(f"{tree.key}: items named twice: {', '.join(doubled)}")
    bare = [item.key for item in items if item.points is None]
    if bare and len(bare) < len(items):
        raise TreeError(f"{tree.key}: points must stand on every item or on none; without: {', '.join(bare)}")
    if any(item.points is not None and item.points <= 0 for item in items):
        raise TreeError(f"{tree.key}: points must be above 0")
    for branch in tree.branches:
        _check_weights(branch, has_points=not bare)


def points_notes(tree: Node) -> tuple[Verdict, ...]:
    """Branches whose declared points differ from the sum of their items', which is what a total uses."""
    if not tree.has_points:
        return ()
    sums = [(branch, sum((item.points or Decimal(0) for item in branch.items), Decimal(0))) for branch in tree.branches]
    return tuple(
        Verdict.of("points_differ", node=branch.key, declared=branch.points, items=total)
        for branch, total in sums
        if branch.points is not None and branch.points != total
    )


def _check_weights(branch: Node, *, has_points: bool) -> None:
    weights = [child.weight for child in branch.parts if child.weight is not None]
    if not weights:
        return
    if has_points:
        raise TreeError(f"{branch.key}: its items have points, so its children cannot have weights too")
    if len(weights) < len(branch.parts):
        bare = [child.key for child in branch.parts if child.weight is None]
        raise TreeError(f"{branch.key}: weights must stand on every child or on none; without: {', '.join(bare)}")
    if min(weights) < 0 or not any(weights):
        raise TreeError(f"{branch.key}: weights must not be negative, and one must be above 0")


def _node(fields: Fields) -> Node:
    fields = Fields(fields.data, f"node {fields.text('key')!r}", TreeError)
    fields.only("key", "name", "kind", "points", "weight", "scored", "children")
    return Node(
        key=fields.text("key"),
        name=fields.text("name", default=""),
        kind=fields.text("kind", default=""),
        points=fields.number("points") if fields.data.get("points") is not None else None,
        weight=fields.number("weight") if fields.data.get("weight") is not None else None,
        scored=fields.flag("scored", default=True),
        children=tuple(_node(row) for row in fields.rows("children")) if fields.data.get("children") else (),
    )
