"""What a reader from whom the rules hide the applicant is given in place of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mask:
    """`code` stands wherever one of `names` (name, former names, number, credit code) was written."""

    names: tuple[str, ...]
    code: str

    def over(self, value: Any) -> Any:
        """`value` (plain data) with the code in place of the names, the longest name first."""
        if isinstance(value, str):
            for name in sorted(filter(None, self.names), key=len, reverse=True):
                value = value.replace(name, self.code)
            return value
        if isinstance(value, Mapping):
            return {key: self.over(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.over(inner) for inner in value]
        return value
