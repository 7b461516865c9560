"""An expert's own record."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhuoyue.domain.review.queries.record import assignments_ever, record_of
from zhuoyue.domain.review.rules import BE_EXPERT
from zhuoyue.kernel.pages import page
from zhuoyue.web.expert.navigation import frame

PER_PAGE = 50


@page(BE_EXPERT)
def record(request: HttpRequest) -> HttpResponse:
    shown = Paginator(assignments_ever(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = record_of(list(shown.object_list))
    handed_in = [row for row in rows if row.submitted_at]
    apart = [row.distance for row in rows if row.distance is not None]
    context = frame(
        page=shown,
        rows=rows,
        handed_in=len(handed_in),
        late=sum(row.late is True for row in handed_in),
        distance=sum(apart) / len(apart) if apart else None,
    )
    return render(request, "expert/record.html", context)
