"""Numbers that people quote: of applications and of receipts, each in a series of its own cycle, without gaps."""

from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.kernel.numbers import draw

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def letters_of(position: int) -> str:
    """A to Z without I and O, then AA, AB and so on: no two positions are named alike."""
    rest, letter = divmod(position, len(LETTERS))
    return (letters_of(rest - 1) if rest else "") + LETTERS[letter]


def next_application_number(category: Category) -> str:
    """Year or label of the cycle, letters for the category, a serial: 2021-A-0007. Call it inside a transaction."""
    serial = draw("application", scope=category)
    return f"{category.cycle.label}-{letters_of(category.position)}-{serial:04d}"


def next_receipt_number(cycle: Cycle) -> str:
    return f"HZ-{cycle.label}-{draw('receipt', scope=cycle):05d}"
