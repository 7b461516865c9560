"""What must agree between the parts of an edition: codes, nesting, points."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zhuoyue.packs.source import RawPath
from zhuoyue.packs.standards.schema import Standard, StandardNode

_BELOW: dict[str, frozenset[str]] = {
    "": frozenset({"value", "term", "note", "context", "category", "process", "results"}),
    "context": frozenset({"aspect", "note"}),
    "category": frozenset({"process", "results", "aspect", "note"}),
    "process": frozenset({"aspect", "note"}),
    "results": frozenset({"aspect", "note"}),
    "aspect": frozenset({"aspect", "note"}),
    "value": frozenset(),
    "term": frozenset({"note"}),
    "note": frozenset(),
}
_SCORED = frozenset({"process", "results"})
_POINTED = _SCORED | {"category", "aspect"}


class Fault(NamedTuple):
    code: str
    path: RawPath
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


def faults_of(standard: Standard, models: Collection[str] | None) -> Iterator[Fault]:
    """`models` are the scoring models that exist; None leaves the reference unchecked."""
    placed = list(_placed(standard.nodes, ("nodes",), ""))
    yield from _doubled_codes(placed)
    for node, path, parent in placed:
        yield from _node_faults(node, path, parent)
        yield from _sum_faults(node.points, node.children, path, f"{node.code} {node.title}")
    yield from _total_faults(standard, placed)
    if models is not None and standard.scoring_model not in models:
        known = "、".join(sorted(models))
        yield Fault(
            "unknown-scoring-model",
            ("scoring_model",),
            f"没有名为“{standard.scoring_model}”的评分模型。",
            f"There is no scoring model “{standard.scoring_model}”.",
            f"可用的评分模型：{known}。",
            f"Scoring models: {known}.",
        )


_Placed = tuple[StandardNode, RawPath, str]


def _placed(nodes: Sequence[StandardNode], path: RawPath, parent: str) -> Iterator[_Placed]:
    """Every node with its path and the kind of its parent."""
    for index, node in enumerate(nodes):
        here = (*path, index)
        yield node, here, parent
        yield from _placed(node.children, (*here, "children"), node.kind)


def _doubled_codes(placed: Sequence[_Placed]) -> Iterator[Fault]:
    seen: set[str] = set()
    for node, path, _ in placed:
        if node.code in seen:
            yield Fault(
                "code-twice",
                (*path, "code"),
                f"编号“{node.code}”用了两次。",
                f"The code “{node.code}” is used twice.",
                "请改为不重复的编号。",
                "Give each node its own code.",
            )
        seen.add(node.code)


def _node_faults(node: StandardNode, path: RawPath, parent: str) -> Iterator[Fault]:
    if node.kind not in _BELOW[parent]:
        allowed = "、".join(sorted(_BELOW[parent]))
        yield Fault(
            "kind-misplaced",
            (*path, "kind"),
            f"{node.kind} 不能放在 {parent or '最外层'} 之下。",
            f"{node.kind} cannot stand below {parent or 'the top level'}.",
            f"此处可用：{allowed or '无'}。",
            f"Allowed here: {allowed or 'nothing'}.",
        )
    if node.points is not None and node.kind not in _POINTED:
        yield Fault(
            "points-misplaced",
            (*path, "points"),
            f"{node.kind} 不计分。",
            f"{node.kind} carries no points.",
            "请删去 points。",
            "Remove points.",
        )
    if node.indicators and node.kind != "results":
        yield Fault(
            "indicators-misplaced",
            (*path, "indicators"),
            "只有 results 条目可以列出建议指标。",
            "Only a results item suggests indicators.",
            "请删去 indicators 或改正 kind。",
            "Remove indicators or correct kind.",
        )


def _sum_faults(stated: Decimal | None, children: Sequence[StandardNode], path: RawPath, name: str) -> Iterator[Fault]:
    """Children either all carry points, which add up to the parent's, or none does."""
    pointed = [child for child in children if child.kind in _POINTED]
    given = [child.points for child in pointed if child.points is not None]
    if not given:
        return
    if len(given) < len(pointed):
        missing = "、".join(child.code for child in pointed if child.points is None)
        yield Fault(
            "points-missing",
            path,
            f"“{name}”之下只有部分条目有分值，缺：{missing}。",
            f"Below “{name}” some points are missing: {missing}.",
            "请补齐分值，或全部删去。",
            "Add the missing points, or remove them all.",
        )
    elif stated != sum(given):
        shown = "未写" if stated is None else f"{stated}"
        yield Fault(
            "points-sum",
            (*path, "points") if len(path) > 1 else path,
            f"“{name}”的分值为 {shown}，而下级之和为 {sum(given)}。",
            f"“{name}” states {'nothing' if stated is None else stated} but its parts add up to {sum(given)}.",
            "请核对原文后改正其中之一。",
            "Compare with the source and correct one of them.",
        )


def _total_faults(standard: Standard, placed: Sequence[_Placed]) -> Iterator[Fault]:
    yield from _sum_faults(standard.points_total, standard.nodes, ("points_total",), standard.title)
    if standard.points_total is None:
        return
    for node, path, _ in placed:
        if node.kind in _SCORED and node.points is None:
            yield Fault(
                "points-missing",
                path,
                f"总分已写，但条目“{node.code} {node.title}”没有分值。",
                f"A total is stated, but item “{node.code} {node.title}” has no points.",
                "请补上该条目的分值，或删去 points_total。",
                "Add the item's points, or remove points_total.",
            )
