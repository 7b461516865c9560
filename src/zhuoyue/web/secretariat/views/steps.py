"""Pages that every subject uses: one step with its reason, one form for one stored thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.kernel.flow import MoveError
from zhuoyue.web.secretariat.frame import office


@dataclass(frozen=True, slots=True)
class Asked:
    """What such a page says. `done` is said afterwards; `faults` are errors whose own words stand on this page.

    `why_not`: what stands against the step already, as (reason, words of a link, its address); the button is dead then.
    """

    title: str
    verb: str
    back: str
    place: str
    lead: str = ""
    facts: Sequence[tuple[str, Any]] = ()
    done: str = ""
    form: type[forms.Form] | None = None
    initial: dict[str, Any] | None = None
    faults: tuple[type[Exception], ...] = (MoveError,)
    why_not: tuple[str, str, str] | None = None


def step(request: HttpRequest, cycle: Cycle | None, act: Callable[..., Any], asked: Asked) -> HttpResponse:
    """Ask, then do `act(**cleaned)` once. What stands against it is said here, and what was typed stays."""
    posted = request.method == "POST"
    form = asked.form(request.POST if posted else None, initial=asked.initial) if asked.form else None
    status = 200
    if posted and (form is None or form.is_valid()):
        try:
            act(**(form.cleaned_data if form else {}))
        except asked.faults as error:
            status = 409
            messages.error(request, str(error))
        else:
            messages.success(request, asked.done)
            return redirect(asked.back)
    elif posted:
        status = 422
    rows = [{"label": label, "value": value} for label, value in asked.facts]
    content = {"asked": asked, "facts": rows, "form": form}
    return office(request, "secretariat/step.html", cycle, place=asked.place, status=status, **content)


def edit_page(
    request: HttpRequest, cycle: Cycle | None, form: forms.Form, asked: Asked, *, version: int | None = None
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    content = {"asked": asked, "form": form, "version": version}
    return office(request, "secretariat/edit.html", cycle, place=asked.place, status=status, **content)


def version_in(request: HttpRequest) -> int:
    """The version that a form started from; nonsense counts as none, which is older than any."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0
