from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from zhuoyue.domain.applications.queries import takes_applications
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import category_rules, cycle_by_slug, notices_published, rules_of
from zhuoyue.domain.programmes.rules import SEE_CYCLE
from zhuoyue.domain.programmes.windows import deadlines_of, hold_calendar
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.packs.programmes.schema.conditions import leaves_of
from zhuoyue.web.public.calendar import last_day, phase_state, standing_of
from zhuoyue.web.public.contacts import contacts_of
from zhuoyue.web.public.navigation import nav
from zhuoyue.web.public.views.home import notice_rows, programme_rows, standings
from zhuoyue.web.shared.titles import titled


@page(PUBLIC)
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, what is open first."""
    found = standings()
    groups = [
        (name, programme_rows([entry for entry in found if entry.group == name]))
        for name in ("open", "review", "later", "ended")
    ]
    return render(request, "public/programmes.html", {"nav": nav(), "groups": dict(groups), "any": bool(found)})


@page(SEE_CYCLE, find=cycle_by_slug)
def programme(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """One programme for whoever considers applying: what, who, when, how, whom to ask."""
    rules = rules_of(cycle.rules)
    language = get_language() or "zh-hans"
    moment = clock.now()
    hold_calendar(cycle)
    standing = standing_of(cycle, moment)
    phases = [
        {
            "phase": phase,
            "title": titled(phase),
            "state": phase_state(phase, moment),
            "last": phase.ends_at - timedelta(seconds=1) if phase.ends_at else None,
        }
        for phase in cycle.phases.all()
    ]
    context = {
        "nav": nav(),
        "cycle": cycle,
        "title": titled(cycle),
        "summary": rules.summary.in_language(language),
        "standing": standing,
        "phases": phases,
        "categories": [_category(category, language) for category in cycle.categories.all()],
        "targets": list(rules.promotion.targets if rules.promotion else ()),
        "contacts": contacts_of(cycle),
        "notices": notice_rows(list(notices_published().filter(cycle=cycle))),
        "apply_url": f"{reverse('applicant:home')}?cycle={cycle.slug}",
        "language": language,
    }
    return render(request, "public/programme.html", context)


def _category(category: Category, language: str) -> dict[str, Any]:
    rules = rules_of(category.cycle.rules)
    entry = category_rules(category)
    wanted = next((found for found in rules.conditions if found.key == entry.conditions), None)
    return {
        "title": titled(category),
        "standard": category.edition,
        "open": takes_applications(category),
        "deadlines": [
            {"title": titled(deadline), "medium": deadline.get_medium_display(), "at": last_day(deadline.closes_at)}
            for opens in (Opens.REGISTRATION, Opens.APPLICATION)
            for deadline in deadlines_of(category, opens)
        ],
        "conditions": [leaf.title.in_language(language) for leaf in leaves_of(wanted.tree)] if wanted else [],
        "kinds": [
            kind.title.in_language(language) for kind in rules.applicant_kinds if kind.key in entry.applicant_kinds
        ],
    }
