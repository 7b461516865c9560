"""Whose a dossier is. An app that opens dossiers declares itself here, once, from its `apps.py`.

    owners.declare(Owner("application", see=OWN, edit=EDIT, go_on=SUBMIT, thing_of=..., desk=...))

This room asks the owner and never looks up: who may read and write a dossier, until when, and what comes after it is
for the owning app to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhuoyue.domain.dossiers.desk import Desk
from zhuoyue.domain.dossiers.models import Dossier


class UnknownOwnerError(LookupError):
    """A dossier was opened under a key that no app has declared."""


@dataclass(frozen=True, slots=True)
class Owner:
    """`see`, `edit` and `go_on` name permissions on the owning thing: to open the desk, to write, the next step.

    `thing_of` gives the owning thing of a dossier, None while there is none. `desk` lays the desk for a person.
    """

    key: str
    see: str
    edit: str
    go_on: str
    thing_of: Callable[[Dossier], Any | None]
    desk: Callable[[Any, Any], Desk]


_owners: dict[str, Owner] = {}


def declare(owner: Owner) -> None:
    if owner.key in _owners:
        raise ValueError(f"the owner {owner.key!r} of dossiers is declared twice")
    _owners[owner.key] = owner


def owner_named(key: str) -> Owner:
    """Raises UnknownOwnerError."""
    try:
        return _owners[key]
    except KeyError:
        raise UnknownOwnerError(key) from None


def owner_of(dossier: Dossier) -> Owner:
    return owner_named(dossier.owner)
