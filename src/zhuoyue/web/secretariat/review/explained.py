"""How a total came, for the page: branch by branch, with the names of the standard."""

from typing import Any

from zhuoyue.domain.criteria.queries import nodes_of
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.totals import StageTotal
from zhuoyue.web.secretariat.frame import words_of


def titles_of(run: StageRun) -> dict[str, str]:
    """Code -> code and title of every chapter and item of the standard."""
    edition = run.category.edition
    return {node.code: f"{node.code} {words_of(node)}" for node in nodes_of(edition) if node.title} if edition else {}


def branches_of(standing: StageTotal, titles: dict[str, str]) -> dict[str, Any] | None:
    """The explanation of the total: its formula, and a branch for each examiner, agreed chapter or weighed stage."""
    if standing.total is None:
        return None
    root = standing.total.explanation
    whose = [words_of(part) for part in standing.parts]
    if standing.step == Step.INDIVIDUAL:
        whose = [one.name for one in standing.judged]
    branches = [
        {
            "name": whose[place] if whose else titles.get(child.node, child.node),
            "formula": child.formula,
            "value": child.value,
            "rows": _rows_below(child, titles, 0),
        }
        for place, child in enumerate(root.children)
    ]
    return {"formula": root.formula, "value": root.value, "branches": branches}


def _rows_below(node: Any, titles: dict[str, str], depth: int) -> list[dict[str, Any]]:
    """The nodes below in the order of the standard. A percentage stands in the formula of its item already."""
    found: list[dict[str, Any]] = []
    for child in node.children:
        if child.children or child.formula:
            name = titles.get(child.node, child.node)
            found.append({"name": name, "formula": child.formula, "value": child.value, "deep": depth > 0})
            found += _rows_below(child, titles, depth + 1)
    return found
