"""Answers to what went wrong, in words: what happened, what is kept, what to do now."""

import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from zhuoyue.kernel.kept import typed_fields

logger = logging.getLogger(__name__)
WORDED = {400: "shared/errors/400.html", 405: "shared/errors/405.html", 413: "shared/errors/413.html"}


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """What was refused before anybody knew who asks (a foreign Host header) is answered as to a visitor."""
    if not hasattr(request, "user"):
        request.user = AnonymousUser()
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _page(request, WORDED[status], status)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The exception carries the rule that refused, in words for the person."""
    return _page(request, "shared/errors/403.html", 403, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The same bytes whether the thing is missing or hidden."""
    return _page(request, "shared/errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """With a number to quote, found again in the log; a page that needs neither database nor session."""
    number = secrets.token_hex(4)
    logger.error("server error %s at %s %s", number, request.method, request.path, exc_info=sys.exc_info())
    return HttpResponse(loader.render_to_string("shared/errors/500.html", {"number": number}), status=500)


def worded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: gives bare refusals (405 and the like) their page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code not in WORDED or getattr(response, "streaming", False) or response.content:
            return response
        page = _page(request, WORDED[response.status_code], response.status_code)
        if "Allow" in response:
            page["Allow"] = response["Allow"]
        return page

    return answer


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form. Silence counts as no."""
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin:
        return origin == own
    came_from = urlsplit(request.headers.get("Referer", ""))
    return f"{came_from.scheme}://{came_from.netloc}" == own


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """A stale form of our own is offered again with a fresh token and all that was typed.

    A form from elsewhere is not, nor one with a secret in it: secrets are never written into a page.
    """
    kept = typed_fields(request) if same_origin(request) else []
    context = {
        "kept": kept,
        "files": list(request.FILES) if kept else [],
        "again": request.get_full_path(),
        "own": same_origin(request),
    }
    return render(request, "shared/csrf_failure.html", context, status=403)
