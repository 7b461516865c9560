"""A conclusion as a stable code and the values that its sentence needs; faces put it into words of any language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from zhuoyue.engine.exact import decimal_of


def plain(value: object) -> object:
    """The value as JSON can hold it: decimals and dates as text, sequences as lists."""
    if isinstance(value, Verdict):
        return value.as_data()
    if isinstance(value, Fraction):
        return str(decimal_of(value))
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


@dataclass(frozen=True, slots=True)
class Verdict:
    """`verdict["name"]` reads a value; hashable, so verdicts compare and nest in frozen results."""

    code: str
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: Any) -> Self:
        return cls(code, tuple(params.items()))

    def __getitem__(self, name: str) -> Any:
        return dict(self.params)[name]

    def as_data(self) -> dict[str, object]:
        return {"code": self.code} | {name: plain(value) for name, value in self.params}
