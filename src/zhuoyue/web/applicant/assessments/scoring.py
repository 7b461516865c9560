"""Judging one item at a time, with what was written of it on the left."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.models import Assessment, SelfBook
from zhuoyue.domain.assessments.queries import assessment_by_id, common_book
from zhuoyue.domain.assessments.rules import OWN, WRITE
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.judging.queries.books import items_by_node, scored_nodes
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.web.applicant.assessments.desk import DESK, named, of_assessment
from zhuoyue.web.shared.dossier.mount import sitting
from zhuoyue.web.shared.dossier.reading import dossier_view
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.dossier.views.check import own_reader
from zhuoyue.web.shared.scoring.item_form import ItemFields
from zhuoyue.web.shared.scoring.item_page import ItemDesk, item_context, save_item
from zhuoyue.web.shared.scoring.rail import rail_of, unfinished_after
from zhuoyue.web.shared.scoring.scale import Scale, scale_of


def _url(assessment: Assessment, code: str) -> str:
    return reverse("applicant:assess_item", args=[assessment.pk, code])


def _node(book: SelfBook, code: str) -> Node:
    found = next((node for node in scored_nodes(book.edition) if node.code == code), None)
    if found is None:
        raise Http404
    return found


def view_of(request: HttpRequest, assessment: Assessment) -> DossierView:
    """What was written, as it stands; once finished, as it was frozen."""
    seat = sitting(DESK, assessment, request.user)
    source: Any = contents_of(assessment.dossier)
    if not assessment.dossier.is_open and assessment.snapshot is not None:
        source = assessment.snapshot
    return dossier_view(source, reader=own_reader(seat))


@page(OWN, find=assessment_by_id, methods=("GET", "POST"))
def item(request: HttpRequest, assessment: Assessment, *, code: str) -> HttpResponse:
    book = common_book(assessment)
    node = _node(book, code)
    scale = scale_of(book.scales.words_of(node.kind), node.kind)
    show = partial(_item_page, request, book, node, scale)
    if request.method != "POST":
        return show()
    desk = ItemDesk(
        node=node,
        scale=scale,
        url=_url(assessment, node.code),
        keep=lambda judged, expected: actions.save_item(
            by=request.user, book=book, node=node, judgement=judged, expected=expected
        ),
        page=show,
        frame=partial(of_assessment, assessment),
        onwards=lambda: _onwards(common_book(assessment), node),
    )
    return save_item(request, desk)


def _onwards(book: SelfBook, after: Node | None) -> str:
    following = unfinished_after(scored_nodes(book.edition), items_by_node(book), after)
    if following is None:
        return reverse("applicant:finish_assessment", args=[book.assessment_id])
    return _url(book.assessment, following.code)


def _item_page(
    request: HttpRequest,
    book: SelfBook,
    node: Node,
    scale: Scale,
    *,
    typed: ItemFields | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    assessment = book.assessment
    refused = access.refusal(WRITE, request.user, book)
    nodes, items = scored_nodes(book.edition), items_by_node(book)
    shown = item_context(
        node,
        scale,
        view_of(request, assessment),
        nodes=nodes,
        stored=items.get(node.pk),
        typed=typed,
        fault=fault,
        editable=refused is None,
    )
    context = {
        **rail_of(nodes, items, partial(_url, assessment), node),
        **shown,
        "assessment": assessment,
        "name": named(assessment),
        "item_url": _url(assessment, node.code),
        "read_title": _("自评材料"),
        "read_missing": _("这一条还没有写说明；可以只评分。"),
        "write_url": DESK.section_url(assessment, f"narrative/{node.code}"),
        "refused": str(refused.reason) if refused else "",
        "next_node": unfinished_after(nodes, items, node),
    }
    return render(request, "applicant/assessments/item.html", context, status=status)


@page(OWN, find=assessment_by_id)
def next_item(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    book = common_book(assessment)
    nodes = scored_nodes(book.edition)
    after = next((node for node in nodes if node.code == request.GET.get("after")), None)
    return redirect(_onwards(book, after))
