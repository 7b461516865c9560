"""From a confirmed draft to an edition: the same form in which shipped standards are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhuoyue.intake.draft import Node, NodeKind, StandardDraft
from zhuoyue.packs.standards import Standard, StandardNode
from zhuoyue.packs.standards.schema import NodeKind as EditionKind

_TITLE_LENGTH = 24
_KINDS: dict[NodeKind, EditionKind] = {
    NodeKind.VALUE: "value",
    NodeKind.TERM: "term",
    NodeKind.NOTE: "note",
    NodeKind.CONTEXT: "context",
    NodeKind.CATEGORY: "category",
    NodeKind.PROCESS_ITEM: "process",
    NodeKind.RESULTS_ITEM: "results",
    NodeKind.ASPECT: "aspect",
    NodeKind.CLAUSE: "aspect",  # a numbered clause inside an item asks for one of its aspects
}
# their text holds all that stands below them
_WITHOUT_PARTS = frozenset({NodeKind.VALUE, NodeKind.TERM, NodeKind.NOTE})


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a person adds to a draft to make it an edition. An empty `title` takes the one that was read."""

    key: str
    edition: str
    source: str
    code: str = ""
    title: str = ""
    issuer: str = ""
    verified_by: str = ""
    scoring_model: str = "process-results"


def edition_of(draft: StandardDraft, imprint: Imprint) -> Standard:
    """The draft's values, terms, notes, context and categories as an edition in Chinese.

    What an edition has no place for (scope, references, chapter texts) stays behind in the draft and its document. The
    overview of a category becomes its prompt. The points add up only if the document's do: `load_standard` checks the
    written edition. Raises pydantic's ValidationError for an imprint that is not in form.
    """
    nodes = tuple(_top(draft.nodes))
    points = [node.points for node in nodes if node.points is not None]
    return Standard(
        format=1,
        key=imprint.key,
        code=imprint.code,
        title=imprint.title or draft.title or draft.document.name,
        issuer=imprint.issuer,
        edition=imprint.edition,
        language="zh",
        source=imprint.source,
        verified_by=imprint.verified_by,
        scoring_model=imprint.scoring_model,
        points_total=sum(points, Decimal(0)) if points else None,
        nodes=nodes,
    )


def _top(nodes: tuple[Node, ...]) -> Iterator[StandardNode]:
    """The elements that stand side by side in an edition, out of the chapters that hold them."""
    for node in nodes:
        if node.kind == NodeKind.CLAUSE:
            yield from _top(node.children)
        elif node.kind != NodeKind.OVERVIEW:
            yield _node(node)


def _node(node: Node) -> StandardNode:
    parts = [child for child in node.children if child.kind != NodeKind.OVERVIEW]
    below = [child for child in node.children if child.kind == NodeKind.OVERVIEW]
    if node.kind in _WITHOUT_PARTS:
        parts, below = [], list(node.walk())[1:]
    return StandardNode(
        code=node.code,
        kind=_KINDS[node.kind],
        title=node.title or _opening(node),
        title_en=node.english,
        points=node.points,
        prompt="\n".join([node.text, *(_whole(child) for child in below)]).strip(),
        indicators=tuple(indicator.name for indicator in node.indicators),
        children=tuple(_node(child) for child in parts),
    )


def _whole(node: Node) -> str:
    return f"{node.title}：{node.text}" if node.title and node.kind != NodeKind.OVERVIEW else node.text


def _opening(node: Node) -> str:
    """A title for what has none: a note's number, the first words of a text, or the code."""
    if node.kind == NodeKind.NOTE:
        return node.code.split()[-1]
    return node.text.strip()[:_TITLE_LENGTH].strip() or node.code
