"""Finding by name or number. Each app declares what of it can be found, from its `apps.py`, and by whose eyes.

A source finds exactly what the pages behind its links would show the person, and nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from zhuoyue.kernel import access

SHORTEST = 2
MOST = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """`key` of the thing found: what the link of the source needs."""

    key: Any
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """`link` names the page that opens a hit (`kernel.links`). `found(person, text)` gives at most MOST."""

    key: str
    title: str | Promise
    order: int
    link: str
    found: Callable[[Any, str], list[Hit]]


_sources: dict[str, Source] = {}


def declare(*sources: Source) -> None:
    for source in sources:
        if source.key in _sources:
            raise ValueError(f"{source.key!r} is searched twice")
        _sources[source.key] = source


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)


def found_for(person: Any, text: str) -> dict[str, list[Hit]]:
    """Hits by the key of their source, in order; nothing for fewer than SHORTEST characters."""
    text = text.strip()
    long_enough = len(text) >= SHORTEST
    return {source.key: source.found(person, text) if long_enough else [] for source in sources()}


def opened_by(permission: str, person: Any, things: Iterable[Any]) -> list[Any]:
    """What the page behind each hit would open for the person: the same permission is asked here."""
    return [thing for thing in things if access.allowed(permission, person, thing)]
