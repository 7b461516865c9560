"""What scorebooks that were handed in come to, as it is kept beside their items; and whether it still holds.

The items are the record. What is kept can be made anew from them at any time, and is never read for an open scorebook.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.models import ItemScore, Scorebook
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.domain.judging.queries.totals import Sheet, total_of
from zhuoyue.engine.exact import decimal_of
from zhuoyue.engine.scoring import chapter_shares

NOTHING: Mapping[str, Any] = {
    "total_numerator": None,
    "total_denominator": None,
    "total_most": None,
    "value_mean": None,
    "chapters": {},
}
KEPT = tuple(NOTHING)
PLACES = Decimal("0.0001")
_COMMON = 10_000  # totals of one edition share a denominator wherever they end within four places: sums stay short
_LARGEST = 2**53  # sums of hundreds fit into the whole numbers of every database
_PART = 500  # scorebooks recounted at a time


def kept_of(book: Scorebook, values: Mapping[UUID, Decimal | None]) -> Mapping[str, Any]:
    """The fields of `KEPT`, by the engine from the values by item; `NOTHING` where there is no total.

    Nothing is kept either of a number too large for the columns; whoever needs it counts again.
    """
    nodes = scored_nodes(book.edition)
    total = total_of(nodes, Sheet(book.scales, {node.code: values.get(node.pk) for node in nodes}))
    number = total.explanation.exact
    if number is None:
        return NOTHING
    denominator = lcm(_COMMON, number.denominator)
    numerator = number.numerator * (denominator // number.denominator)
    if max(numerator, denominator) > _LARGEST:
        return NOTHING
    shares = {code: share for code, share in chapter_shares(total).items() if share is not None}
    said = [value for node in nodes if (value := values.get(node.pk)) is not None]
    return {
        "total_numerator": numerator,
        "total_denominator": denominator,
        "total_most": total.maximum,
        "value_mean": (sum(said, Decimal(0)) / len(said)).quantize(PLACES),
        "chapters": {code: str(decimal_of(share)) for code, share in shares.items()},
    }


def exact_of(numerator: int, denominator: int) -> Fraction:
    return Fraction(int(numerator), int(denominator))


def recounted(books: Any = None) -> Iterator[tuple[Scorebook, dict[str, tuple[Any, Any]]]]:
    """Every scorebook that keeps other than its items come to: field -> (what is kept, what it should be)."""
    whole = Prefetch("items", ItemScore.objects.only("scorebook", "node", "value", "done"))
    found = (Scorebook.objects.all() if books is None else books).select_related("edition").prefetch_related(whole)
    for book in found.order_by("pk").iterator(_PART):
        items = list(book.items.all())
        kept = NOTHING
        if book.state == ScorebookState.SUBMITTED:
            kept = kept_of(book, {item.node_id: item.value for item in items})
        should = {**kept, "done_count": sum(item.done for item in items)}
        differs = {name: (getattr(book, name), value) for name, value in should.items() if getattr(book, name) != value}
        if differs:
            yield book, differs
