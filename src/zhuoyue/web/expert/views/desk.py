"""The scorebook: the application on the left, the judgement on the right, one item at a time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.criteria.queries import children_of
from zhuoyue.domain.dossiers.queries import file_in
from zhuoyue.domain.judging.judgements import ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.marks import circled, lost
from zhuoyue.domain.review.actions import scoring
from zhuoyue.domain.review.models import StageBook
from zhuoyue.domain.review.queries.blind import Called, called
from zhuoyue.domain.review.queries.scores import own_book, unfinished_in
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.domain.review.rules import READ_DOSSIER, SCORE, SEE_SCOREBOOK
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.expert import item_form
from zhuoyue.web.expert.desk import desk_of, next_unfinished, view_of
from zhuoyue.web.expert.item_form import ItemFields
from zhuoyue.web.expert.navigation import crumbs, frame
from zhuoyue.web.expert.scale import Scale, scale_of
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
    if request.method == "POST":
        return _save(request, book, node, scale)
    return _item_page(request, book, node, scale)


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
    stored: ItemScore | None = desk["items"].get(node.pk)
    view = view_of(book.assignment)
    fields = typed or item_form.from_item(stored, scale)
    refused = access.refusal(SCORE, request.user, book)
    siblings = [other for other in desk["nodes"] if other.kind == "results" and other.parent_id == node.parent_id]
    read = view.of_node(node.code)
    texts = [row.text for section in read.texts for row in section.rows if row.text]
    series = read.series or tuple(one for other in siblings for one in view.of_node(other.code).series)
    context = {
        **desk,
        "node": node,
        "node_title": titled(node),
        "aspects": children_of(node),
        "read": read,
        "series": series,
        "files": [file for section in view.sections for file in section.files],
        "scale": scale,
        "fields": fields,
        "dimensions": [
            {"shape": shape, "place": place, "note": note}
            for shape, (_key, place, note) in zip(scale.dimensions, fields.dimensions, strict=True)
        ],
        "grades": [{"value": str(band.steps[0]), "label": band.word, "hint": band.meaning} for band in scale.bands],
        "band": scale.band_of(fields.number),
        "guide": scale.guide(stored.dimensions) if stored else None,
        "saved_at": stored.changed_at if stored else None,
        "refused": str(refused.reason) if refused and desk["is_own"] else "",
        "editable": refused is None,
        "writable": refused is None or bool(fault),
        "strengths": [{"text": text} for text in fields.strengths],
        "gaps": [{"text": text} for text in fields.gaps],
        "marks": [{"text": text} for text in fields.marks],
        "lost": [circled(number) for number in lost(texts, fields.marks)],
        "fault": fault,
        "next_node": next_unfinished(book, node),
    }
    return render(request, "expert/item.html", context, status=status)


def _save(request: HttpRequest, book: StageBook, node: Node, scale: Scale) -> HttpResponse:
    quiet = request.headers.get("X-Autosave") == "1"
    typed = item_form.from_post(request.POST, scale)
    done = not quiet and request.POST.get("then") == "done"
    try:
        judged = typed.judgement(scale, done=done)
        kept = scoring.save_item(by=request.user, book=book, node=node, judgement=judged, expected=typed.version)
    except StaleError as error:
        return _both_texts(request, book, node, scale, typed, error)
    except (ScoreRefusedError, access.RefusedError) as error:
        if isinstance(error, access.RefusedError) and error.hidden:
            raise
        if quiet:
            return JsonResponse({"errors": {"percent": str(error)}}, status=422)
        status = 403 if isinstance(error, access.RefusedError) else 422
        return _item_page(request, book, node, scale, typed=typed, fault=str(error), status=status)
    if quiet:
        return JsonResponse({"version": kept.version, "at": f"{clock.today():%H:%M}"})
    if not done:
        return redirect("expert:item", book.assignment_id, node.code)
    return _onwards(own_book(book.assignment_id) or book, node)


def _onwards(book: StageBook, node: Node) -> HttpResponse:
    following = next_unfinished(book, node)
    if following is None:
        return redirect("expert:book", book.assignment_id)
    return redirect("expert:item", book.assignment_id, following.code)


def _both_texts(
    request: HttpRequest, book: StageBook, node: Node, scale: Scale, typed: ItemFields, error: StaleError
) -> HttpResponse:
    current = error.current
    stored = item_form.from_item(current if isinstance(current, ItemScore) else None, scale)
    again = reverse("expert:item", args=[book.assignment_id, node.code])
    context = frame(
        book.run.category.cycle,
        **item_form.conflict(stored, typed, scale),
        again=again,
        stored_at=getattr(current, "changed_at", None),
    )
    return render(request, "shared/conflict.html", context, status=409)


@page(SEE_SCOREBOOK, find=own_book)
def next_item(request: HttpRequest, book: StageBook) -> HttpResponse:
    after = next((node for node in scored_nodes(book.run.category) if node.code == request.GET.get("after")), None)
    following = next_unfinished(book, after)
    if following is None:
        return redirect("expert:book", book.assignment_id)
    return redirect("expert:item", book.assignment_id, following.code)


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
