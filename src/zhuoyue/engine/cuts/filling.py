"""Places filled from the best score down, some of them reserved.

Equal scores are handled together. A candidate of a reserved kind takes a reserved place while there is one, else a
free one. If the equals want more free places than are left, each of those that some way of ordering them would admit
is tied; the others are settled. (The admissible sets form a matroid, so how a tie ends changes nothing further down.)
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from zhuoyue.engine.cuts.outcomes import Candidate, Decision, Status, Tie
from zhuoyue.engine.cuts.rules import CutError, Reservation, Unfilled
from zhuoyue.engine.exact import decimal_of
from zhuoyue.engine.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Filled:
    decisions: tuple[Decision, ...]
    ties: tuple[Tie, ...]
    unmet: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class _Equals:
    """Candidates of one score, sorted into those in, tied and out, and the places that the tied ones share."""

    admitted: Sequence[Candidate]
    tied: Sequence[Candidate]
    refused: Sequence[Candidate]
    places: int = 0
    reserved: tuple[tuple[str, str, int], ...] = ()


class _Places:
    """The places still open while the list is walked down."""

    def __init__(self, free: int, left: dict[Reservation, int]) -> None:
        self.free = free
        self.left = left

    def admit(self, equals: Sequence[tuple[Candidate, Reservation | None]]) -> _Equals:
        wanting: dict[Reservation | None, list[Candidate]] = {}
        for candidate, kind in equals:
            wanting.setdefault(kind, []).append(candidate)
        over = {kind: max(0, len(them) - self._held(kind)) for kind, them in wanting.items()}
        fits = sum(over.values()) <= self.free
        admitted = [one for kind, them in wanting.items() if fits or not over[kind] for one in them]
        short = [] if fits else [kind for kind in wanting if over[kind]]
        open_to = [kind for kind in short if self._held(kind) or self.free]
        result = _Equals(
            admitted=admitted,
            tied=[one for kind in open_to for one in wanting[kind]],
            refused=[one for kind in short if kind not in open_to for one in wanting[kind]],
            places=self.free + sum(self._held(kind) for kind in open_to),
            reserved=tuple((kind.label, kind.value, self.left[kind]) for kind in open_to if kind and self.left[kind]),
        )
        self.free -= sum(over.values()) if fits else self.free
        for kind, them in wanting.items():
            if kind is not None:
                self.left[kind] = max(0, self.left[kind] - len(them))
        return result

    def _held(self, kind: Reservation | None) -> int:
        return 0 if kind is None else self.left[kind]


def fill(
    candidates: Iterable[Candidate],
    places: int,
    *,
    rule: str,
    reservations: Sequence[Reservation] = (),
    unfilled: Unfilled = Unfilled.VACANT,
    preferred: Collection[str] = (),
) -> Filled:
    """All candidates must have a score. `preferred` stand ahead of those equal to them."""
    ranked = sorted(candidates, key=lambda one: (-_score(one), one.key not in preferred, one.key))
    kinds = {one.key: _kind_of(one, reservations) for one in ranked}
    members = {kind: sum(found == kind for found in kinds.values()) for kind in reservations}
    left = {kind: min(kind.places, members[kind]) if unfilled is Unfilled.RELEASE else kind.places for kind in members}
    if sum(left.values()) > places:
        raise CutError(f"{rule}: {sum(left.values())} places are reserved, but there are only {places}")
    room = _Places(places - sum(left.values()), left)
    decisions: list[Decision] = []
    ties: list[Tie] = []
    held = sum(kind.places for kind in reservations)
    ranks = _ranks(ranked)
    for _, group in groupby(ranked, key=lambda one: (_score(one), one.key in preferred)):
        equals = room.admit([(one, kinds[one.key]) for one in group])
        decisions += _decide(equals, ranks, places=places, held=held, rule=rule, kinds=kinds, preferred=preferred)
        if equals.tied:
            keys = tuple(sorted(one.key for one in equals.tied))
            score = decimal_of(_score(equals.tied[0]))
            ties.append(Tie(rule, score, keys, equals.places, equals.reserved))
    return Filled(tuple(decisions), tuple(ties), tuple(_unmet(rule, places, room, members)))


def _decide(
    equals: _Equals,
    ranks: dict[str, int],
    *,
    places: int,
    held: int,
    rule: str,
    kinds: dict[str, Reservation | None],
    preferred: Collection[str],
) -> Iterator[Decision]:
    for status, them in ((Status.IN, equals.admitted), (Status.TIED, equals.tied), (Status.OUT, equals.refused)):
        for one in them:
            rank, kind = ranks[one.key], kinds[one.key]
            common = {"rule": rule, "rank": rank, "places": places, "score": decimal_of(_score(one))}
            if status is Status.TIED:
                reason = Verdict.of("tied_across_line", **common, places_left=equals.places)
            elif status is Status.OUT:
                reason = Verdict.of("beyond_places", **common, reserved=held)
            elif rank > places and kind:
                reason = Verdict.of("reserved_place", **common, label=kind.label, value=kind.value)
            else:
                reason = Verdict.of("within_places", **common)
            chosen = (Verdict.of("put_ahead_in_tie", rule=rule),) if one.key in preferred else ()
            yield Decision(one.key, status, (reason, *chosen))


def _unmet(rule: str, places: int, room: _Places, members: dict[Reservation, int]) -> Iterator[Verdict]:
    if room.free:
        yield Verdict.of("places_vacant", rule=rule, places=places, vacant=room.free)
    for kind, count in members.items():
        short = kind.places - min(kind.places, count)
        if short:
            yield Verdict.of(
                "reserved_unfilled",
                rule=rule,
                label=kind.label,
                value=kind.value,
                places=kind.places,
                unfilled=short,
                released=not room.left[kind],
            )


def _kind_of(candidate: Candidate, reservations: Sequence[Reservation]) -> Reservation | None:
    found = [kind for kind in reservations if candidate.label(kind.label) == kind.value]
    if len(found) > 1:
        names = ", ".join(f"{kind.label}={kind.value}" for kind in found)
        raise CutError(
            f"candidate {candidate.key} falls under two reservations ({names}); people must decide between them"
        )
    return found[0] if found else None


def _ranks(ranked: Sequence[Candidate]) -> dict[str, int]:
    """1 + the number of strictly better scores."""
    ranks: dict[str, int] = {}
    place = 1
    for _, group in groupby(ranked, key=_score):
        equals = list(group)
        ranks |= dict.fromkeys((one.key for one in equals), place)
        place += len(equals)
    return ranks


def _score(candidate: Candidate) -> Fraction:
    return candidate.exact_score if candidate.exact_score is not None else Fraction(0)
