from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.review.actions.jury import BallotError, recuse
from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models import Meeting
from zhuoyue.domain.review.queries.jury import candidates_of, meeting_by_id, recusals_of
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.forms import RecusalForm
from zhuoyue.web.jury.frame import framed, is_blind, name_of, number_of


@page("review.see_meeting", find=meeting_by_id)
def recusals(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """From whom the member stays away, and whom they may still stay away from."""
    blind = is_blind(meeting.run)
    declared = {recusal.application_id: recusal for recusal in recusals_of(meeting, request.user)}
    rows = [
        {
            "entry": entry,
            "name": name_of(entry, blind=blind),
            "number": number_of(entry, blind=blind),
            "recusal": declared.get(entry.application_id),
        }
        for entry in candidates_of(meeting)
    ]
    may = meeting.state == MeetingState.PREPARED
    return framed(request, "jury/recusals.html", meeting, rows=rows, may_recuse=may, declared=len(declared))


@page("review.recuse", find=meeting_by_id, methods=("GET", "POST"))
def recuse_from(request: HttpRequest, meeting: Meeting, *, application_id: UUID) -> HttpResponse:
    """One candidate, with the reason. There is no way back, so the page says what follows."""
    entry = next((found for found in candidates_of(meeting) if found.application_id == application_id), None)
    if entry is None:
        raise Http404
    form = RecusalForm(request.POST or None)
    name = name_of(entry, blind=is_blind(meeting.run))
    if request.method == "POST" and form.is_valid():
        try:
            recuse(by=request.user, meeting=meeting, application=entry.application, reason=form.cleaned_data["reason"])
        except BallotError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已声明回避：%(name)s。") % {"name": name})
        return redirect(reverse("jury:recusals", args=[meeting.pk]))
    status = 422 if request.method == "POST" else 200
    return framed(request, "jury/recuse.html", meeting, form=form, name=name, status=status)
