from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhuoyue.domain.outcomes.queries import award_roll, notices_running, roll_choices
from zhuoyue.domain.programmes.models import Notice
from zhuoyue.domain.programmes.queries import cycles_shown, notices_published
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.web.public.calendar import Standing, standing_of
from zhuoyue.web.public.navigation import nav
from zhuoyue.web.public.views.results import running_words

SHOWN = 5


def standings() -> list[Standing]:
    moment = clock.now()
    return [standing_of(cycle, moment) for cycle in cycles_shown()]


def programme_rows(found: list[Standing]) -> list[dict[str, Any]]:
    return [
        {
            "title": entry.title,
            "url": reverse("public:programme", args=[entry.cycle.slug]),
            "note": entry.cycle.programme.organiser.organisation.name,
            "phases": entry.phases,
            "at": entry.at,
            "due": entry.due,
            "action": entry.action,
            "action_url": f"{reverse('applicant:home')}?cycle={entry.cycle.slug}",
        }
        for entry in found
    ]


def notice_rows(notices: list[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "title": notice.title,
            "url": reverse("public:notice", args=[notice.pk]),
            "number": notice.number,
            "issuer": notice.issuer.organisation.name,
            "at": notice.signed_on or notice.published_at,
        }
        for notice in notices
    ]


@page(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """What can be applied for now, what is on notice, and what was published last."""
    found = standings()
    choices = roll_choices()
    on_notice = [running_words(notice) for notice in notices_running()[:SHOWN]]
    context = {
        "nav": nav(),
        "today": clock.today(),
        "open_rows": programme_rows([entry for entry in found if entry.group == "open"]),
        "review_rows": programme_rows([entry for entry in found if entry.group == "review"]),
        "later_rows": programme_rows([entry for entry in found if entry.group == "later"]),
        "on_notice": on_notice,
        "notices": notice_rows(list(notices_published()[:SHOWN])),
        "choices": choices,
        "roll": {"count": award_roll().count(), "since": choices["years"][-1] if choices["years"] else ""},
    }
    return render(request, "public/home.html", context)
