"""What each subject gives to the office: its places in the frame, and where it shows what the record speaks of.

A subject declares both in its `declared.py`, which is read once the apps are loaded. The frame follows what the
programme is made of: a place without substance there is not offered.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.kernel.subjects import Thing


def always(_cycle: Cycle) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """`page` names an address of the office, of a year where `of_year`; lower `order` stands first."""

    key: str
    words: str | Promise
    page: str
    order: int
    of_year: bool = True
    offered: Callable[[Cycle], bool] = always


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads the record of a year, and what they may open there. `pools`: whose experts they keep."""

    cycle: Cycle
    may_act: bool
    hidden: AbstractSet[UUID]
    pools: AbstractSet[Any]

    def of_year(self, name: str, *args: Any) -> str:
        return reverse(f"secretariat:{name}", args=[self.cycle.slug, *args])


Page = Callable[[Thing, Reader], str]
_places: dict[str, Place] = {}
_pages: dict[str, Page] = {}


def declare(places: tuple[Place, ...], pages: Mapping[str, Page]) -> None:
    for place in places:
        if place.key in _places:
            raise ValueError(f"the place {place.key!r} of the office is declared twice")
        _places[place.key] = place
    for kind, page in pages.items():
        if kind in _pages:
            raise ValueError(f"the page of {kind!r} is declared twice")
        _pages[kind] = page


def places_for(cycle: Cycle | None, current: str = "") -> list[Place]:
    """In order, with the one where the reader is; without a year only what belongs to none."""
    ordered = sorted(_places.values(), key=lambda place: place.order)
    if cycle is None:
        return [place for place in ordered if not place.of_year]
    return [place for place in ordered if place.key == current or place.offered(cycle)]


def address_of(place: Place, cycle: Cycle | None) -> str:
    args = [cycle.slug] if place.of_year and cycle is not None else []
    return reverse(f"secretariat:{place.page}", args=args)


def page_of(thing: Thing, reader: Reader) -> str:
    """Where the office shows it; empty where it has no page."""
    page = _pages.get(thing.kind.name)
    return page(thing, reader) if page is not None else ""


def kinds_with_pages() -> set[str]:
    return set(_pages)


def at(name: str, column: str = "pk") -> Page:
    """The page of what the column names."""
    return lambda thing, _reader: reverse(f"secretariat:{name}", args=[thing.key(column)])


def listed(name: str) -> Page:
    """A list of the year, on which it stands."""
    return lambda _thing, reader: reader.of_year(name)
