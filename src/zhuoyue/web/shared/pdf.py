"""A page as PDF: the same template on screen, on paper and in the file. Nothing is fetched from outside."""

import json
import logging
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

logger = logging.getLogger(__name__)
WITHIN = 120.0  # seconds
_one_at_a_time = BoundedSemaphore()  # each drawing takes a processor and 100 MB


class PrintingError(RuntimeError):
    """The document could not be drawn; says why, for the log."""


def _folders() -> list[str]:
    """Where static files lie: collected, or with the apps while developing."""
    places = [store.location for finder in finders.get_finders() for store in getattr(finder, "storages", {}).values()]
    return [str(settings.STATIC_ROOT), *map(str, places)]


def render_pdf(request: HttpRequest, template: str, context: dict[str, Any]) -> bytes:
    """Raises PrintingError."""
    html = render_to_string(template, context, request)
    asked = json.dumps({"html": html, "prefix": settings.STATIC_URL, "folders": _folders()})
    command = [sys.executable, "-m", "zhuoyue.web.shared.printing"]
    with _one_at_a_time:
        try:
            done = subprocess.run(command, input=asked.encode(), capture_output=True, timeout=WITHIN, check=True)  # noqa: S603 - our own command
        except subprocess.CalledProcessError as error:
            raise PrintingError(error.stderr.decode(errors="replace")[-2000:]) from error
        except subprocess.TimeoutExpired as error:
            raise PrintingError(str(error)) from error
    return done.stdout


def pdf_response(request: HttpRequest, template: str, context: dict[str, Any], *, name: str) -> HttpResponse:
    """The document as a download called `name`; a page that says what to do where it cannot be drawn now."""
    try:
        pdf = render_pdf(request, template, context)
    except PrintingError:
        logger.exception("no PDF of %s", template)
        return render(request, "shared/errors/503.html", status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
