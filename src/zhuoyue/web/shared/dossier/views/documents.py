"""The whole dossier in the layout of an official document: on screen, on paper, as PDF and as a Word file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from zhuoyue.domain.dossiers.queries import contents_of, form_of, latest_snapshot
from zhuoyue.kernel.exports import as_docx
from zhuoyue.web.shared.dossier.mount import Mount, Paper, sitting
from zhuoyue.web.shared.dossier.reading import dossier_view
from zhuoyue.web.shared.dossier.shown import said
from zhuoyue.web.shared.dossier.views.check import own_reader
from zhuoyue.web.shared.dossier.word import word_of
from zhuoyue.web.shared.pdf import pdf_response

TEMPLATE = "shared/dossier/document.html"


def document_of(request: HttpRequest, thing: Any, mount: Mount) -> dict[str, Any]:
    """The version that was sent last; the draft where none was, or where `?draft=1` asks for it."""
    seat = sitting(mount, thing, request.user)
    dossier = seat.desk.dossier
    snapshot = None if "draft" in request.GET else latest_snapshot(dossier)
    if snapshot is not None:
        snapshot.dossier = dossier
    asked = "" if snapshot else "?draft=1"
    paper: Paper = mount.paper(thing, draft=snapshot is None)
    return {
        "paper": paper,
        "form_title": said(form_of(dossier).title),
        "view": dossier_view(snapshot or contents_of(dossier), reader=own_reader(seat)),
        "word_url": seat.url("word") + asked,
        "pdf_url": seat.url("pdf") + asked,
        "back_url": seat.list_url,
    }


def preview(request: HttpRequest, thing: Any, *, mount: Mount) -> HttpResponse:
    return render(request, TEMPLATE, document_of(request, thing, mount))


def pdf(request: HttpRequest, thing: Any, *, mount: Mount) -> HttpResponse:
    context = document_of(request, thing, mount)
    return pdf_response(request, TEMPLATE, context, name=f"{context['paper'].name}.pdf")


def word(request: HttpRequest, thing: Any, *, mount: Mount) -> HttpResponseBase:
    """The same as a Word file, to be worked on further."""
    context = document_of(request, thing, mount)
    paper: Paper = context["paper"]
    return as_docx(paper.name, word_of("".join(paper.title), paper.facts, context["view"]))
