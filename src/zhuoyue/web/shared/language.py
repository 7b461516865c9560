"""Chinese first: the language is what the reader chose, and Chinese until they choose."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The cookie decides, not the browser's settings: a Chinese office often runs an English browser."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code

    def process_response(self, request: HttpRequest, response):  # noqa: ANN001, ANN201, ARG002 - Django asks for this signature
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
