from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import change_settings, set_first_password
from zhuoyue.domain.accounts.links import DAYS_VALID, open_link_token
from zhuoyue.kernel.pages import PUBLIC, SIGNED_IN, page
from zhuoyue.web.account.forms import FirstPasswordForm, SettingsForm
from zhuoyue.web.shared.faces import roles_of
from zhuoyue.web.shared.preferences import keep_those_of


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Where a person begins: the first of their roles, or the choice of one."""
    roles = roles_of(request)
    if roles:
        return redirect(roles[0]["url"])
    return render(request, "account/welcome.html")


@page(SIGNED_IN)
def own_address(_request: HttpRequest) -> HttpResponse:
    """Where the accounts library sends people who have nothing to prove."""
    return redirect("account:settings")


@page(PUBLIC, methods=("GET", "POST"))
def first(request: HttpRequest, *, token: str) -> HttpResponse:
    """The first sign-in by a signed link: good once, until a day."""
    opened = open_link_token(token)
    if opened.person is None:
        return render(request, "account/link_fault.html", {"fault": opened.fault, "days": DAYS_VALID}, status=410)
    form = FirstPasswordForm(request.POST or None, person=opened.person)
    if request.method == "POST" and form.is_valid():
        done = set_first_password(token=token, password=form.cleaned_data["password"])
        if done.person is None:
            return render(request, "account/link_fault.html", {"fault": done.fault, "days": DAYS_VALID}, status=410)
        login(request, done.person)
        record_authentication(request, done.person, "password", email=done.person.email)
        response = HttpResponseRedirect(_next(request))
        keep_those_of(done.person, request, response)
        return response
    status = 422 if request.method == "POST" else 200
    return render(request, "account/first.html", {"form": form, "person": opened.person}, status=status)


def _next(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else reverse("account:home")


@page(SIGNED_IN, methods=("GET", "POST"))
def settings(request: HttpRequest) -> HttpResponse:
    person = request.user
    form = SettingsForm(request.POST or None, initial={"name": person.name, "phone": person.phone})
    if request.method == "POST" and form.is_valid():
        change_settings(by=person, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("account:settings")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/settings.html", {"form": form}, status=status)
