"""Results of a cycle: every category with its next step, and one category from the jury to the roll."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from zhuoyue.domain.outcomes.queries import (
    awards_of_cycle,
    lists_of,
    objections_of,
    outcomes_of_cycle,
    reports_of,
)
from zhuoyue.domain.outcomes.rules import MANAGE, WATCH
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import category_by_id, cycle_by_slug, tier_titles
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.queries.jury import (
    counts_of,
    may_go_on,
    quorum_of,
    seats_fault,
    seats_of_cycle,
    standings_of,
    turnout,
)
from zhuoyue.domain.review.queries.places import decisions_of, places_of
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.next_results import next_of

PLACE = "results"


@page(WATCH_CYCLE, find=cycle_by_slug)
def results(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """What stands next in each category, then who sits on the jury and what was given."""
    rows = [{"outcome": found, "next": next_of(found, request.user)} for found in outcomes_of_cycle(cycle)]
    first = next((row for row in rows if row["next"].url and not row["next"].why_not), None)
    awards = awards_of_cycle(cycle)
    context = {"rows": rows, "first": first, "seats": list(seats_of_cycle(cycle)), "awards": awards.count()}
    return office(request, "secretariat/results/overview.html", cycle, place=PLACE, **context)


@page(WATCH, find=category_by_id)
def category(request: HttpRequest, category: Category) -> HttpResponse:
    """The way of one category: meeting, count, decisions, versions of the list, objections, awards."""
    outcome = next(iter(outcomes_of_cycle(category.cycle, category)), None)
    if outcome is None:
        raise Http404
    lists = list(lists_of(category))
    context = {
        "outcome": outcome,
        "category": outcome.category,
        "next": next_of(outcome, request.user),
        "lists": lists,
        "announced": any(found.announced_at for found in lists),
        "objections": list(objections_of(category)),
        "reports": reports_of(category),
        "may_propose": bool(lists) and access.allowed(MANAGE, request.user, category),
        **_jury(outcome),
    }
    return office(request, "secretariat/results/category.html", category.cycle, place=PLACE, **context)


def _jury(outcome: Any) -> dict[str, Any]:
    meeting = outcome.meeting
    if meeting is None:
        return {}
    meeting.run = outcome.run
    titles = tier_titles(outcome.category)
    decided = decisions_of(outcome.run)
    counts = {count.application: count for count in counts_of(meeting)}
    rows = [
        {
            "standing": standing,
            "count": counts.get(standing.entry.application_id),
            "decision": decided.get(standing.entry.application_id),
            "tier": titles.get(decided[standing.entry.application_id].tier, "")
            if standing.entry.application_id in decided
            else "",
        }
        for standing in standings_of(meeting)
    ]
    tiers = {key: decision.tier for key, decision in decided.items()}
    return {
        "meeting": meeting,
        "rows": rows,
        "places": places_of(outcome.category, tiers) if decided else [],
        "quorum": quorum_of(meeting),
        "may_go_on": may_go_on(meeting),
        "cast": turnout(meeting) if meeting.state == MeetingState.VOTING else None,
        "seats_fault": seats_fault(meeting) if meeting.state == MeetingState.PREPARED else "",
    }
