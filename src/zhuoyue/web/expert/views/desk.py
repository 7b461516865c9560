"""The scorebook: the application on the left, the judgement on the right, one item at a time."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.queries import file_in
from zhuoyue.domain.judging.judgements import UnfinishedError
from zhuoyue.domain.review.actions import scoring
from zhuoyue.domain.review.models import StageBook
from zhuoyue.domain.review.queries.blind import Called, called
from zhuoyue.domain.review.queries.scores import own_book, unfinished_in
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.domain.review.rules import READ_DOSSIER, SCORE, SEE_SCOREBOOK
from zhuoyue.kernel import access
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.expert.desk import desk_of, next_unfinished, view_of
from zhuoyue.web.expert.navigation import crumbs, frame
from zhuoyue.web.shared.scoring.item_form import ItemFields
from zhuoyue.web.shared.scoring.item_page import ItemDesk, item_context, save_item
from zhuoyue.web.shared.scoring.scale import Scale, scale_of
from zhuoyue.web.shared.titles import titled


def _node(book: StageBook, code: str) -> Node:
    found = next((node for node in scored_nodes(book.run.category) if node.code == code), None)
    if found is None:
        raise Http404
    return found


@page(SEE_SCOREBOOK, find=own_book, methods=("GET", "POST"))
def item(request: HttpRequest, book: StageBook, *, code: str) -> HttpResponse:
    node = _node(book, code)
    scale = scale_of(book.scales.words_of(node.kind), node.kind)
    show = partial(_item_page, request, book, node, scale)
    if request.method != "POST":
        return show()
    desk = ItemDesk(
        node=node,
        scale=scale,
        url=reverse("expert:item", args=[book.assignment_id, node.code]),
        keep=lambda judged, expected: scoring.save_item(
            by=request.user, book=book, node=node, judgement=judged, expected=expected
        ),
        page=show,
        frame=partial(frame, book.run.category.cycle),
        onwards=lambda: _onwards(own_book(book.assignment_id) or book, node),
    )
    return save_item(request, desk)


def _item_page(
    request: HttpRequest,
    book: StageBook,
    node: Node,
    scale: Scale,
    *,
    typed: ItemFields | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    desk = desk_of(request, book, node)
    refused = access.refusal(SCORE, request.user, book)
    shown = item_context(
        node,
        scale,
        view_of(book.assignment),
        nodes=desk["nodes"],
        stored=desk["items"].get(node.pk),
        typed=typed,
        fault=fault,
        editable=refused is None,
    )
    context = {
        **desk,
        **shown,
        "item_url": reverse("expert:item", args=[book.assignment_id, node.code]),
        "read_title": _("申报材料"),
        "read_missing": _("申报单位没有填写这一条。"),
        "refused": str(refused.reason) if refused and desk["is_own"] else "",
        "next_node": next_unfinished(book, node),
    }
    return render(request, "expert/item.html", context, status=status)


def _onwards(book: StageBook, after: Node | None) -> str:
    following = next_unfinished(book, after)
    if following is None:
        return reverse("expert:book", args=[book.assignment_id])
    return reverse("expert:item", args=[book.assignment_id, following.code])


@page(SEE_SCOREBOOK, find=own_book)
def next_item(request: HttpRequest, book: StageBook) -> HttpResponse:
    after = next((node for node in scored_nodes(book.run.category) if node.code == request.GET.get("after")), None)
    return redirect(_onwards(book, after))


@page(SEE_SCOREBOOK, find=own_book)
def book(request: HttpRequest, book: StageBook) -> HttpResponse:
    return _book_page(request, book)


def _book_page(request: HttpRequest, book: StageBook, *, fault: str = "", status: int = 200) -> HttpResponse:
    desk = desk_of(request, book)
    shown: Called = desk["application"]
    refused = access.refusal(SCORE, request.user, book)
    missing: list[Any] = unfinished_in(book)
    context = frame(
        book.run.category.cycle,
        **desk,
        crumbs=crumbs("books", shown.number or shown.title),
        missing=[{"node": entry.node, "title": titled(entry.node), "what": entry.what} for entry in missing],
        refused=str(refused.reason) if refused and desk["is_own"] else "",
        editable=refused is None,
        fault=fault,
    )
    return render(request, "expert/book.html", context, status=status)


@page(SEE_SCOREBOOK, find=own_book, methods=("POST",))
def submit(request: HttpRequest, book: StageBook) -> HttpResponse:
    try:
        scoring.submit_book(by=request.user, book=book)
    except (UnfinishedError, MoveError) as error:
        return _book_page(request, book, fault=str(error), status=409)
    return redirect("expert:book", book.assignment_id)


@page(READ_DOSSIER, find=own_book)
def dossier(request: HttpRequest, book: StageBook) -> HttpResponse:
    """The whole frozen dossier on one page."""
    shown = called(book.run, book.application)
    context = frame(
        book.run.category.cycle,
        application=shown,
        assignment_id=book.assignment_id,
        view=view_of(book.assignment),
        number=shown.number,
    )
    return render(request, "expert/dossier.html", context)


@page(READ_DOSSIER, find=own_book)
def file(request: HttpRequest, book: StageBook, *, file_id: Any) -> HttpResponseBase:  # noqa: ARG001 - every view takes the request
    """A file of the snapshot, and of nothing else; none where the stage hides applicants."""
    snapshot = book.application.snapshot
    found = file_in(snapshot, file_id) if snapshot is not None and not book.run.hides_applicants else None
    if found is None:
        raise Http404
    return as_attachment(found)
