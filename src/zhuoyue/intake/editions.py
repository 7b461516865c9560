"""From a confirmed draft to an edition: the same form in which shipped standards are kept."""

from collections.abc import Iterator
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
_FREE_OF_CHILDREN = frozenset({NodeKind.VALUE, NodeKind.NOTE})


def edition_of(
    draft: StandardDraft,
    *,
    key: str,
    edition: str,
    source: str,
    code: str = "",
    title: str = "",
    issuer: str = "",
    verified_by: str = "",
    scoring_model: str = "process-results",
) -> Standard:
    """The draft's values, terms, notes, context and categories as an edition in Chinese.

    What an edition has no place for (scope, references, chapter texts) stays behind in the draft and its document. The
    overview of a category becomes its prompt. `title` replaces the one that was read. The points add up only if the
    document's do: `packs.standards.load_standard` checks the written edition.
    """
    nodes = tuple(_top(draft.nodes))
    points = [node.points for node in nodes if node.points is not None]
    return Standard(
        format=1,
        key=key,
        code=code,
        title=title or draft.title or draft.document.name,
        issuer=issuer,
        edition=edition,
        language="zh",
        source=source,
        verified_by=verified_by,
        scoring_model=scoring_model,
        points_total=sum(points, Decimal(0)) if points else None,
        nodes=nodes,
    )


def _top(nodes: tuple[Node, ...]) -> Iterator[StandardNode]:
    """The elements that stand side by side in an edition, out of the chapters that hold them."""
    for node in nodes:
        if node.kind == NodeKind.CLAUSE:
            yield from _top(node.children)
        elif node.kind not in {NodeKind.OVERVIEW, NodeKind.ASPECT}:
            yield _node(node)


def _node(node: Node) -> StandardNode:
    overviews = [child.text for child in node.children if child.kind == NodeKind.OVERVIEW]
    parts = () if node.kind in _FREE_OF_CHILDREN else node.children
    return StandardNode(
        code=node.code,
        kind=_KINDS[node.kind],
        title=node.title or _opening(node),
        title_en=node.english,
        points=node.points,
        prompt="\n".join([node.text, *overviews]).strip(),
        indicators=tuple(indicator.name for indicator in node.indicators),
        children=tuple(_node(child) for child in parts if child.kind != NodeKind.OVERVIEW),
    )


def _opening(node: Node) -> str:
    """The first words of a text without a title; the code where there are none."""
    return node.text.strip()[:_TITLE_LENGTH] or node.code
