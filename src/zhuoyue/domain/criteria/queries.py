from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhuoyue.domain.criteria.enums import SCORED, EditionState, NodeKind
from zhuoyue.domain.criteria.models import Edition, Node, OutlineChange, Reading
from zhuoyue.domain.orgs.queries import OFFICE_DUTIES, organisations_with


def edition_by_key(key: str) -> Edition | None:
    return _whole().filter(key=key).first()


def edition_by_id(edition_id: UUID) -> Edition | None:
    return _whole().filter(pk=edition_id).first()


def _whole() -> QuerySet[Edition]:
    """With whose each is at hand: every rule about an edition asks for it."""
    return Edition.objects.select_related("standard", "owner__organisation")


def editions_shown_to(person: Any) -> QuerySet[Edition]:
    """For somebody of an office: everything but the drafts of other bodies. `items` and `was_read` stand on each."""
    own = Q(owner__organisation__in=organisations_with(person, *OFFICE_DUTIES))
    return (
        _whole()
        .filter(~Q(state=EditionState.DRAFT) | Q(owner=None) | own)
        .annotate(
            items=Count("nodes", filter=Q(nodes__kind__in=SCORED)),
            was_read=Exists(Reading.objects.filter(edition=OuterRef("pk"))),
        )
        .order_by("standard__title", "-created_at")
    )


def nodes_of(edition: Edition) -> list[Node]:
    """Every node in the order of the standard; `parent` is at hand."""
    return list(edition.nodes.select_related("parent").order_by("position"))


def node_by_code(edition: Edition, code: str) -> Node | None:
    return edition.nodes.select_related("parent").filter(code=code).first()


def node_by_id(node_id: UUID) -> Node | None:
    return Node.objects.select_related("edition__owner", "parent").filter(pk=node_id).first()


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


@dataclass(frozen=True, slots=True)
class PointsSum:
    """A node whose children bear points: what it states itself (None: nothing) beside their sum."""

    node: Node
    own: Decimal | None
    below: Decimal

    @property
    def adds_up(self) -> bool:
        return self.own is None or self.own == self.below


def points_sums(nodes: Sequence[Node]) -> list[PointsSum]:
    """In the order of the standard; empty where an edition gives no points."""
    below: dict[Any, Decimal] = {}
    for node in nodes:
        if node.points is not None:
            below[node.parent_id] = below.get(node.parent_id, Decimal(0)) + node.points
    return [PointsSum(node, node.points, below[node.pk]) for node in nodes if node.pk in below]


def points_total(nodes: Sequence[Node]) -> Decimal | None:
    """What the categories add up to, None where none states its points."""
    given = [node.points for node in nodes if node.kind == NodeKind.CATEGORY and node.points is not None]
    return sum(given, Decimal(0)) if given else None


def points_faults(edition: Edition) -> list[str]:
    """Codes of the nodes whose children's points do not add up to their own; empty where points are not given."""
    return [found.node.code for found in points_sums(nodes_of(edition)) if not found.adds_up]


def is_in_use(edition: Edition) -> bool:
    """Whether a cycle judges by it: then it is frozen."""
    return edition.state == EditionState.FROZEN


def confirmed_editions() -> QuerySet[Edition]:
    """What a cycle may judge by: confirmed by a person, or frozen by an earlier cycle."""
    return _whole().exclude(state=EditionState.DRAFT).order_by("title", "label")


def known_codes(person: Any) -> dict[str, frozenset[str]]:
    """Edition key -> codes of its nodes, for checking rules that name them: of those that `person` may see."""
    shown = dict(editions_shown_to(person).order_by().values_list("pk", "key"))
    found: dict[str, set[str]] = {key: set() for key in shown.values()}
    for key, code in Node.objects.filter(edition__in=shown).values_list("edition__key", "code"):
        found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def depths_of(nodes: Sequence[Node]) -> Iterator[tuple[Node, int]]:
    """Each node with how deep it stands; parents come before their children."""
    depths: dict[Any, int] = {}
    for node in nodes:
        depths[node.pk] = depths.get(node.parent_id, -1) + 1
        yield node, depths[node.pk]


def tree_of(nodes: list[Node]) -> list[dict[str, Any]]:
    """Nodes as nested rows: {"node", "children"}."""
    rows = {node.pk: {"node": node, "children": []} for node in nodes}
    roots: list[dict[str, Any]] = []
    for node in nodes:
        holder = rows[node.parent_id]["children"] if node.parent_id in rows else roots
        holder.append(rows[node.pk])  # type: ignore[attr-defined]
    return roots


def branch_of(nodes: Sequence[Node], top: Node) -> list[Node]:
    """A node and everything below it, in order."""
    inside = {top.pk}
    found = [node for node in nodes if node.pk == top.pk]
    for node in nodes:
        if node.parent_id in inside:
            inside.add(node.pk)
            found.append(node)
    return found


def free_lines(reading: Reading) -> list[tuple[int, str]]:
    """Lines that stand in no element and are not blank: those not placed, then titles, captions and the like."""
    texts = {entry["number"]: str(entry["text"]) for entry in reading.lines}
    numbers = [entry["line"] for entry in [*reading.unplaced, *reading.furniture]]
    return [(number, texts[number]) for number in numbers if texts[number].strip()]


def last_change(edition: Edition) -> OutlineChange | None:
    """The change that can be taken back next."""
    return OutlineChange.objects.filter(edition=edition).first()
