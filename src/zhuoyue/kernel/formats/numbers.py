"""Numbers, shown. Decimal in, text out; halves round away from zero, as regulations here are read."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

NOTHING = "–"
UNITS = ("B", "KB", "MB", "GB", "TB")
STEP = 1024
_ENOUGH_DIGITS = 60


def rounded(value: Decimal | int, places: int, thresholds: Iterable[Decimal | int] = ()) -> Decimal:
    """`value` at `places` decimals, or at as many more as keep it on its own side of every threshold.

    69.96 at one place is 70.0, which a reader would take for a pass at 70: with that threshold it stays 69.96.
    """
    exact = Decimal(value)
    bounds = [Decimal(bound) for bound in thresholds]
    with localcontext(prec=_ENOUGH_DIGITS):
        while True:
            shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if all(shown.compare(bound) == exact.compare(bound) for bound in bounds):
                return shown
            places += 1


def plain(value: Decimal | int) -> str:
    """The value itself: no exponent, no zeros that say nothing."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """With thousands set apart; `places` decimals, or the value's own."""
    if value is None:
        return NOTHING
    if places is None:
        return f"{Decimal(plain(value)):,f}"
    return f"{rounded(value, places):,f}"


def percent(value: Decimal | int | None, places: int = 0, thresholds: Iterable[Decimal | int] = ()) -> str:
    """`value` is in percent: 70 is shown as 70%. Never rounded across a threshold."""
    return NOTHING if value is None else f"{rounded(value, places, thresholds):f}%"


def share(part: Decimal | int, whole: Decimal | int, places: int = 0, thresholds: Iterable[Decimal | int] = ()) -> str:
    """Part of whole in percent; a part that is not all is never shown as 100%, nor one that is something as 0%."""
    if not whole:
        return NOTHING
    return percent(Decimal(part) * 100 / Decimal(whole), places, (0, 100, *thresholds))


def file_size(size: int) -> str:
    """In steps of 1024, as file managers show it: three digits at most, and one decimal below ten."""
    amount, unit = Decimal(size), 0
    while amount.quantize(Decimal(1), ROUND_HALF_UP) >= STEP and unit < len(UNITS) - 1:
        amount, unit = amount / STEP, unit + 1
    small = unit > 0 and amount < 10  # noqa: PLR2004 - one digit before the point
    return f"{plain(rounded(amount, 1 if small else 0))} {UNITS[unit]}"
