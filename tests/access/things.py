"""What the parameters of an address can name: for each way of finding, some things of the world, and their parts."""

import inspect
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from access.addresses import Address
from access.kinds import Finder, Part
from access.principals import Thing
from access.rooms import gathered
from access.world import World

FOUND_BY: dict[str, Finder] = gathered("things", "FOUND_BY")
# parameter, or (address, parameter), for what that name means there
PARTS: dict[str | tuple[str, str], Part | Any] = gathered("things", "PARTS")
# addresses without a parameter for the part they show -> names of the things that have it
HOLDERS: dict[str, tuple[str, ...]] = gathered("things", "HOLDERS")


def way_of(find: Callable[..., Any]) -> str:
    return f"{find.__module__}.{find.__qualname__}".removeprefix("zhuoyue.domain.")


def things_of(address: Address, world: World) -> Iterator[Thing | None]:
    """Those that the address can be about; None alone where it is about nothing in particular."""
    find = address.declared.find
    for thing in FOUND_BY[way_of(find)](world) if find else [None]:
        if thing is None or thing.name in HOLDERS.get(address.name, (thing.name,)):
            yield thing


def parts_of(address: Address) -> dict[str, Part | Any]:
    """Parameter -> what it means, for those that do not find the thing. Raises KeyError for one that no room knows."""
    find = address.declared.find
    taken = inspect.signature(find).parameters if find else ()
    names = [name for name in address.parameters if name not in taken]
    return {name: PARTS[key] if (key := (address.name, name)) in PARTS else PARTS[name] for name in names}


def places(address: Address, world: World) -> Iterator[tuple[Thing | None, dict[str, Any]]]:
    """Things with the whole address of each: with the first of its parts, where the address names one."""
    parts = parts_of(address)
    for thing in things_of(address, world):
        kwargs = dict(thing.kwargs) if thing else {}
        for name, part in parts.items():
            kwargs[name] = next(iter(part.own(world, thing)), None) if isinstance(part, Part) else part
        if None not in kwargs.values():
            yield thing, kwargs


def foreign(address: Address, world: World) -> Iterator[tuple[Thing, str, list[Any]]]:
    """Things, a parameter, and the values of it that are parts of something else."""
    for name, part in parts_of(address).items():
        if isinstance(part, Part):
            for thing in things_of(address, world):
                own = set(part.own(world, thing))
                yield thing, name, [value for value in part.every(world) if value not in own]


def absent(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same parameters, naming nothing."""
    return {
        name: uuid.uuid4() if isinstance(value, uuid.UUID) else f"no-{uuid.uuid4()}" for name, value in kwargs.items()
    }
