"""A member's counting code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed
from zhuoyue.web.shared.own_code import own_code


@page("review.keep_code", find=cycle_by_slug, methods=("GET", "POST"))
def code(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    def show(content: dict[str, Any], status: int) -> HttpResponse:
        return framed(request, "shared/own_code.html", status=status, **content)

    return own_code(request, cycle, back=reverse("jury:home"), show=show)
