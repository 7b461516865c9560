"""Lists on notice, the roll, and certificates."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.outcomes.models import Certificate, PublicNotice
from zhuoyue.domain.outcomes.queries import (
    award_roll,
    certificate_by_code,
    notice_by_id,
    notices_shown,
    roll_choices,
    successor_of,
    takes_objections,
)
from zhuoyue.domain.programmes.queries import rules_of, tier_titles
from zhuoyue.kernel import clock
from zhuoyue.kernel.formats import long_date
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.kernel.working_days import working_days_between
from zhuoyue.web.public.navigation import nav
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.qr import qr_of
from zhuoyue.web.shared.titles import titled

PER_PAGE = 50
LONGEST_QUESTION = 200


def running_words(notice: PublicNotice) -> dict[str, Any]:
    """A notice with its day, of how many, and how many are left, in the days that its rule counts."""
    today = clock.today().date()
    running = notice.state == "running" and today <= notice.ends_on
    if notice.rule.get("unit") == "working_days":
        total = working_days_between(notice.starts_on, notice.ends_on)
        day = working_days_between(notice.starts_on, min(today, notice.ends_on)) if today >= notice.starts_on else 0
        left = working_days_between(max(today, notice.starts_on), notice.ends_on) if today <= notice.ends_on else 0
        words = ngettext("还有%(n)s个工作日", "还有%(n)s个工作日", left) % {"n": left}
    else:
        total = (notice.ends_on - notice.starts_on).days + 1
        day = min(max((today - notice.starts_on).days + 1, 0), total)
        left = max((notice.ends_on - max(today, notice.starts_on)).days + 1, 0)
        words = ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}
    return {
        "notice": notice,
        "running": running,
        "url": reverse("public:public_notice", args=[notice.pk]),
        "object_url": reverse("public:object", args=[notice.pk]),
        "entries": len(notice.result_list.entries),
        "day": day,
        "total": total,
        "left": words,
        "takes_objections": takes_objections(notice, today),
    }


def asked(request: HttpRequest, name: str) -> str:
    """What a visitor looks for. No stored text holds a NUL, and some databases refuse to look for one."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_QUESTION]


@page(PUBLIC)
def public_notices(request: HttpRequest) -> HttpResponse:
    found = Paginator(notices_shown(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [running_words(notice) for notice in found]
    return render(request, "public/public_notices.html", {"nav": nav(), "page": found, "rows": rows})


@page(PUBLIC, find=notice_by_id)
def public_notice(request: HttpRequest, notice: PublicNotice) -> HttpResponse:
    titles = tier_titles(notice.result_list.category)
    entries = [
        {**entry, "tier_title": titles.get(entry["tier"], entry["tier"])} for entry in notice.result_list.entries
    ]
    corrected = notice.result_list.state == "superseded"
    later = successor_of(notice.result_list) if corrected else None
    context = {"nav": nav(), **running_words(notice), "entries": entries, "corrected": corrected, "later": later}
    return render(request, "public/public_notice.html", context)


@page(PUBLIC)
def roll(request: HttpRequest) -> HttpResponse:
    """The award roll: by name or certificate number, year and category."""
    name, year, category = asked(request, "q"), asked(request, "year"), asked(request, "category")
    choices = roll_choices()
    wanted = next((known for known in choices["years"] if str(known) == year), None)
    awards = award_roll(name, wanted, category)
    found = Paginator(awards, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": nav(),
        "page": found,
        "q": name,
        "year": year,
        "category": category,
        "choices": choices,
        "today": clock.today().date(),
    }
    return render(request, "public/roll.html", context)


@page(PUBLIC)
def verify(request: HttpRequest) -> HttpResponse:
    code = asked(request, "code")
    if code and certificate_by_code(code):
        return redirect("public:certificate", code=code)
    return render(request, "public/verify.html", {"nav": nav(), "code": code}, status=404 if code else 200)


@page(PUBLIC, find=certificate_by_code)
def certificate(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """What whoever holds the paper needs to know: is it real, for whom, valid until when."""
    award = certificate.award
    today = clock.today().date()
    ended = award.valid_until is not None and award.valid_until < today
    rows = [
        {"label": _("证书编号"), "value": certificate.number},
        {"label": _("获奖者"), "value": award.name},
        {"label": _("奖项"), "value": award.title},
        {"label": _("项目"), "value": titled(award.cycle)},
        {"label": _("授予单位"), "value": award.cycle.programme.organiser.organisation.name},
        {"label": _("授予日期"), "value": long_date(award.given_on)},
        {"label": _("有效期至"), "value": long_date(award.valid_until) if award.valid_until else _("长期")},
    ]
    if award.state == "revoked":
        rows += [
            {"label": _("撤销日期"), "value": long_date(award.revoked_on)},
            {"label": _("撤销理由"), "value": award.revocation_reason},
        ]
    context = {"nav": nav(), "certificate": certificate, "award": award, "ended": ended, "rows": rows}
    return render(request, "public/certificate.html", context)


@page(PUBLIC, find=certificate_by_code)
def certificate_pdf(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The paper; of a revoked award there is none, and the page says why."""
    award = certificate.award
    if award.state == "revoked":
        return redirect("public:certificate", code=certificate.code)
    address = f"{settings.PUBLIC_URL}{reverse('public:certificate', args=[certificate.code])}"
    recognition = rules_of(award.cycle.rules).recognition
    printed = recognition.certificate if recognition else None
    context = {
        "certificate": certificate,
        "award": award,
        "qr": qr_of(address),
        "issuer": award.cycle.programme.organiser.organisation.name,
        "heading": printed.title.zh if printed else _("证书"),
        "note": _("扫描二维码，或打开%(address)s核验。") % {"address": address},
    }
    return pdf_response(request, "public/certificate_sheet.html", context, name=f"{certificate.number}.pdf")
