"""Who is who, before any organisation comes into it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.kernel.access import HIDDEN, permission


def is_signed_in(by: Any, _obj: Any) -> bool:
    return bool(by.is_authenticated)


def is_administrator(by: Any, _obj: Any) -> bool:
    """Keeps the installation running; sees no application, score or vote by that alone."""
    return bool(by.is_authenticated and by.is_administrator)


ADMINISTER = permission("accounts.administer", (is_signed_in, _("请先登录。")), (is_administrator, HIDDEN))
GALLERY = permission("shared.gallery", (is_signed_in, _("请先登录。")), (is_administrator, HIDDEN))
