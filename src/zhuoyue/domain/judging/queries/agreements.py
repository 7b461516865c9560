"""Where an agreement stands: what is left, what the team's totals are, who holds a reservation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.queries.spreads import Spread
from zhuoyue.domain.judging.queries.totals import Sheet, total_of
from zhuoyue.domain.judging.scales import Scales
from zhuoyue.engine import scoring


@dataclass(frozen=True, slots=True)
class Reservation:
    """A member's dissent from an agreed item, by alias. `voice`: the owner's id of the member's scorebook."""

    node: Node
    voice: str
    alias: str
    own: Decimal | None
    agreed: Decimal | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """`low`, `high`: the least and greatest individual total; None where nobody scored every item."""

    agreed: tuple[Spread, ...]
    left: tuple[Spread, ...]
    low: Decimal | None
    high: Decimal | None
    total: scoring.Total
    reservations: tuple[Reservation, ...]


def is_agreed(spread: Spread) -> bool:
    return spread.agreed is not None and spread.agreed.value is not None


def standing_of(spreads: Sequence[Spread], *, own: Scales, team: Scales) -> Standing:
    """`own`: the scales of the members' scorebooks; `team`: those of the agreed one."""
    agreed = tuple(spread for spread in spreads if is_agreed(spread))
    left = tuple(spread for spread in spreads if not is_agreed(spread))
    nodes = sorted((spread.node for spread in spreads), key=lambda node: node.position)
    individual: defaultdict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for spread in spreads:
        for voice in spread.voices:
            individual[voice.alias][spread.node.code] = voice.value
    totals = [total_of(nodes, Sheet(own, values)).value for values in individual.values()]
    whole = [total for total in totals if total is not None]
    values = {spread.node.code: spread.agreed.value if spread.agreed else None for spread in spreads}
    return Standing(
        agreed,
        left,
        min(whole, default=None),
        max(whole, default=None),
        total_of(nodes, Sheet(team, values)),
        tuple(reservation for spread in agreed for reservation in reservations_of(spread)),
    )


def reservations_of(spread: Spread) -> tuple[Reservation, ...]:
    if spread.agreed is None:
        return ()
    own = {voice.alias: voice.value for voice in spread.voices}
    return tuple(
        Reservation(
            spread.node,
            entry["voice"],
            entry["alias"],
            own.get(entry["alias"]),
            spread.agreed.value,
            entry["text"],
            datetime.fromisoformat(entry["at"]),
        )
        for entry in spread.agreed.dissent
    )
