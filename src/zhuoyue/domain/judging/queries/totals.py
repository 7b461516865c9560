"""Totals of what scorebooks say: each item by the scoring model of its scorebook and of its kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.scales import Scales, mark_of
from zhuoyue.engine import scoring
from zhuoyue.engine.scoring.items import Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one scorebook says: node code -> value (None: not given), on its scales."""

    scales: Scales
    values: Mapping[str, Decimal | None]


def sheets_of(items: QuerySet[ItemScore], *facts: str) -> list[tuple[Any, ...]]:
    """(fact, ..., sheet) of every scorebook that `items` belong to, in their order. `facts`: paths from an item."""
    columns = ("scorebook", "scorebook__process_model", "scorebook__results_model", "node__code", "value")
    found: dict[Any, tuple[Any, ...]] = {}
    values: defaultdict[Any, dict[str, Decimal | None]] = defaultdict(dict)
    for *known, book, process, results, code, value in items.values_list(*facts, *columns):
        values[book][code] = value
        if book not in found:
            found[book] = (*known, Sheet(Scales(process, results), values[book]))
    return list(found.values())


def scoring_tree(nodes: Iterable[Node]) -> scoring.Node:
    """Categories with their items, as the engine's tree; points only where the edition has them all."""
    items = list(nodes)
    pointed = all(node.points is not None for node in items)
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in items:
        entry: dict[str, Any] = {"key": node.code, "kind": node.kind}
        if pointed:
            entry["points"] = node.points
        groups[node.parent.code if node.parent else ""].append(entry)
    children = [{"key": key or "items", "children": group} for key, group in groups.items()]
    return scoring.tree_from_data({"key": "total", "children": children})


def total_of(nodes: Iterable[Node], *sheets: Sheet) -> scoring.Total:
    """The explained total over the scored items. Of several sheets, the value in the later one stands."""
    items = list(nodes)
    if not items or not sheets:
        return _nothing_scored()
    marks: dict[str, scoring.Marks | Mark] = {}
    models: dict[str, scoring.ScoringModel] = {}
    for sheet in sheets:
        for node in items:
            value = sheet.values.get(node.code)
            if value is not None or node.code not in models:
                models[node.code] = sheet.scales.model_of(node.kind)
            if value is not None:
                marks[node.code] = mark_of(models[node.code], value)
    return scoring.total_of(scoring_tree(items), marks, models)


def _nothing_scored() -> scoring.Total:
    """No value, out of 100."""
    return scoring.composite_of({"total": None}, weights={"total": 1})


def mean_total(totals: Mapping[str, scoring.Total]) -> scoring.Total:
    """The mean of several voices' totals, each with the same weight. At least one."""
    most = next(iter(totals.values())).maximum
    return scoring.composite_of(totals, weights=dict.fromkeys(totals, 1), out_of=most)
