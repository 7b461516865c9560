from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhuoyue.domain.programmes.rules import OFFICE
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import chosen_cycle, office


@page(OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """The year that runs; without any, where to begin."""
    chosen = chosen_cycle(request)
    if chosen is None:
        return office(request, "secretariat/overview/beginning.html", None)
    return redirect("secretariat:cycle", slug=chosen.slug)
