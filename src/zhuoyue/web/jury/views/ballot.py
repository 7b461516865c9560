"""The secret ballot. What a member chooses is shown back to them once, then sealed; nobody reads it alone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.review.actions.jury import BallotError, cast_vote, check_choices
from zhuoyue.domain.review.enums import Choice, MeetingState
from zhuoyue.domain.review.models import Entry, Meeting
from zhuoyue.domain.review.queries.ballots import arrived_vote
from zhuoyue.domain.review.queries.jury import has_voted, meeting_by_id, on_ballot, recused_from
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed, is_blind, name_of, number_of


def _field(entry: Entry) -> str:
    return f"choice-{entry.application_id}"


def _rows(request: HttpRequest, meeting: Meeting) -> list[dict[str, Any]]:
    barred, blind = recused_from(meeting, request.user), is_blind(meeting.run)
    return [
        {
            "entry": entry,
            "name": name_of(entry, blind=blind),
            "number": number_of(entry, blind=blind),
            "field": _field(entry),
            "value": request.POST.get(_field(entry), ""),
            "choices": [{"value": value, "label": label} for value, label in Choice.choices],
        }
        for entry in on_ballot(meeting)
        if entry.application_id not in barred
    ]


def _given(rows: list[dict[str, Any]]) -> dict[UUID, str]:
    return {row["entry"].application_id: row["value"] for row in rows if row["value"]}


@page("review.see_meeting", find=meeting_by_id)
def ballot(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The ballot paper while it can be filled in; else why it cannot."""
    voted = has_voted(meeting, request.user)
    rows = _rows(request, meeting) if meeting.state == MeetingState.VOTING and not voted else []
    arrived = arrived_vote(meeting, request.user) if voted else None
    return framed(request, "jury/ballot.html", meeting, rows=rows, voted=voted, arrived=arrived, errors=[])


@page("review.vote", find=meeting_by_id, methods=("POST",))
def check(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the choices back before they count.

    The form of the paper carries no once key: an answer kept for repeats would keep the choices with it.
    """
    rows = _rows(request, meeting)
    errors = _missing(rows)
    if errors:
        return framed(request, "jury/ballot.html", meeting, rows=rows, voted=False, errors=errors, status=422)
    return framed(request, "jury/check.html", meeting, rows=_worded(rows))


def _missing(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"text": _("%(name)s：请选择。") % {"name": row["name"]}, "url": f"#id_{row['field']}_0"}
        for row in rows
        if row["value"] not in Choice.values
    ]


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "words": Choice(row["value"]).label} for row in rows]


@page("review.see_meeting", find=meeting_by_id, methods=("POST",))
def cast(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Give the vote. Whoever has voted already is told so; a paper that no longer fits is shown again."""
    rows = _rows(request, meeting)
    choices = _given(rows)
    if not has_voted(meeting, request.user):
        try:
            check_choices(request.user, meeting, choices)
            cast_vote(by=request.user, meeting=meeting, choices=choices)
        except BallotError as error:
            errors = _missing(rows) or [{"text": str(error), "url": ""}]
            return framed(request, "jury/ballot.html", meeting, rows=rows, voted=False, errors=errors, status=422)
    return redirect(reverse("jury:ballot", args=[meeting.pk]))
