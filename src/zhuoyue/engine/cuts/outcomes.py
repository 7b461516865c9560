"""What a cut says: who is in, who is out and why, and what it leaves for people to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhuoyue.engine.cuts.rules import CutError
from zhuoyue.engine.exact import Number, NumberError, exact
from zhuoyue.engine.verdict import Verdict


class Status(StrEnum):
    """TIED, CONTESTED and UNSCORED wait for people: the rule alone does not decide them."""

    IN = "in"
    OUT = "out"
    TIED = "tied"
    CONTESTED = "contested"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is None while it is not known; higher is better. `labels` holds category, tier, size and the like."""

    key: str
    score: Number | None
    labels: Mapping[str, str] = field(default_factory=dict)
    exact_score: Fraction | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            reading = None if self.score is None else exact(self.score, what=f"score of {self.key}")
        except NumberError as error:
            raise CutError(str(error)) from error
        object.__setattr__(self, "exact_score", reading)

    def label(self, name: str) -> str:
        if name not in self.labels:
            raise CutError(f"candidate {self.key} has no {name!r}, which the rule asks for")
        return self.labels[name]


@dataclass(frozen=True, slots=True)
class Decision:
    """`reasons` run from the outermost rule to the one that settled it."""

    key: str
    status: Status
    reasons: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal scores across the line of `rule`: `places` of these `candidates` can be in.

    `reserved` names how many of those places belong to a reservation: (label, value, places).
    """

    rule: str
    score: Decimal
    candidates: tuple[str, ...]
    places: int
    reserved: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`decided` lists every candidate, best score first and equals by key; `unmet` what the rule could not fill."""

    decided: tuple[Decision, ...]
    tied: tuple[Tie, ...]
    unmet: tuple[Verdict, ...]

    def keys(self, status: Status) -> tuple[str, ...]:
        return tuple(decision.key for decision in self.decided if decision.status is status)

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.keys(Status.IN)

    @property
    def is_final(self) -> bool:
        """Whether nothing waits for people."""
        return all(decision.status in {Status.IN, Status.OUT} for decision in self.decided)
