from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.review.enums import MeetingState
from zhuoyue.domain.review.models import Meeting
from zhuoyue.domain.review.queries.jury import meetings_for_user, voted_in
from zhuoyue.kernel import formats
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed
from zhuoyue.web.shared.titles import titled


@page("review.be_juror")
def home(request: HttpRequest) -> HttpResponse:
    """The meetings a member sits in, and what is to be done next."""
    found = list(meetings_for_user(request.user))
    voted = voted_in(request.user)
    dues = [_due(meeting, meeting.pk in voted) for meeting in found if meeting.state != MeetingState.CLOSED]
    waiting = [due for due in dues if due["action"]]
    if waiting:
        waiting[0]["first"] = True
    rows = [
        {"meeting": meeting, "title": _title(meeting), "url": reverse("jury:count", args=[meeting.pk])}
        for meeting in found
        if meeting.state == MeetingState.CLOSED
    ]
    at_hand = next((one for one in found if one.state != MeetingState.CLOSED), found[-1] if found else None)
    return framed(request, "jury/home.html", at_hand, dues=dues, waiting=waiting, rows=rows)


def _title(meeting: Meeting) -> str:
    return f"{titled(meeting.run.category.cycle)}　{titled(meeting.run.category)}"


def _due(meeting: Meeting, voted: bool) -> dict[str, Any]:  # noqa: FBT001 - one fact of the meeting
    if meeting.state == MeetingState.VOTING:
        url = reverse("jury:ballot", args=[meeting.pk])
        note, action = (_("您已投票，等待计票。"), "") if voted else (_("正在投票，请完成您的一票。"), _("投票"))
    else:
        url = reverse("jury:meeting", args=[meeting.pk])
        note, action = _("请先阅读材料；需要回避的，在投票开始前声明。"), _("阅读材料")
    when = formats.moment(timezone.localtime(meeting.starts_at)) if meeting.starts_at else ""
    return {
        "title": _title(meeting),
        "url": url,
        "note": "　".join(part for part in (when, meeting.place, note) if part),
        "action": action,
        "first": False,
    }
