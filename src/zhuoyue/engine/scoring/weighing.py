"""The number of a composite alone, for thousands at once: what `composite_of` explains, without the explanation."""

from collections.abc import Iterable
from fractions import Fraction


def weighed(parts: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """The weighted mean of (exact part on a common scale, weight). None while a part is missing, as for a Total."""
    total, weights = Fraction(0), Fraction(0)
    for part, weight in parts:
        if part is None:
            return None
        total += part * weight
        weights += weight
    return total / weights if weights else None
