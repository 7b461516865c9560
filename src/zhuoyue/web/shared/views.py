"""The switches of the frame: language and appearance, kept in a cookie and with the person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from zhuoyue.domain.accounts.actions import change_settings
from zhuoyue.kernel.pages import PUBLIC, SIGNED_IN, page
from zhuoyue.web.shared.context import THEME_COOKIE, THEMES
from zhuoyue.web.shared.errors import same_origin
from zhuoyue.web.shared.preferences import keep


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    return HttpResponseRedirect(target)


def _keep(request: HttpRequest, name: str, cookie: str, value: str, allowed: set[str]) -> HttpResponse:
    """Keep the choice. The switch carries no token, so that one page serves all visitors: the origin is checked."""
    if value not in allowed or not same_origin(request):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        change_settings(by=request.user, **{name: value})
    response = _back(request)
    keep(request, response, cookie, value)
    return response


@csrf_exempt
@page(PUBLIC, methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    return _keep(
        request,
        "language",
        settings.LANGUAGE_COOKIE_NAME,
        request.POST.get("language", ""),
        {code for code, _ in settings.LANGUAGES},
    )


@csrf_exempt
@page(PUBLIC, methods=("POST",))
def theme(request: HttpRequest) -> HttpResponse:
    return _keep(request, "theme", THEME_COOKIE, request.POST.get("theme", ""), set(THEMES))


@page(SIGNED_IN)
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where a sign-in made from an expired form ends: back to the other tab."""
    return render(request, "shared/signed_in.html")
