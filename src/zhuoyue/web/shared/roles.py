"""The roles of a person, for the frame and for where they begin. Asked only on pages for signed-in people."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhuoyue.domain.accounts.enums import Face
from zhuoyue.kernel import access

# (permission, face, name of the first page), the heavier role first
_ROLES = (
    ("programmes.office", Face.OFFICE, "secretariat:home"),
    ("review.be_juror", Face.JURY, "jury:home"),
    ("review.be_expert", Face.EXPERT, "expert:home"),
    ("orgs.be_recommender", Face.RECOMMENDER, "recommender:home"),
    ("orgs.be_applicant", Face.APPLICANT, "applicant:home"),
    ("accounts.administer", Face.ADMINISTRATOR, "account:installation"),
)
INSTALLATION = frozenset(
    f"account:{name}" for name in ("installation", "found_body", "require_second_factor", "read_letter")
)


def roles_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Every role that the person holds now, with the address of its first page."""
    if not request.user.is_authenticated:
        return []
    return [
        {"label": str(face.label), "url": reverse(name), "current": request.path.startswith(reverse(name))}
        for permission, face, name in _ROLES
        if access.allowed(permission, request.user)
    ]


def faces_of(person: Any) -> list[Face]:
    """The faces behind which the person works now."""
    return [face for permission, face, _name in _ROLES if access.allowed(permission, person)]


def face_of(address: str) -> Face | None:
    """The face that an address belongs to, by its name with the namespace; None: to nobody's in particular."""
    if address in INSTALLATION:
        return Face.ADMINISTRATOR
    app = address.partition(":")[0]
    return next((face for _permission, face, name in _ROLES[:-1] if name.partition(":")[0] == app), None)
