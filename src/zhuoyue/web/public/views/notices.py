from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhuoyue.domain.programmes.actions import note_reading
from zhuoyue.domain.programmes.models import Notice
from zhuoyue.domain.programmes.queries import notice_by_id, notices_published
from zhuoyue.domain.programmes.rules import READ_NOTICE
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.web.public.navigation import nav
from zhuoyue.web.public.views.home import notice_rows

PER_PAGE = 30


@page(PUBLIC)
def notices(request: HttpRequest) -> HttpResponse:
    found = Paginator(notices_published(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/notices.html", {"nav": nav(), "page": found, "rows": notice_rows(list(found))})


@page(READ_NOTICE, find=notice_by_id)
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """A notice as its body published it; with what it passes on or adds to."""
    if request.user.is_authenticated:
        note_reading(by=request.user, notice=notice)
    return render(request, "public/notice.html", {"nav": nav(), "notice": notice})


@page(READ_NOTICE, find=notice_by_id)
def attachment(_request: HttpRequest, notice: Notice, *, position: int) -> HttpResponse:
    found = next((entry for entry in notice.attachments.all() if entry.position == position and entry.file_id), None)
    if found is None:
        raise Http404
    return as_attachment(found.file)
