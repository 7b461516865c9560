"""Pages that every subject uses: one step with its reason, one form for one stored thing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.kernel import typed
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.shared.steps import TEMPLATE, Asked, take_step


def step(request: HttpRequest, cycle: Cycle | None, act: Callable[..., Any], asked: Asked) -> HttpResponse:
    """One step on a page of the office."""

    def show(content: dict[str, Any], status: int) -> HttpResponse:
        return office(request, TEMPLATE, cycle, place=asked.place, status=status, **content)

    return take_step(request, act, asked, show)


def edit_page(
    request: HttpRequest, cycle: Cycle | None, form: forms.Form, asked: Asked, *, version: int | None = None
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    content = {"asked": asked, "form": form, "version": version}
    return office(request, "secretariat/edit.html", cycle, place=asked.place, status=status, **content)


def version_in(request: HttpRequest) -> int:
    """The version that a form started from."""
    return typed.version(request.POST.get("version"))
