from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.programmes.rules import OFFICE, WATCH_CYCLE
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import chosen_cycle, office


@page(OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """The year that runs; without any, where to begin."""
    chosen = chosen_cycle(request)
    if chosen is None:
        return office(request, "secretariat/beginning.html", None)
    return redirect("secretariat:cycle", slug=chosen.slug)


@page(WATCH_CYCLE, find=cycle_by_slug)
def cycle(request: HttpRequest, found: Cycle) -> HttpResponse:
    return office(request, "secretariat/overview.html", found, place="overview")
