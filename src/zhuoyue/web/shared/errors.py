"""Answers to what went wrong, in words: what happened, what is kept, what to do now."""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger(__name__)
SECRET_WORDS = ("password", "otp", "code_verifier")
# what belongs to the sending of a form, not to what was typed
ENVELOPE = {"csrfmiddlewaretoken"}
WORDED = {400: "shared/errors/400.html", 405: "shared/errors/405.html", 413: "shared/errors/413.html"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, WORDED[status], status=status)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The exception carries the rule that refused, in words for the person."""
    return render(request, "shared/errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The same bytes whether the thing is missing or hidden."""
    return render(request, "shared/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """With a number to quote, found again in the log; a page that needs neither database nor session."""
    number = secrets.token_hex(4)
    logger.error("server error %s at %s %s", number, request.method, request.path)
    return HttpResponse(loader.render_to_string("shared/errors/500.html", {"number": number}), status=500)


def worded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: gives bare refusals (405 and the like) their page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code not in WORDED or getattr(response, "streaming", False) or response.content:
            return response
        page = render(request, WORDED[response.status_code], status=response.status_code)
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


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values if name not in ENVELOPE]


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """A stale form of our own is offered again with a fresh token and all that was typed.

    A form from elsewhere is not, nor one with a secret in it: secrets are never written into a page.
    """
    kept = typed_fields(request) if same_origin(request) else []
    if any(word in name for name, _ in kept for word in SECRET_WORDS):
        kept = []
    context = {
        "kept": kept,
        "files": list(request.FILES) if kept else [],
        "again": request.get_full_path(),
        "own": same_origin(request),
    }
    return render(request, "shared/csrf_failure.html", context, status=403)
