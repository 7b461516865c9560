"""What a person chose of language and appearance, kept in cookies: the first byte of a page depends on no session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhuoyue.web.shared.context import THEME_COOKIE

A_YEAR = 365 * 24 * 60 * 60


def keep(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())


def keep_those_of(person: Any, request: HttpRequest, response: HttpResponse) -> None:
    """At sign-in: whoever used this computer before leaves them nothing to undo."""
    keep(request, response, settings.LANGUAGE_COOKIE_NAME, person.language)
    keep(request, response, THEME_COOKIE, person.theme)
