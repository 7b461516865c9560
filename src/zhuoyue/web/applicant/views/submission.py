"""Sending in: the last look, the receipt, and what to do when it cannot be sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.errors import IncompleteError
from zhuoyue.domain.applications.models import Application, Receipt
from zhuoyue.domain.applications.queries import (
    application_by_id,
    edit_window,
    receipt_of,
    receipts_of,
    submission_rules,
)
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.kernel import access
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.web.applicant.navigation import of_application
from zhuoyue.web.shared.deadlines import digest_groups
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.qr import qr_of


@page("applications.own", find=application_by_id, methods=("GET", "POST"))
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    if request.method == "POST":
        return _send(request, application)
    if not contents_of(application.dossier).is_complete:
        messages.warning(request, _("还有内容没有填完，下面逐项列出。"))
        return redirect("applicant:check", application.pk)
    return _confirm(request, application, access.refusal("applications.submit", request.user, application))


def _confirm(
    request: HttpRequest, application: Application, refused: access.RefusedError | None, status: int = 200
) -> HttpResponse:
    number = (application.snapshot.number if application.snapshot else 0) + 1
    context = of_application(
        application,
        window=edit_window(application),
        number=number,
        refused="" if refused is None else str(refused.reason),
        rule=submission_rules(application),
        english=in_english(),
    )
    return render(request, "applicant/submit.html", context, status=status)


def _send(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        receipt = actions.submit(by=request.user, application=application)
    except IncompleteError:
        messages.warning(request, _("还有内容没有填完，没有提交。下面逐项列出。"))
        return redirect("applicant:check", application.pk)
    except (access.RefusedError, MoveError) as error:
        return _not_sent(request, application, error)
    return redirect("applicant:receipt", application.pk, receipt.pk)


def _not_sent(request: HttpRequest, application: Application, error: Exception) -> HttpResponse:
    """Sent already, from another page: its receipt. Otherwise why not; the draft stays."""
    current = application_by_id(application.pk)
    assert current is not None  # noqa: S101 - it was found for this request
    if current.state == "submitted":
        earlier = receipts_of(current)
        messages.info(request, _("这份申报已经提交过，这是当时的回执。"))
        return redirect("applicant:receipt", application.pk, earlier[-1].pk)
    if isinstance(error, access.RefusedError):
        return _confirm(request, current, error, status=403)
    messages.error(request, str(error))
    return redirect("applicant:application", application.pk)


def _of(application: Application, receipt_id: UUID) -> dict[str, Any]:
    receipt: Receipt | None = receipt_of(application, receipt_id)
    if receipt is None:
        raise Http404
    rule = receipt.rule
    english = in_english()
    return of_application(
        application,
        receipt=receipt,
        deadline=parse_datetime(rule.get("deadline") or ""),
        rule_words=rule.get("text_en" if english else "text", ""),
        code=digest_groups(receipt.digest),
        back_url=reverse("applicant:receipt", args=[application.pk, receipt.pk]),
        pdf_url=reverse("applicant:receipt_pdf", args=[application.pk, receipt.pk]),
    )


@page("applications.own", find=application_by_id)
def receipt(request: HttpRequest, application: Application, *, receipt_id: UUID) -> HttpResponse:
    return render(request, "applicant/receipt.html", _of(application, receipt_id))


@page("applications.own", find=application_by_id)
def receipt_pdf(request: HttpRequest, application: Application, *, receipt_id: UUID) -> HttpResponse:
    context = _of(application, receipt_id)
    context["qr"] = qr_of(f"{context['receipt'].number} {context['receipt'].digest}")
    name = _("申报回执%(number)s.pdf") % {"number": context["receipt"].number}
    return pdf_response(request, "applicant/receipt_document.html", context, name=name)
