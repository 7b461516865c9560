"""Feedback reports and awards of one's organisations."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes.actions import note_feedback_read
from zhuoyue.domain.outcomes.models import FeedbackReport
from zhuoyue.domain.outcomes.queries import awards_for_user, feedback_by_id, feedback_for_user
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.navigation import frame, frame_of
from zhuoyue.web.shared.deadlines import digest_groups
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.titles import titled


@page(SIGNED_IN)
def listing(request: HttpRequest) -> HttpResponse:
    reports = Paginator(feedback_for_user(request.user), 50).get_page(request.GET.get("page"))
    awards = [
        (award, reverse("public:certificate_pdf", args=[award.certificate.code]))
        for award in awards_for_user(request.user)[:50]
        if hasattr(award, "certificate")
    ]
    return render(
        request,
        "applicant/feedback.html",
        frame_of((report.application.organisation for report in reports), reports=reports, awards=awards),
    )


def _of(report: FeedbackReport) -> dict[str, Any]:
    english = in_english()
    content = report.content
    items = [{**item, "name": (english and item["title_en"]) or item["title"]} for item in content["items"]]
    written = [item for item in items if item["strengths"] or item["gaps"]]
    organiser = report.application.cycle.programme.organiser.organisation.name
    return frame(
        report.application.organisation,
        organiser,
        report=report,
        content=content,
        items=items,
        written=written,
        quarter=content["position"].get("quarter"),
        judged=content["position"].get("judged"),
        code=digest_groups(report.digest),
        pdf_url=reverse("applicant:report_pdf", args=[report.pk]),
        back_url=reverse("applicant:report", args=[report.pk]),
        crumbs=[
            {"label": _("反馈报告"), "url": reverse("applicant:feedback")},
            {"label": titled(report.application.cycle), "url": ""},
        ],
    )


@page("outcomes.read_feedback", find=feedback_by_id)
def report(request: HttpRequest, report: FeedbackReport) -> HttpResponse:
    note_feedback_read(by=request.user, report=report)
    return render(request, "applicant/report.html", _of(report))


@page("outcomes.read_feedback", find=feedback_by_id)
def report_pdf(request: HttpRequest, report: FeedbackReport) -> HttpResponse:
    name = _("评审反馈报告%(number)s.pdf") % {"number": report.application.number}
    return pdf_response(request, "applicant/report_document.html", _of(report), name=name)
