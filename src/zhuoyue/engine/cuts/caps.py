"""Caps and floors at several scopes at once, checked against a choice; a breach names its scope and those concerned."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from zhuoyue.engine.cuts.outcomes import Candidate
from zhuoyue.engine.cuts.rules import EACH, Caps, CutError, Limit, Mark
from zhuoyue.engine.verdict import Verdict

Scope = tuple[tuple[str, str], ...]


def check_caps(choice: Iterable[Candidate], caps: Caps, *, pending: Iterable[Candidate] = ()) -> tuple[Verdict, ...]:
    """Empty when the choice keeps every limit.

    `cap_exceeded` lists the candidates to choose from; `floor_unmet` says how many are short and how many `pending`
    (tied, unscored) candidates could still fill it.
    """
    counted = sorted((one for one in choice if not bears(one, caps.outside)), key=lambda one: one.key)
    waiting = [one for one in pending if not bears(one, caps.outside)]
    return tuple(breach for limit in caps.limits for breach in _breaches(limit, counted, waiting))


def concerned(breach: Verdict) -> tuple[str, ...]:
    """The candidates that a breach leaves to choose from; none for an unmet floor."""
    keys: tuple[str, ...] = breach["candidates"] if breach.code == "cap_exceeded" else ()
    return keys


def bears(candidate: Candidate, marks: Sequence[Mark]) -> bool:
    return any(candidate.labels.get(mark.label) == mark.value for mark in marks)


def _breaches(limit: Limit, counted: Sequence[Candidate], waiting: Sequence[Candidate]) -> Iterator[Verdict]:
    for scope in _scopes(limit, counted):
        members = tuple(one.key for one in counted if _within(one, scope))
        common = {"rule": limit.name, "scope": scope, "count": len(members)}
        if limit.at_most is not None and len(members) > limit.at_most:
            yield Verdict.of("cap_exceeded", **common, at_most=limit.at_most, candidates=members)
        if limit.at_least is not None and len(members) < limit.at_least:
            could = sum(_within(one, scope) for one in waiting)
            yield Verdict.of("floor_unmet", **common, at_least=limit.at_least, pending=could)


def _scopes(limit: Limit, counted: Sequence[Candidate]) -> list[Scope]:
    """The scope itself, or one scope per combination of values found where the limit says `each`."""
    if all(value != EACH for _, value in limit.scope):
        return [limit.scope]
    if limit.at_least is not None:
        raise CutError(f"{limit.name}: at_least needs named values; `{EACH}` cannot see a value that nobody has")
    fixed = tuple(pair for pair in limit.scope if pair[1] != EACH)
    found = sorted(
        tuple((label, one.label(label) if value == EACH else value) for label, value in limit.scope)
        for one in counted
        if _within(one, fixed)
    )
    return [scope for scope, _ in groupby(found)]


def _within(candidate: Candidate, scope: Scope) -> bool:
    return all(candidate.label(label) == value for label, value in scope)
