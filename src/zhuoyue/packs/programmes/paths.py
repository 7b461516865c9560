"""Paths that stay true when a list is reordered: `phases.registration.end` instead of `phases.0.end`."""

from collections.abc import Sequence
from typing import Any

from zhuoyue.packs.source import RawPath


def name_of(element: Any) -> str | None:
    """The stable name of a list element: its `key`, or a condition's `id`."""
    if isinstance(element, dict):
        for field in ("key", "id"):
            if isinstance(element.get(field), str):
                return str(element[field])
    return None


def label(data: Any, path: Sequence[str | int]) -> str:
    """`path` in words, with every keyed element named by its key."""
    steps: list[str] = []
    node = data
    for step in path:
        node = _child(node, step)
        steps.append((name_of(node) if isinstance(step, int) else None) or str(step))
    return ".".join(steps)


def locate(data: Any, text: str) -> RawPath:
    """The raw path of a labelled one.

    Raises:
        LookupError: when nothing stands there.
    """
    node, path = data, []
    for name in text.split("."):
        step = _step(node, name)
        node = _child(node, step)
        path.append(step)
        if node is None:
            raise LookupError(text)
    return tuple(path)


def resolve(data: Any, text: str) -> Any:
    node = data
    for step in locate(data, text):
        node = node[step]
    return node


def _step(node: Any, name: str) -> str | int:
    if not isinstance(node, Sequence) or isinstance(node, str):
        return name
    for index, element in enumerate(node):
        if name_of(element) == name:
            return index
    return int(name) if name.isdecimal() else name


def _child(node: Any, step: str | int) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None
