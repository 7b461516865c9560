"""A page as PDF: the same template on screen, on paper and in the file. Nothing is fetched from outside."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header


class OutsideError(ValueError):
    """A document that asks for an address which is not ours."""


def _own_file(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:
    """The static files of the product, from the disk; everything else is refused."""
    path = unquote(urlsplit(url).path)
    if not path.startswith(settings.STATIC_URL):
        raise OutsideError(url)
    name = path.removeprefix(settings.STATIC_URL)
    place = finders.find(name) or staticfiles_storage.path(name)
    with open(place, "rb") as source:  # noqa: PTH123 - a path that the finder gives as text
        return {
            "string": source.read(),
            "mime_type": "text/css" if name.endswith(".css") else "application/octet-stream",
        }


def render_pdf(request: HttpRequest, template: str, context: dict[str, Any]) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - heavy, and absent where Pango is

    html = render_to_string(template, context, request)
    pdf: bytes = HTML(string=html, base_url="http://document.invalid/", url_fetcher=_own_file).write_pdf()
    return pdf


def pdf_response(request: HttpRequest, template: str, context: dict[str, Any], *, name: str) -> HttpResponse:
    """The document as a download called `name`."""
    response = HttpResponse(render_pdf(request, template, context), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
