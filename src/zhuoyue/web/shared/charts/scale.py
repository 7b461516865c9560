"""Numbers to places."""

from decimal import Decimal

HUNDRED = Decimal(100)


def across(value: Decimal) -> str:
    """A share of the width, as SVG writes it: two decimals are a tenth of a pixel on a wide screen."""
    return f"{value.quantize(Decimal('0.01'))}%"


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Percent of the whole, held between 0 and 100; of nothing it is nothing."""
    if not whole:
        return Decimal(0)
    return min(max(Decimal(part) * HUNDRED / Decimal(whole), Decimal(0)), HUNDRED)
