"""The roles of a person, for the frame and for where they begin. Asked only on pages for signed-in people."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.kernel import access

# permission -> (words, name of the first page), the heavier role first
_ROLES = (
    ("programmes.office", lambda: _("秘书处"), "secretariat:home"),
    ("review.be_juror", lambda: _("审定委员"), "jury:home"),
    ("review.be_expert", lambda: _("专家"), "expert:home"),
    ("orgs.be_recommender", lambda: _("推荐单位"), "recommender:home"),
    ("orgs.be_applicant", lambda: _("申报单位"), "applicant:home"),
)


def roles_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Every role that the person holds now, with the address of its first page."""
    if not request.user.is_authenticated:
        return []
    return [
        {"label": words(), "url": reverse(name), "current": request.path.startswith(reverse(name))}
        for permission, words, name in _ROLES
        if access.allowed(permission, request.user)
    ]
