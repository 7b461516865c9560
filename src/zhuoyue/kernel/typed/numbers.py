"""Numbers and days out of requests. A text of any length and any script is answered, none of them raises."""

import re
from datetime import date
from decimal import Decimal

from zhuoyue.kernel.typed.words import folded, narrow

_DIGITS = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_ONE_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
# More digits say nothing of a measured thing, and sums of them cost time.
_LONGEST = 40
# Windows of filters reach a day beyond the day named; the ends of the calendar leave no room for it.
FIRST_YEAR, LAST_YEAR = 1800, 2999


def whole(text: object, *, least: int = 0, most: int = 999_999_999, otherwise: int) -> int:
    """A whole number from `least` to `most`, the nearer end where it lies beyond; `otherwise` where it is none."""
    digits = narrow(str(text or "")).strip()
    if not _DIGITS.fullmatch(digits):
        return otherwise
    return min(max(int(digits), least), most)


def version(text: object) -> int:
    """The version that a form started from. Nonsense and silence count as none (0), which is older than any."""
    return whole(text, otherwise=0)


def day(text: object) -> date | None:
    """A day of a filter, as browsers send it (2021-06-30); None where it is none that a filter can take."""
    written = narrow(str(text or "")).strip()
    if not _DAY.fullmatch(written):
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def number(text: str) -> Decimal | None:
    """A typed number: half- or full-width, a percent sign behind it, thousands set apart by commas.

    None where it is none, and where it can be read in two ways (98,5): the page then asks, see `readings`.
    """
    written = _bare(text)
    if len(written) > _LONGEST:
        return None
    if _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    return Decimal(written) if _PLAIN.fullmatch(written) else None


def readings(text: str) -> tuple[str, str] | None:
    """What a number with a stray comma may mean, with a point and without: 98,5 is 98.5 or 985. None: no such."""
    pair = _ONE_COMMA.fullmatch(_bare(text))
    return None if pair is None or number(text) is not None else (f"{pair[1]}.{pair[2]}", f"{pair[1]}{pair[2]}")


def _bare(text: str) -> str:
    return narrow(folded(text)).replace("\u2212", "-").rstrip("%").strip()
