"""What the frame of every page needs.

A face that knows more than this room (a person's roles, the cycles, the line at the foot) supplies it once, from its
`apps.py`; a view may still pass its own `brand`, `nav`, `role`, `roles`, `cycles` or `foot`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhuoyue.kernel import clock
from zhuoyue.kernel.language import in_english

Source = Callable[[HttpRequest], Any]
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
SUPPLIED = ("nav", "brand", "role", "roles", "cycles", "foot", "account_links")
_sources: dict[str, Source] = {}


def supply(name: str, source: Source) -> None:
    """Let `source(request)` answer for `name` on pages that do not say it themselves; asked only when shown."""
    if name not in SUPPLIED:
        raise ValueError(f"the frame shows no {name!r}")
    _sources[name] = source


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE) or getattr(getattr(request, "user", None), "theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def frame(request: HttpRequest) -> dict[str, Any]:
    supplied = {name: SimpleLazyObject(partial(source, request)) for name, source in _sources.items()}
    return {
        "brand": {"title": _("卓越"), "subtitle": "", "url": "/"},
        "html_lang": "en" if in_english() else "zh-Hans",
        "theme": theme_of(request),
        "clock_stands_at": clock.today() if clock.shifted() else None,
        "sign_in_url": settings.LOGIN_URL,
        "sign_out_url": getattr(settings, "LOGOUT_URL", "/account/sign-out/"),
        **supplied,
    }
