"""What the scorebook's frame shows: the rail of items, where one stands, and the applicant's dossier on the left."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhuoyue.domain.applications.queries import sent_dossier
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.books import items_by_node
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.models import Assignment, StageBook
from zhuoyue.domain.review.queries.blind import called, mask_of
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.kernel import formats
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.titles import titled


def view_of(assignment: Assignment) -> DossierView:
    """The frozen dossier that examiners judge: never the living draft."""
    application, run = assignment.application, assignment.run
    reader = Reader(
        file_url=lambda file: reverse("expert:file", args=[assignment.pk, file]),
        mask=mask_of(run, application),
        options=options_of(rules_of(run.category.cycle.rules)),
    )
    snapshot = sent_dossier(application)
    return dossier_view(snapshot, reader=reader) if snapshot else DossierView(())


def state_of(item: ItemScore | None) -> str:
    """done, part, or nothing yet."""
    if item is None:
        return ""
    begun = item.value is not None or item.dimensions or item.strengths or item.gaps
    return "done" if item.done else "part" if begun else ""


def desk_of(request: HttpRequest, book: StageBook, node: Node | None = None) -> dict[str, Any]:
    """Context of `desk.html` for a book, at an item or at the whole."""
    nodes, items = scored_nodes(book.run.category), items_by_node(book)
    groups: list[dict[str, Any]] = []
    for entry in nodes:
        parent = titled(entry.parent) if entry.parent else ""
        if not groups or groups[-1]["label"] != parent:
            groups.append({"label": parent, "items": []})
        item = items.get(entry.pk)
        groups[-1]["items"].append(
            {
                "label": f"{entry.code} {titled(entry)}",
                "url": reverse("expert:item", args=[book.assignment_id, entry.code]),
                "state": state_of(item),
                "value": formats.plain(item.value) if item is not None and item.value is not None else None,
                "current": node is not None and entry.pk == node.pk,
                "done": item is not None and item.done,
            }
        )
    place = next((n for n, entry in enumerate(nodes) if node is not None and entry.pk == node.pk), None)
    is_own = book.assignment is not None and book.assignment.expert.person_id == request.user.pk
    return {
        "book": book,
        "application": called(book.run, book.application),
        "assignment_id": book.assignment_id,
        "cycle_title": titled(book.run.category.cycle),
        "category_title": titled(book.run.category),
        "stage_title": titled(book.run),
        "groups": groups,
        "done": sum(item.done for item in items.values()),
        "total": len(nodes),
        "position": (place or 0) + 1,
        "before": nodes[place - 1] if place else None,
        "after": nodes[place + 1] if place is not None and place + 1 < len(nodes) else None,
        "nodes": nodes,
        "items": items,
        "is_own": is_own,
    }


def next_unfinished(book: StageBook, after: Node | None = None) -> Node | None:
    """The first item after `after` that is not done, then from the beginning; None when all are."""
    nodes, items = scored_nodes(book.run.category), items_by_node(book)
    open_nodes = [node for node in nodes if node.pk not in items or not items[node.pk].done]
    later = [node for node in open_nodes if after is not None and node.position > after.position]
    return next(iter(later or open_nodes), None)
