"""What stands around every page of the jury, and how candidates are called there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.review.models import Entry, Meeting, StageRun
from zhuoyue.domain.review.queries.blind import code_name
from zhuoyue.domain.review.queries.jury import meeting_at_hand
from zhuoyue.web.shared.titles import titled


def is_blind(run: StageRun) -> bool:
    """Whether the rules keep the applicants' names from the jury."""
    return run.hides_applicants


def number_of(entry: Entry, *, blind: bool) -> str:
    return "" if blind else str(entry.application.number)


def name_of(entry: Entry, *, blind: bool) -> str:
    return code_name(entry.application_id) if blind else str(entry.application.title)


def nav(meeting: Meeting | None, *, reading: bool = False) -> list[dict[str, Any]]:
    """`reading`: the page is of a candidate, which belongs to the material."""
    found: list[dict[str, Any]] = [{"label": _("会议"), "url": reverse("jury:home")}]
    if meeting is not None:
        found += [
            {"label": _("材料"), "url": reverse("jury:meeting", args=[meeting.pk])},
            {"label": _("投票"), "url": reverse("jury:ballot", args=[meeting.pk])},
            {"label": _("回避"), "url": reverse("jury:recusals", args=[meeting.pk])},
            {"label": _("计票码"), "url": reverse("jury:code", args=[meeting.run.category.cycle.slug])},
        ]
        if reading:
            found[1]["current"] = True
    return found


def framed(
    request: HttpRequest, template: str, meeting: Meeting | None = None, *, status: int = 200, **content: Any
) -> HttpResponse:
    """A page of the jury; without a meeting of its own, the one at hand leads the way. Nothing of it is kept."""
    at_hand = meeting or meeting_at_hand(request.user)
    brand = {"title": _("审定委员会"), "subtitle": "", "url": reverse("jury:home")}
    if at_hand is not None:
        cycle = at_hand.run.category.cycle
        brand |= {"title": titled(cycle), "subtitle": cycle.programme.organiser.organisation.name}
    reading = request.path.startswith(f"{reverse('jury:home')}candidates/")
    context = {"nav": nav(at_hand, reading=reading), "brand": brand, "role": _("审定委员"), "meeting": at_hand}
    response = render(request, template, context | content, status=status)
    response["Cache-Control"] = "no-store"
    return response
