"""The only place where a score is rounded, and only for the eye."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from zhuoyue.engine.exact import Number, exact

_HALF = Fraction(1, 2)


def display(value: Number, places: int, *, thresholds: Iterable[Number] = ()) -> Decimal:
    """`value` with `places` decimals, half up, on the same side of every threshold as the value itself.

    59.96 beside a threshold of 60 shows as 59.9 with one place, because 60.0 would say that it was reached. Where two
    thresholds stand so close that no number of that many places lies between them, more places are shown.
    """
    number = exact(value)
    lines = [exact(line, what="threshold") for line in thresholds]
    while True:
        units = number * 10**places
        for rounded in (floor(units + _HALF), floor(units), ceil(units)):
            shown = Fraction(rounded, 10**places)
            if all((shown >= line) == (number >= line) for line in lines):
                return Decimal(f"{rounded}E-{places}")
        places += 1
