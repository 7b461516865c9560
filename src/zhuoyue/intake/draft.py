"""A standard as read: a tree linked to its lines, with what could not be placed beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhuoyue.intake.document import Document
from zhuoyue.intake.segments import Span


class NodeKind(StrEnum):
    CLAUSE = "clause"
    VALUE = "value"
    TERM = "term"
    NOTE = "note"
    CONTEXT = "context"
    CATEGORY = "category"
    OVERVIEW = "overview"
    PROCESS_ITEM = "process_item"
    RESULTS_ITEM = "results_item"
    ASPECT = "aspect"


class Furniture(StrEnum):
    """Why a line carries none of the standard's content."""

    BLANK = "blank"
    TITLE = "title"
    CONTENTS = "contents"
    CAPTION = "caption"
    ATTACHMENT = "attachment"
    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"
    WATERMARK = "watermark"
    LINE_NUMBER = "line_number"
    COMMENT = "comment"
    HIDDEN = "hidden"
    RUBY = "ruby"
    POINTS = "points"


class Unplaced(StrEnum):
    """Why a line found no place in the tree."""

    FRONT_MATTER = "front_matter"
    OUT_OF_SEQUENCE = "out_of_sequence"
    STRAY_NUMBER = "stray_number"
    AFTER_ATTACHMENT = "after_attachment"
    FIELD = "field"
    PICTURE = "picture"
    DIAGRAM = "diagram"
    EMBEDDED = "embedded"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator that a results item names; more than one span where a line break runs through it."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the standard.

    `code` is unique in the draft. `lines` are the node's own lines, in order, without those of its children.
    `english` is filled for terms, `points` where the title states them.
    """

    code: str
    kind: NodeKind
    title: str
    text: str
    lines: tuple[int, ...]
    english: str = ""
    points: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class StandardDraft:
    """`furniture` and `unplaced` pair a line's number with the reason."""

    document: Document
    title: str
    nodes: tuple[Node, ...]
    furniture: tuple[tuple[int, Furniture], ...]
    unplaced: tuple[tuple[int, Unplaced], ...]

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.walk()

    def node_of_line(self) -> dict[int, Node]:
        """For the source column: the node each placed line belongs to."""
        return {line: node for node in self.walk() for line in node.lines}


def counts(draft: StandardDraft) -> dict[str, int]:
    nodes = list(draft.walk())

    def of(kind: NodeKind) -> list[Node]:
        return [node for node in nodes if node.kind == kind]

    def aspects(parents: list[Node]) -> int:
        return sum(node.kind == NodeKind.ASPECT for parent in parents for node in parent.walk())

    return {
        "values": len(of(NodeKind.VALUE)),
        "terms": len(of(NodeKind.TERM)),
        "notes": len(of(NodeKind.NOTE)),
        "context_aspects": aspects(of(NodeKind.CONTEXT)),
        "categories": len(of(NodeKind.CATEGORY)),
        "process_items": len(of(NodeKind.PROCESS_ITEM)),
        "process_aspects": aspects(of(NodeKind.PROCESS_ITEM)),
        "results_items": len(of(NodeKind.RESULTS_ITEM)),
    }


def to_json(draft: StandardDraft) -> dict[str, Any]:
    """Plain data for `json.dumps`: the tree, the counts, and every line with where it went."""
    document = draft.document
    return {
        "name": document.name,
        "title": draft.title,
        "counts": counts(draft),
        "nodes": [_node_json(node) for node in draft.nodes],
        "unplaced": [
            {"line": number, "reason": reason.value, "text": document.line(number).text}
            for number, reason in draft.unplaced
        ],
        "furniture": [
            {"line": number, "reason": reason.value, "text": document.line(number).text}
            for number, reason in draft.furniture
        ],
        "lines": [
            {"number": line.number, "text": line.text, "page": line.page, "paragraph": line.paragraph}
            for line in document.lines
        ],
    }


def _node_json(node: Node) -> dict[str, Any]:
    return {
        "code": node.code,
        "kind": node.kind.value,
        "title": node.title,
        "text": node.text,
        "english": node.english,
        "points": None if node.points is None else str(node.points),
        "lines": list(node.lines),
        "indicators": [
            {
                "name": indicator.name,
                "spans": [{"line": span.line, "start": span.start, "end": span.end} for span in indicator.spans],
            }
            for indicator in node.indicators
        ],
        "children": [_node_json(child) for child in node.children],
    }
