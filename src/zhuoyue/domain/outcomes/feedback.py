"""What a feedback report says: the agreed judgement of every item, and where the applicant stands, without names."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.marks import uncited
from zhuoyue.domain.judging.scales import mark_of
from zhuoyue.domain.review.enums import AssignmentState, Step
from zhuoyue.domain.review.queries.agreed import agreed_items, total_of_items
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.engine import scoring

LEAST_COHORT = 8  # so that every quarter holds two at least


def final_items(application: Application) -> dict[str, ItemScore]:
    """Criterion code -> the last agreed judgement."""
    return {item.node.code: item for item in agreed_items(application)}


def individual_comments(application: Application) -> dict[str, dict[str, list[str]]]:
    """Strengths and gaps that examiners wrote on their own, by criterion code; used where no agreed ones exist.

    They are shuffled in every item, the same way at each reading: no order tells which were written by one person.
    """
    items = ItemScore.objects.filter(
        scorebook__stagebook__application=application,
        scorebook__step=Step.INDIVIDUAL,
        scorebook__stagebook__assignment__state=AssignmentState.ACTIVE,
    ).select_related("node")
    found: dict[str, dict[str, list[str]]] = {}
    for item in items.order_by("pk"):
        entry = found.setdefault(item.node.code, {"strengths": [], "gaps": []})
        entry["strengths"] += map(uncited, item.strengths)
        entry["gaps"] += map(uncited, item.gaps)
    return {
        code: {kind: _shuffled(comments, f"{application.pk}{code}{kind}") for kind, comments in entry.items()}
        for code, entry in found.items()
    }


def _shuffled(comments: Sequence[str], about: str) -> list[str]:
    """In an order that the words alone give, with the id of the application: nothing of who wrote them."""
    return sorted(comments, key=lambda comment: sha256(f"{about}{comment}".encode()).digest())


def position_words(own: Decimal, cohort: Sequence[Decimal]) -> dict[str, int]:
    """Which quarter of the cohort the applicant is in (1: the highest) and how many were judged.

    Nothing for a small cohort: a quarter of one or two is a rank, and tells who is ahead of whom.
    """
    if len(cohort) < LEAST_COHORT:
        return {}
    above = sum(value > own for value in cohort)
    return {"quarter": min(4, above * 4 // max(len(cohort), 1) + 1), "judged": len(cohort)}


def content_for(application: Application, cohort: Sequence[Decimal]) -> dict[str, Any]:
    """The report as plain data. Examiners appear nowhere in it."""
    agreed, individual = final_items(application), individual_comments(application)
    rows = []
    for node in scored_nodes(application.category):
        item = agreed.get(node.code)
        said = individual.get(node.code, {"strengths": [], "gaps": []})
        band = None
        if item is not None and item.value is not None:
            model = item.scorebook.scales.model_of(node.kind)
            mark = mark_of(model, item.value)
            band = scoring.score_item(model, mark, node=node.code, kind=node.kind, points=node.points).band
        rows.append(
            {
                "code": node.code,
                "title": node.title,
                "title_en": node.title_en,
                "value": str(item.value) if item is not None else "",
                "band": band.name if band else "",
                "strengths": (item.strengths if item is not None and item.strengths else said["strengths"]),
                "gaps": (item.gaps if item is not None and item.gaps else said["gaps"]),
            }
        )
    total = total_of_items(application.category, agreed.values()) if agreed else None
    return {
        "application": application.number,
        "organisation": application.organisation.name,
        "category": application.category.title,
        "cycle": application.cycle.title,
        "items": rows,
        "total": str(total.value) if total and total.value is not None else "",
        "position": position_words(total.value, cohort) if total and total.value is not None and cohort else {},
    }
