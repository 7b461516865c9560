"""Ask, do, say: one step that others will ask about, on one page, and the same without a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from zhuoyue.kernel.flow import MoveError

TEMPLATE = "shared/step.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What such a page says. `done` is said afterwards; `faults` are errors whose own words stand on this page.

    `why_not`: what stands against the step already, as (reason, words of a link, its address); the button is dead then.
    `leaves`: whoever is refused is led back to the thing, which has moved on meanwhile and shows where it stands.
    """

    title: str
    verb: str
    back: str
    place: str = ""
    lead: str = ""
    facts: Sequence[tuple[str, Any]] = ()
    done: str = ""
    form: type[forms.Form] | None = None
    initial: dict[str, Any] | None = None
    faults: tuple[type[Exception], ...] = (MoveError,)
    why_not: tuple[str, str, str] | None = None
    leaves: bool = False


Shown = Callable[[dict[str, Any], int], HttpResponse]


def take_step(request: HttpRequest, act: Callable[..., Any], asked: Asked, show: Shown) -> HttpResponse:
    """Ask, then do `act(**cleaned)` once. What stands against it is said here, and what was typed stays.

    `show(content, status)` renders `TEMPLATE` with the frame of the face around it.
    """
    posted = request.method == "POST"
    form = asked.form(request.POST if posted else None, initial=asked.initial) if asked.form else None
    status = 200
    if posted and (form is None or form.is_valid()):
        try:
            act(**(form.cleaned_data if form else {}))
        except asked.faults as error:
            status = 409
            messages.error(request, str(error))
            if asked.leaves:
                return redirect(asked.back)
        else:
            messages.success(request, asked.done)
            return redirect(asked.back)
    elif posted:
        status = 422
    rows = [{"label": label, "value": value} for label, value in asked.facts]
    return show({"asked": asked, "facts": rows, "form": form}, status)


def framed_step(
    request: HttpRequest, act: Callable[..., Any], asked: Asked, frame: Callable[..., dict[str, Any]]
) -> HttpResponse:
    """The same for a face whose frame is a context."""
    return take_step(
        request, act, asked, lambda content, status: render(request, TEMPLATE, frame(**content), status=status)
    )


def attempt(
    request: HttpRequest,
    act: Callable[[], Any],
    *,
    done: str | Promise,
    to: str,
    faults: tuple[type[Exception], ...] = (MoveError,),
) -> HttpResponse:
    """Do it and say so; what stands against it is said in its own words, and nothing has changed then."""
    try:
        act()
    except faults as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(done))
    return redirect(to)
