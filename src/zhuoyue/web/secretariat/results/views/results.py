"""Results of a cycle: every category with its next step, and one category from the jury to the roll."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhuoyue.domain.outcomes.queries import (
    awards_of_cycle,
    jury_run_of,
    objections_of,
    outcomes_of,
    outcomes_of_cycle,
)
from zhuoyue.domain.outcomes.rules import ENTER_OBJECTION, MANAGE
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, tier_titles
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.ballots import voids_of
from zhuoyue.domain.review.queries.jury import (
    counts_of,
    decided_standings_of,
    may_go_on,
    quorum_of,
    seats_fault,
    seats_of_cycle,
    turnout,
)
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.rules import WATCH
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.results.next_steps import next_of
from zhuoyue.web.shared.objections import against_words

PLACE = "results"


@page(WATCH_CYCLE, find=cycle_by_slug)
def results(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """What stands next in each category, then who sits on the jury and what was given."""
    rows = [{"outcome": found, "next": next_of(found, request.user)} for found in outcomes_of_cycle(cycle)]
    first = next((row for row in rows if row["next"].url and not row["next"].why_not), None)
    awards = awards_of_cycle(cycle)
    context = {"rows": rows, "first": first, "seats": list(seats_of_cycle(cycle)), "awards": awards.count()}
    return office(request, "secretariat/results/overview.html", cycle, place=PLACE, **context)


@page(WATCH, find=jury_run_of)
def category(request: HttpRequest, run: StageRun) -> HttpResponse:
    """The way of one category: meeting, count, decisions, versions of the list, objections, awards."""
    (outcome,) = outcomes_of([run])
    category, lists = outcome.category, outcome.lists
    context = {
        "outcome": outcome,
        "category": category,
        "next": next_of(outcome, request.user),
        "lists": lists,
        "announced": any(found.announced_at for found in lists),
        "objections": _objections(category) if lists else [],
        "may_enter": outcome.result_list is not None
        and access.allowed(ENTER_OBJECTION, request.user, outcome.result_list),
        "may_propose": bool(lists) and access.allowed(MANAGE, request.user, category),
        **_jury(outcome),
    }
    return office(request, "secretariat/results/category.html", category.cycle, place=PLACE, **context)


def _objections(category: Any) -> list[dict[str, Any]]:
    return [
        {"objection": equal.first, "many": equal.many, "against": against_words(equal.first.against)}
        for equal in objections_of(category)
    ]


def _jury(outcome: Any) -> dict[str, Any]:
    meeting = outcome.meeting
    if meeting is None:
        return {}
    meeting.run = outcome.run
    titles = tier_titles(outcome.category)
    counts = {count.application: count for count in counts_of(meeting)}
    entries: list[Any] = []
    rows = []
    for standing in decided_standings_of(meeting):
        entry: Any = standing.entry
        entries.append(entry)
        row = {"standing": standing, "count": counts.get(entry.application_id), "tier": titles.get(entry.tier, "")}
        rows.append(row)
    tiers = {entry.application_id: entry.tier for entry in entries if entry.tier is not None}
    voting = meeting.state == MeetingState.VOTING
    return {
        "meeting": meeting,
        "rows": rows,
        "places": places_of(outcome.category, tiers) if tiers else [],
        "quorum": quorum_of(meeting) if voting else None,
        "may_go_on": not tiers and may_go_on(meeting),
        "cast": turnout(meeting) if voting else None,
        "seats_fault": seats_fault(meeting) if meeting.state == MeetingState.PREPARED else "",
        "voided": voids_of(meeting),
    }
