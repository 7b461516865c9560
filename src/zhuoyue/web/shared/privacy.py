"""What a signed-in person saw stays with them: no browser keeps it, and signing out empties what it holds."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def unkept(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answers to a session are not to be stored, neither pages nor papers.

    Asked by the cookie, not by the person: a session that has just ended saw private pages too.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            response.headers.setdefault("Cache-Control", "private, no-store")
            if request.path == settings.LOGOUT_URL and request.method == "POST":
                response["Clear-Site-Data"] = '"cache"'
        return response

    return answer
