from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoyue.domain.criteria.enums import SCORED, NodeKind
from zhuoyue.domain.criteria.models import Edition, Node, Reading


def edition_by_key(key: str) -> Edition | None:
    return Edition.objects.select_related("standard").filter(key=key).first()


def edition_by_id(edition_id: UUID) -> Edition | None:
    return Edition.objects.select_related("standard").filter(pk=edition_id).first()


def editions() -> QuerySet[Edition]:
    return (
        Edition.objects.select_related("standard")
        .annotate(items=Count("nodes", filter=Q(nodes__kind__in=SCORED)))
        .order_by("standard__title", "-created_at")
    )


def nodes_of(edition: Edition) -> list[Node]:
    """Every node in the order of the standard; `parent` is at hand."""
    return list(edition.nodes.select_related("parent").order_by("position"))


def node_by_code(edition: Edition, code: str) -> Node | None:
    return edition.nodes.select_related("parent").filter(code=code).first()


def node_by_id(node_id: UUID) -> Node | None:
    return Node.objects.select_related("edition", "parent").filter(pk=node_id).first()


def children_of(node: Node) -> list[Node]:
    """What stands below a node, such as the aspects of an item, in the order of the standard."""
    return list(node.children.order_by("position"))


def reading_of(edition: Edition) -> Reading | None:
    return Reading.objects.filter(edition=edition).first()


def counts_of(edition: Edition) -> dict[str, int]:
    """How many of each the edition holds, by the names that the importer uses."""
    rows = Node.objects.filter(edition=edition).values_list("kind", "parent__kind", "parent__parent__kind")
    kinds = list(rows)

    def of(kind: NodeKind) -> int:
        return sum(row[0] == kind for row in kinds)

    def aspects_in(kind: NodeKind) -> int:
        return sum(row[0] == NodeKind.ASPECT and kind in row[1:] for row in kinds)

    return {
        "values": of(NodeKind.VALUE),
        "terms": of(NodeKind.TERM),
        "notes": of(NodeKind.NOTE),
        "context_aspects": aspects_in(NodeKind.CONTEXT),
        "categories": of(NodeKind.CATEGORY),
        "process_items": of(NodeKind.PROCESS),
        "process_aspects": aspects_in(NodeKind.PROCESS),
        "results_items": of(NodeKind.RESULTS),
    }


def points_faults(edition: Edition) -> list[str]:
    """Codes of the nodes whose children's points do not add up to their own; empty where points are not given."""
    nodes = nodes_of(edition)
    found = []
    for node in nodes:
        given = [child.points for child in nodes if child.parent_id == node.pk and child.points is not None]
        if node.points is not None and given and sum(given) != node.points:
            found.append(node.code)
    return found


def is_in_use(edition: Edition) -> bool:
    """Whether a cycle judges by it: then it is frozen."""
    return edition.state == "frozen"


def tree_of(nodes: list[Node]) -> list[dict[str, Any]]:
    """Nodes as nested rows: {"node", "children"}."""
    rows = {node.pk: {"node": node, "children": []} for node in nodes}
    roots: list[dict[str, Any]] = []
    for node in nodes:
        holder = rows[node.parent_id]["children"] if node.parent_id in rows else roots
        holder.append(rows[node.pk])  # type: ignore[attr-defined]
    return roots
