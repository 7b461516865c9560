"""What stands around every page of the office: the year, the places, and whether the reader may act or only look."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.office.queries.arrivals import busiest_of
from zhuoyue.domain.programmes.enums import CycleState
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, cycle_choices
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel import access
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.places import address_of, places_for
from zhuoyue.web.shared.titles import titled

KEPT = "office_cycle"


words_of = titled


def chosen_cycle(request: HttpRequest) -> Cycle | None:
    """The year that the person last looked at in this session, else the busiest one that runs."""
    slug = request.session.get(KEPT, "")
    cycle = cycle_by_slug(slug) if slug else None
    if cycle is not None and access.allowed(WATCH_CYCLE, request.user, cycle):
        return cycle
    choices = cycle_choices(request.user)
    running = [choice for choice in choices if choice.state == CycleState.OPEN]
    busiest = busiest_of(running or choices)
    return cycle_by_slug(busiest.slug) if busiest else None


def _nav(cycle: Cycle | None, current: str) -> list[dict[str, Any]]:
    return [
        {"label": str(place.words), "url": address_of(place, cycle), "current": place.key == current}
        for place in places_for(cycle, current)
    ]


def office(
    request: HttpRequest,
    template: str,
    cycle: Cycle | None,
    *,
    place: str = "",
    status: int = 200,
    **content: Any,
) -> HttpResponse:
    """Render a page of the office for `cycle`; `may_act` says whether the reader runs it or only watches."""
    choices = cycle_choices(request.user)
    may_act = cycle is not None and access.allowed(MANAGE_CYCLE, request.user, cycle)
    context: dict[str, Any] = {
        "role": _("秘书处") if may_act or cycle is None else _("监督"),
        "cycle": cycle,
        "may_act": may_act,
        "nav": _nav(next((choice for choice in choices if choice == cycle), cycle), place),  # its rules are at hand
        "cycles": [
            {
                "label": words_of(other),
                "url": reverse("secretariat:cycle", kwargs={"slug": other.slug}),
                "current": cycle is not None and other.pk == cycle.pk,
            }
            for other in choices
        ],
    }
    if cycle is None:
        context["brand"] = {"title": _("卓越"), "subtitle": _("秘书处"), "url": reverse("secretariat:home")}
    else:
        if request.session.get(KEPT) != cycle.slug:
            request.session[KEPT] = cycle.slug
        context["brand"] = {
            "title": words_of(cycle),
            "subtitle": cycle.programme.organiser.organisation.name,
            "url": reverse("secretariat:cycle", kwargs={"slug": cycle.slug}),
        }
    return render(request, template, context | content, status=status)


def conflict(
    request: HttpRequest,
    error: StaleError,
    *,
    labels: Mapping[str, str],
    back: str,
    kept: Sequence[tuple[str, Any]] = (),
    shown: Callable[[Any], Any] = lambda value: "" if value is None else value,
) -> HttpResponse:
    """Both texts, to choose from; the form is sent again to the same address with the version that now stands."""
    differing = error.differences
    rows = [
        {"label": labels.get(name, name), "name": name, "stored": shown(stored), "yours": shown(yours)}
        for name, (stored, yours) in differing.items()
    ]
    same = [(name, shown(value)) for name, value in error.yours.items() if name not in differing]
    hidden = [("version", error.current.version), *same, *kept]
    context = {"rows": rows, "again": request.get_full_path(), "hidden": hidden, "back_url": back}
    return render(request, "shared/conflict.html", context, status=409)
