"""Cut rules as values. They nest: a floor holds a rule, groups hold rules, caps stand around a rule."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

EACH = "each"


class CutError(ValueError):
    """A rule that contradicts itself, or candidates that it cannot be applied to."""


class Rounding(StrEnum):
    UP = "up"
    DOWN = "down"
    HALF_UP = "half_up"


class Base(StrEnum):
    """What a share is a share of."""

    CANDIDATES = "candidates"
    SCORED = "scored"


class Unfilled(StrEnum):
    """A reserved place that nobody fills stays vacant, or goes to all."""

    VACANT = "vacant"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Top:
    places: int
    name: str = "top"


@dataclass(frozen=True, slots=True)
class Share:
    share: Decimal
    rounding: Rounding
    base: Base = Base.CANDIDATES
    name: str = "share"


@dataclass(frozen=True, slots=True)
class Threshold:
    """`strict`: a score on the line is not enough."""

    at_least: Decimal
    strict: bool = False
    name: str = "threshold"


@dataclass(frozen=True, slots=True)
class Floor:
    """Nobody below the line, whatever places `then` has: they stay vacant."""

    at_least: Decimal
    then: "Rule"
    name: str = "floor"


@dataclass(frozen=True, slots=True)
class Groups:
    """One rule per value of the label `by`; `otherwise` for the values not named."""

    by: str
    rules: tuple[tuple[str, "Rule"], ...]
    otherwise: "Rule | None" = None
    name: str = "groups"


@dataclass(frozen=True, slots=True)
class Reservation:
    """At least `places` for candidates whose `label` is `value`; they compete for the other places as well."""

    label: str
    value: str
    places: int


@dataclass(frozen=True, slots=True)
class Reserved:
    inside: Top | Share
    reservations: tuple[Reservation, ...]
    unfilled: Unfilled = Unfilled.VACANT
    name: str = "reserved"


@dataclass(frozen=True, slots=True)
class Mark:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Candidates with one of the `marks` take no places: `theirs` judges them, `rest` the others."""

    marks: tuple[Mark, ...]
    theirs: "Rule"
    rest: "Rule"
    name: str = "outside"


@dataclass(frozen=True, slots=True)
class Limit:
    """`scope` pairs labels with values; the value `each` stands for every value by itself, no pair for the total."""

    scope: tuple[tuple[str, str], ...] = ()
    at_most: int | None = None
    at_least: int | None = None
    name: str = "cap"


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits that hold together; candidates with one of the `outside` marks are not counted."""

    limits: tuple[Limit, ...]
    outside: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Capped:
    """`then` selects; where that exceeds a cap, the candidates concerned are left for people to choose from."""

    then: "Rule"
    caps: Caps
    name: str = "capped"


Rule: TypeAlias = Top | Share | Threshold | Floor | Groups | Reserved | Outside | Capped
