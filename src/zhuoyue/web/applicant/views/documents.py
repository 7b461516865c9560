"""The whole application in the layout of an official document: on screen, on paper, as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import application_by_id, last_receipt
from zhuoyue.domain.dossiers.actions import content_of
from zhuoyue.domain.dossiers.queries import form_of, snapshot_content, titles_of
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel.exports import as_docx
from zhuoyue.kernel.pages import page
from zhuoyue.web.applicant.fields import said
from zhuoyue.web.applicant.views.evidence import file_url
from zhuoyue.web.shared.deadlines import digest_groups
from zhuoyue.web.shared.dossier_view import dossier_view, options_of
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.titles import titled
from zhuoyue.web.shared.word import word_of


def _of(application: Application, *, draft: bool) -> dict[str, Any]:
    """The submitted version, or the draft where it is open for writing."""
    dossier = application.dossier
    content = (
        content_of(dossier) if draft or application.snapshot_id is None else snapshot_content(application.snapshot_id)
    )
    receipt = None if draft else last_receipt(application)
    return {
        "application": application,
        "form_title": said(form_of(dossier).title),
        "view": dossier_view(
            content,
            form_of(dossier),
            titles_of(dossier.edition_id),
            file_url=lambda file_id: file_url(application, file_id),
            options=options_of(rules_of(application.rules)),
        ),
        "receipt": receipt,
        "code": f"{receipt.number}　{digest_groups(receipt.digest)}" if receipt else "",
        "organiser": application.cycle.programme.organiser.organisation.name,
        "word_url": reverse("applicant:word", args=[application.pk]) + ("?draft=1" if draft else ""),
        "pdf_url": reverse("applicant:pdf", args=[application.pk]) + ("?draft=1" if draft else ""),
        "back_url": reverse("applicant:application", args=[application.pk]),
    }


def _wants_draft(request: HttpRequest, application: Application) -> bool:
    return "draft" in request.GET or application.snapshot_id is None


@page("applications.own", find=application_by_id)
def preview(request: HttpRequest, application: Application) -> HttpResponse:
    context = _of(application, draft=_wants_draft(request, application))
    return render(request, "applicant/application_document.html", context)


@page("applications.own", find=application_by_id)
def pdf(request: HttpRequest, application: Application) -> HttpResponse:
    context = _of(application, draft=_wants_draft(request, application))
    return pdf_response(request, "applicant/application_document.html", context, name=f"{_name_of(application)}.pdf")


@page("applications.own", find=application_by_id)
def word(request: HttpRequest, application: Application) -> HttpResponseBase:
    """The same as a Word file, to be worked on further."""
    draft = _wants_draft(request, application)
    context = _of(application, draft=draft)
    facts = [
        (_("申报单位"), application.title),
        (_("申报编号"), application.number),
        (_("推荐单位"), str(application.recommender or "")),
        (_("版本"), _("草稿，未提交") if draft else _("第%(number)s版") % {"number": application.snapshot.number}),
    ]
    title = f"{titled(application.cycle)} {titled(application.category)}{_('申报材料')}"
    return as_docx(_name_of(application), word_of(title, facts, context["view"]))


def _name_of(application: Application) -> str:
    return _("%(name)s申报材料%(number)s") % {"name": application.organisation.name, "number": application.number}
