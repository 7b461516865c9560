"""The items of a scorebook in their order: the rail, where one stands in it, and which item comes next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.kernel import formats
from zhuoyue.web.shared.titles import titled

Items = Mapping[UUID, ItemScore]


def state_of(item: ItemScore | None) -> str:
    """done, part, or nothing yet."""
    if item is None:
        return ""
    begun = item.value is not None or item.dimensions or item.strengths or item.gaps
    return "done" if item.done else "part" if begun else ""


def rail_of(
    nodes: Sequence[Node], items: Items, url_of: Callable[[str], str], node: Node | None = None
) -> dict[str, Any]:
    """Context of the rail and the bar, at an item or at the whole. `url_of` gives the address of an item's code."""
    groups: list[dict[str, Any]] = []
    for entry in nodes:
        parent = titled(entry.parent) if entry.parent else ""
        if not groups or groups[-1]["label"] != parent:
            groups.append({"label": parent, "items": []})
        item = items.get(entry.pk)
        groups[-1]["items"].append(
            {
                "label": f"{entry.code} {titled(entry)}",
                "url": url_of(entry.code),
                "state": state_of(item),
                "value": formats.plain(item.value) if item is not None and item.value is not None else None,
                "current": node is not None and entry.pk == node.pk,
                "done": item is not None and item.done,
            }
        )
    place = next((n for n, entry in enumerate(nodes) if node is not None and entry.pk == node.pk), None)
    return {
        "groups": groups,
        "done": sum(item.done for item in items.values()),
        "total": len(nodes),
        "position": (place or 0) + 1,
        "before": nodes[place - 1] if place else None,
        "after": nodes[place + 1] if place is not None and place + 1 < len(nodes) else None,
        "nodes": nodes,
        "items": items,
    }


def unfinished_after(nodes: Sequence[Node], items: Items, after: Node | None = None) -> Node | None:
    """The first item after `after` that is not done, then from the beginning; None when all are."""
    open_nodes = [node for node in nodes if node.pk not in items or not items[node.pk].done]
    later = [node for node in open_nodes if after is not None and node.position > after.position]
    return next(iter(later or open_nodes), None)
