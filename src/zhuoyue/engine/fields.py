"""Reading plain data (a pack's YAML) field by field, with messages that name the place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self, TypeVar

from zhuoyue.engine.exact import NumberError, decimal_of, written

Choice = TypeVar("Choice", bound=StrEnum)


def doubles(keys: Iterable[str]) -> list[str]:
    """The keys that occur more than once, sorted."""
    return sorted(key for key, times in Counter(keys).items() if times > 1)


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of the data. `where` opens every message; `error` is the subject's own error."""

    data: Mapping[str, Any]
    where: str
    error: type[ValueError]

    def __post_init__(self) -> None:
        if not isinstance(self.data, Mapping):
            raise self.error(f"{self.where}: must be a mapping of names to values, not {self.data!r}")

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def refuse(self, sentence: str) -> ValueError:
        return self.error(f"{self.where}: {sentence}")

    def only(self, *allowed: str) -> None:
        unknown = sorted(set(map(str, self.data)) - set(allowed))
        if unknown:
            raise self.refuse(f"unknown {', '.join(unknown)}; known are: {', '.join(sorted(allowed))}")

    def text(self, name: str, *, default: str | None = None) -> str:
        value = self.data.get(name, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self.refuse(f"{name} must be a text, not {value!r}")
        return value

    def number(self, name: str) -> Decimal:
        if name not in self.data:
            raise self.refuse(f"{name} is missing")
        try:
            return decimal_of(written(self.data[name], what=name))
        except NumberError as error:
            raise self.refuse(str(error)) from error

    def positive(self, name: str) -> Decimal:
        value = self.number(name)
        if value <= 0:
            raise self.refuse(f"{name} is {value}; it must be above 0")
        return value

    def not_negative(self, name: str) -> Decimal:
        value = self.number(name)
        if value < 0:
            raise self.refuse(f"{name} is {value}; it must not be negative")
        return value

    def count(self, name: str) -> int:
        value = self.not_negative(name)
        if value % 1:
            raise self.refuse(f"{name} is {value}; it must be a whole number")
        return int(value)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse(f"{name} must be true or false, not {value!r}")
        return value

    def choice(self, name: str, options: type[Choice], *, default: Choice | None = None) -> Choice:
        value = self.data.get(name, default)
        if value not in list(options):
            raise self.refuse(f"{name} is {value!r}; it must be one of: {', '.join(options)}")
        return options(value)

    def list_of(self, name: str) -> Sequence[Any]:
        rows = self.data.get(name)
        if isinstance(rows, str) or not isinstance(rows, Sequence) or not rows:
            raise self.refuse(f"{name} must be a list with at least one entry")
        return rows

    def inner(self, name: str) -> Self:
        if name not in self.data:
            raise self.refuse(f"{name} is missing")
        return type(self)(self.data[name], f"{self.where}, {name}", self.error)

    def rows(self, name: str) -> list[Self]:
        """The mappings of a list; a bare text stands for a mapping with that key alone."""
        return [
            type(self)({"key": row} if isinstance(row, str) else row, f"{self.where}, {name} {place}", self.error)
            for place, row in enumerate(self.list_of(name), 1)
        ]
