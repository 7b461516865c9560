"""Named permissions: default deny, and every refusal carries its reason.

A permission is a row of conditions, each a `rules` predicate of (person, object) and the words that are said when it
does not hold. Conditions are tried in order; the first that fails is the refusal. `HIDDEN` in place of words means:
answer as if the object did not exist.

Whoever is not authenticated is a visitor: for them every permission ends hidden that is not declared for visitors,
even where its conditions hold. So no condition can forget to ask whether the person is who the address says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from rules.predicates import predicate

Words = str | Promise
Predicate = Callable[[Any, Any], bool]
HIDDEN = ""


class UnknownPermissionError(LookupError):
    """Asked for by a name that no `rules.py` declares."""


class RefusedError(Exception):
    """The person may not. `hidden`: the answer must equal that of an object that does not exist."""

    def __init__(self, permission: str, reason: Words) -> None:
        super().__init__(str(reason))
        self.permission = permission
        self.reason = reason
        self.hidden = reason == HIDDEN


@dataclass(frozen=True, slots=True)
class Condition:
    holds: Predicate
    otherwise: Words


_conditions: dict[str, tuple[Condition, ...]] = {}
_for_visitors: set[str] = set()


def permission(name: str, *rows: tuple[Predicate, Words], for_visitors: bool = False) -> str:
    """Declare `name`; every row must hold. Declared once, in the `rules.py` of its app.

    `for_visitors`: the conditions are put to people who have not signed in too; otherwise those are asked to first.
    """
    if name in _conditions:
        raise ValueError(f"permission {name!r} is declared twice")
    if not rows:
        raise ValueError(f"permission {name!r} has no condition: default is deny")
    _conditions[name] = tuple(
        Condition(predicate(holds), otherwise)  # type: ignore[no-untyped-call]  # the library carries no types
        for holds, otherwise in rows
    )
    if for_visitors:
        _for_visitors.add(name)
    return name


def is_for_visitors(name: str) -> bool:
    return name in _for_visitors


def names() -> tuple[str, ...]:
    return tuple(sorted(_conditions))


def conditions_of(name: str) -> tuple[Condition, ...]:
    try:
        return _conditions[name]
    except KeyError:
        raise UnknownPermissionError(name) from None


def refusal(name: str, by: Any, obj: Any = None) -> RefusedError | None:
    """Why `by` may not do `name` on `obj`; None when they may."""
    for condition in conditions_of(name):
        if not condition.holds(by, obj):
            return RefusedError(name, condition.otherwise)
    if name not in _for_visitors and not getattr(by, "is_authenticated", True):
        return RefusedError(name, HIDDEN)
    return None


def check(name: str, by: Any, obj: Any = None) -> None:
    """Raise RefusedError unless `by` may do `name` on `obj`."""
    refused = refusal(name, by, obj)
    if refused is not None:
        raise refused


def allowed(name: str, by: Any, obj: Any = None) -> bool:
    return refusal(name, by, obj) is None
