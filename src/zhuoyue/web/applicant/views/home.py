"""What the applicant must do next, then what changed, then everything else."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.queries import edit_window, registrations_for_user
from zhuoyue.domain.orgs.queries import organisations_for_user
from zhuoyue.domain.outcomes.queries import awards_for_user, feedback_for_user
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.windows import window_in
from zhuoyue.kernel import clock
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.navigation import frame
from zhuoyue.web.shared.deadlines import deadline_words, last_day
from zhuoyue.web.shared.titles import titled

STANDING = (RegistrationState.SENT, RegistrationState.CONFIRMED)


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    organisations = organisations_for_user(request.user)
    registrations = list(registrations_for_user(request.user)[:50]) if organisations else []
    reports = list(feedback_for_user(request.user)[:10]) if registrations else []
    awards = list(awards_for_user(request.user)[:10]) if registrations else []
    due = _due(registrations, reports)
    context = frame(
        organisations[0] if len(organisations) == 1 else None,
        organisations=organisations,
        registrations=registrations,
        due=due,
        nearest=due[0]["at"] if due and due[0]["at"] else None,
        changes=_changes(registrations, reports, awards),
        waiting=[entry for entry in registrations if _waits(entry)],
        awards=awards,
    )
    return render(request, "applicant/home.html", context)


def _application(registration: Registration) -> Application | None:
    return getattr(registration, "application", None)


def _waits(registration: Registration) -> bool:
    application = _application(registration)
    sent = (ApplicationState.SUBMITTED, ApplicationState.RECOMMENDED, ApplicationState.IN_REVIEW)
    return application is not None and application.state in sent


def _due(registrations: list[Registration], reports: list[Any]) -> list[dict[str, Any]]:
    """Due things, the nearest first; only the first has a filled button."""
    found = [row for entry in registrations if (row := _due_of(entry))]
    found += [
        {
            "title": _("阅读评审反馈报告：%(title)s") % {"title": titled(report.application.cycle)},
            "url": reverse("applicant:report", args=[report.pk]),
            "note": report.application.title,
            "at": None,
            "due": None,
            "action": _("阅读"),
        }
        for report in reports
        if report.first_read_at is None
    ]
    found.sort(key=lambda row: (row["at"] is None, row["at"] or clock.now()))
    for place, row in enumerate(found):
        row["first"] = place == 0
    return found


def _row(title: str, url: str, note: str, at: datetime | None, action: str) -> dict[str, Any]:
    return {"title": title, "url": url, "note": note, "at": at, "due": last_day(at) if at else None, "action": action}


def _due_of(registration: Registration) -> dict[str, Any] | None:
    application = _application(registration)
    if application is None:
        return _due_before_writing(registration) if registration.state in STANDING else None
    application.cycle, application.category = registration.cycle, registration.category
    window = edit_window(application)
    url = reverse("applicant:application", args=[application.pk])
    name = f"{titled(registration.cycle)}　{registration.organisation.name}"
    until = _until(window.until)
    if window.returned is not None and window.may_edit:
        count = len(window.returned.items)
        words = ngettext("退回补正：%(n)s处需要修改", "退回补正：%(n)s处需要修改", count) % {"n": count}
        return _row(words, url, f"{name}　{until}", window.until, _("去修改"))
    if application.state == ApplicationState.DRAFT and window.may_edit:
        return _row(_("填写并提交申报材料"), url, f"{name}　{until}", window.until, _("继续填写"))
    return None


def _until(at: datetime | None) -> str:
    return _("%(at)s截止") % {"at": deadline_words(at)} if at else ""


def _due_before_writing(registration: Registration) -> dict[str, Any] | None:
    url = reverse("applicant:registration", args=[registration.pk])
    name = f"{titled(registration.cycle)}　{registration.organisation.name}"
    signing = window_in(registration.category, Opens.REGISTRATION, clock.now())
    if registration.stamped_scan_id is None and registration.paper_received_at is None and signing.is_open:
        note = f"{name}　{_until(signing.deadline)}"
        return _row(_("打印报名表，盖章后上传扫描件"), url, note, signing.deadline, _("去办理"))
    writing = window_in(registration.category, Opens.APPLICATION, clock.now())
    if writing.is_late(clock.now()):
        return None
    return _row(_("开始填写申报材料"), url, f"{name}　{_until(writing.deadline)}", writing.deadline, _("开始填写"))


def _changes(registrations: list[Registration], reports: list[Any], awards: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in registrations:
        application = _application(entry)
        if application is None:
            title = _("报名%(state)s") % {"state": entry.get_state_display()}
            found.append(_change(entry.sent_at, title, reverse("applicant:registration", args=[entry.pk]), entry))
            continue
        url = reverse("applicant:application", args=[application.pk])
        if application.submitted_at:
            title = _("申报已提交，编号%(number)s") % {"number": application.number}
            found.append(_change(application.submitted_at, title, url, entry))
        found += [_change(returned.at, _("申报退回补正"), url, entry) for returned in application.returns.all()]
    for report in reports:
        url = reverse("applicant:report", args=[report.pk])
        found.append(_change(report.released_at, _("反馈报告已发布"), url, report.application))
    for award in awards:
        at = award.certificate.issued_at if getattr(award, "certificate", None) else award.created_at
        found.append(_change(at, award.title, reverse("applicant:feedback"), award))
    return sorted(found, key=lambda row: row["at"], reverse=True)[:8]


def _change(at: datetime, title: str, url: str, thing: Any) -> dict[str, Any]:
    return {"at": at, "who": "", "title": title, "url": url, "note": titled(thing.cycle)}
