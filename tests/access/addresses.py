"""Every address of the house, and values for the parameters that say which part of a thing is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from zhuoyue.kernel.pages import Declared


@dataclass(frozen=True)
class Address:
    name: str
    pattern: str
    declared: Declared
    parameters: tuple[str, ...]

    def url(self, kwargs: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=kwargs)


def _walk(resolver: Any, prefix: str = "", space: str = "", outer: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        named = entry.pattern.converters or entry.pattern.regex.groupindex
        parameters = (*outer, *named)
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{space}:{entry.name}" if space else entry.name
            yield Address(name, pattern, entry.callback.declared, parameters)
        else:
            yield from _walk(entry, pattern, entry.namespace or space, parameters)


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver()))
