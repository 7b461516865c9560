"""Exact numbers: read from decimals, reckoned as fractions, handed out as decimals.

A mean of three has no finite decimal. Reckoning in fractions keeps equal totals equal and a total that reaches a
threshold on it, whatever the nesting; the decimal handed out is rounded once, at 50 significant digits.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction

Number = Decimal | Fraction | int | str

_CONTEXT = Context(prec=50, rounding=ROUND_HALF_EVEN)


class NumberError(ValueError):
    """Something that is not an exact number."""


def exact(value: object, *, what: str = "value") -> Fraction:
    """The number as given. Floats are refused: 0.1 as a float is not a tenth."""
    if isinstance(value, str):
        return _from_text(value, what=what)
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | int):
        raise NumberError(f"{what} is {value!r}, not an exact number; write it as text, a whole number or a decimal")
    if isinstance(value, Decimal) and not value.is_finite():
        raise NumberError(f"{what} is {value}, which is not a finite number")
    return Fraction(value)


def written(value: object, *, what: str = "value") -> Fraction:
    """A number out of a data file, where `0.6` arrives as a float: its shortest text is what the author wrote."""
    return _from_text(float.__repr__(value), what=what) if isinstance(value, float) else exact(value, what=what)


def decimal_of(value: Fraction) -> Decimal:
    """Exact when the decimal ends within 50 significant digits, else correctly rounded there."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _from_text(text: str, *, what: str) -> Fraction:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise NumberError(f"{what} is {text!r}, which does not read as a number") from None
    return exact(number, what=what)
