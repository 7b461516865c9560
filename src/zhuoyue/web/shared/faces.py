"""The faces of the house that people work behind. Each declares itself from its `apps.py`.

Only pages for signed-in people ask for the roles of a person: their frame, and where they begin.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from zhuoyue.kernel import access


@dataclass(frozen=True, slots=True)
class Face:
    """`home` names the address of the first page; every address of its namespace is of the face, or `pages` alone.

    `order`: the heavier role first.
    """

    key: str
    label: str | Promise
    permission: str
    home: str
    order: int
    pages: frozenset[str] = frozenset()

    def has(self, address: str) -> bool:
        if self.pages:
            return address in self.pages
        return address.partition(":")[0] == self.home.partition(":")[0]


_faces: dict[str, Face] = {}
_for_all: list[tuple[int, str | Promise, str]] = []


def declare(face: Face) -> None:
    if face.key in _faces:
        raise ValueError(f"the face {face.key!r} is declared twice")
    _faces[face.key] = face


def offer(words: str | Promise, page: str, *, order: int) -> None:
    """A page that everybody is led to when they look for it by name."""
    _for_all.append((order, words, page))


def faces() -> list[Face]:
    return sorted(_faces.values(), key=lambda face: face.order)


def faces_of(person: Any) -> list[Face]:
    """Those behind which the person works now."""
    return [face for face in faces() if access.allowed(face.permission, person)]


def face_of(address: str) -> Face | None:
    """The face that an address belongs to, by its name with the namespace; None: to nobody's in particular."""
    return next((face for face in faces() if face.has(address)), None)


def roles_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Every role that the person holds now, with the address of its first page."""
    if not request.user.is_authenticated:
        return []
    homes = [(str(face.label), reverse(face.home)) for face in faces_of(request.user)]
    return [{"label": label, "url": home, "current": request.path.startswith(home)} for label, home in homes]


def pages_for_all() -> list[dict[str, str]]:
    ordered = sorted(_for_all, key=lambda row: row[0])
    return [{"label": str(words), "url": reverse(page)} for _order, words, page in ordered]
