"""What the scorebook's frame shows: the rail of items, where one stands, and the applicant's dossier on the left."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhuoyue.domain.applications.queries import sent_dossier
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.judging.queries.books import items_by_node
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.models import Assignment, StageBook
from zhuoyue.domain.review.queries.blind import called, mask_of
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.dossier.shown import DossierView
from zhuoyue.web.shared.scoring.rail import rail_of, unfinished_after
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


def desk_of(request: HttpRequest, book: StageBook, node: Node | None = None) -> dict[str, Any]:
    """Context of `desk.html` for a book, at an item or at the whole."""
    rail = rail_of(
        scored_nodes(book.run.category),
        items_by_node(book),
        lambda code: reverse("expert:item", args=[book.assignment_id, code]),
        node,
    )
    is_own = book.assignment is not None and book.assignment.expert.person_id == request.user.pk
    return {
        "book": book,
        "application": called(book.run, book.application),
        "assignment_id": book.assignment_id,
        "cycle_title": titled(book.run.category.cycle),
        "category_title": titled(book.run.category),
        "stage_title": titled(book.run),
        **rail,
        "is_own": is_own,
    }


def next_unfinished(book: StageBook, after: Node | None = None) -> Node | None:
    """The first item after `after` that is not done, then from the beginning; None when all are."""
    return unfinished_after(scored_nodes(book.run.category), items_by_node(book), after)
