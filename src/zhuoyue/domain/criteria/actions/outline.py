"""The outline of a draft, rearranged by a person: every change keeps the links to source lines and can be taken back.

A line that no element holds any more is not placed again; nothing that was read is ever lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.criteria.enums import ChangeKind, NodeKind, Where
from zhuoyue.domain.criteria.errors import OutlineError
from zhuoyue.domain.criteria.models import Edition, Node, OutlineChange, Reading
from zhuoyue.domain.criteria.queries import branch_of, last_change, nodes_of, reading_of
from zhuoyue.domain.criteria.rules import EDIT_NODE
from zhuoyue.kernel import access, audit, versions

VERBS = {
    ChangeKind.EDITED: audit.verb("criteria.node_edited", gettext_lazy("修改标准条目")),
    ChangeKind.PLACED: audit.verb("criteria.node_placed", gettext_lazy("归位标准原文")),
    ChangeKind.MOVED: audit.verb("criteria.node_moved", gettext_lazy("移动标准条目")),
    ChangeKind.MERGED: audit.verb("criteria.node_merged", gettext_lazy("合并标准条目")),
    ChangeKind.SPLIT: audit.verb("criteria.node_split", gettext_lazy("拆分标准条目")),
    ChangeKind.REMOVED: audit.verb("criteria.node_removed", gettext_lazy("删除标准条目")),
}
UNDONE = audit.verb("criteria.change_undone", gettext_lazy("撤销标准条目的改动"))

PLAIN = ("code", "kind", "title", "title_en", "text", "prompt", "prompt_en", "indicators", "lines")
FIELDS = (*PLAIN, "position", "parent_id", "points")
BEYOND = 1_000_000  # positions are unique at every moment: first out of the way, then to their new places
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class NewNode:
    """What a person says of an element that is to stand on its own."""

    kind: str
    code: str
    title: str = ""
    text: str = ""


def _row(node: Node) -> dict[str, Any]:
    plain = {name: getattr(node, name) for name in PLAIN}
    return plain | {
        "id": str(node.pk),
        "position": node.position,
        "parent_id": str(node.parent_id) if node.parent_id else None,
        "points": None if node.points is None else str(node.points),
    }


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    points = None if row["points"] is None else Decimal(row["points"])
    parent = UUID(row["parent_id"]) if row["parent_id"] else None
    return {name: row[name] for name in FIELDS} | {"points": points, "parent_id": parent}


@contextmanager
def _changing(by: Any, edition: Edition, kind: ChangeKind, named: Node) -> Iterator[list[Node]]:
    """The nodes in their order, to be rearranged in place; written, kept for undoing and recorded as one change."""
    access.check(EDIT_NODE, by, edition)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        nodes = nodes_of(edition)
        before = {node.pk: _row(node) for node in nodes}
        yield nodes
        _check_codes(nodes)
        _write(edition, nodes, before)
        reading = reading_of(edition)
        _keep(edition, kind, named, _difference(nodes, before), reading)
        if reading is not None:
            _sort_lines(reading, nodes)
        audit.record(VERBS[kind], by=by, subject=edition, data={"code": named.code, "lines": list(named.lines)})


def _check_codes(nodes: Sequence[Node]) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.code in seen:
            raise OutlineError(_("编号“%(code)s”已经用在别的条目上，请换一个。") % {"code": node.code})
        seen.add(node.code)


def _write(edition: Edition, nodes: Sequence[Node], before: dict[Any, dict[str, Any]]) -> None:
    for place, node in enumerate(nodes, 1):
        node.position = place
    Node.objects.filter(edition=edition).update(position=F("position") + BEYOND)
    Node.objects.bulk_create([node for node in nodes if node.pk not in before])
    known = [node for node in nodes if node.pk in before]
    Node.objects.bulk_update(known, ["position", "parent"])
    changed = [node for node in known if any(_row(node)[name] != before[node.pk][name] for name in (*PLAIN, "points"))]
    for node in changed:
        node.version += 1
    if changed:
        Node.objects.bulk_update(changed, [*PLAIN, "points", "version"])
    Node.objects.filter(edition=edition).exclude(pk__in=[node.pk for node in nodes]).delete()


def _difference(nodes: Sequence[Node], before: dict[Any, dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows as they stood where they are no longer so, and the ids of new ones."""
    now = {node.pk: _row(node) for node in nodes}
    altered = [row for key, row in before.items() if now.get(key) != row]
    return altered, [str(key) for key in now if key not in before]


def _keep(
    edition: Edition,
    kind: ChangeKind,
    named: Node,
    difference: tuple[list[dict[str, Any]], list[str]],
    reading: Reading | None,
) -> None:
    altered, added = difference
    last = OutlineChange.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    OutlineChange.objects.create(
        edition=edition,
        number=last + 1,
        kind=kind,
        words=str(named)[:240],
        before=altered,
        added=added,
        unplaced=reading.unplaced if reading else [],
        furniture=reading.furniture if reading else [],
    )


def _sort_lines(reading: Reading, nodes: Iterable[Node]) -> None:
    """Which lines stand in no element now: those that never did, and those that their element has lost."""
    held = {number for node in nodes for number in node.lines}
    reading.furniture = [entry for entry in reading.furniture if entry["line"] not in held]
    aside = {entry["line"] for entry in reading.furniture}
    known = {entry["line"]: entry for entry in reading.unplaced}
    reading.unplaced = [
        known.get(line["number"], {"line": line["number"], "reason": REMOVED, "text": line["text"]})
        for line in reading.lines
        if line["number"] not in held and line["number"] not in aside
    ]
    reading.save(update_fields=["unplaced", "furniture"])


def _in(nodes: Sequence[Node], node: Node) -> Node:
    """The node of the list; it may have gone since the page was opened."""
    for found in nodes:
        if found.pk == node.pk:
            return found
    raise OutlineError(_("这个条目刚刚被删除或合并，请返回查看最新的条目。"))


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _put(nodes: list[Node], branch: list[Node], where: str, target: Node) -> None:
    top = branch[0]
    top.parent = target if where == Where.INSIDE else target.parent
    start = nodes.index(target)
    at = start if where == Where.BEFORE else start + len(branch_of(nodes, target))
    nodes[at:at] = branch


class NodeText(TypedDict, total=False):
    """What is written of a node. Its place is moved, never written."""

    code: str
    kind: NodeKind
    title: str
    title_en: str
    points: Decimal | None
    text: str
    prompt: str
    prompt_en: str


@transaction.atomic
def edit_node(*, by: Any, node: Node, expected: int, **fields: Unpack[NodeText]) -> None:
    """Code, kind, titles, points, text, prompt. Raises StaleError, and OutlineError where the code is taken."""
    access.check(EDIT_NODE, by, node)
    edition = Edition.objects.select_for_update().get(pk=node.edition_id)
    stood = _row(Node.objects.get(pk=node.pk))
    versions.save_edit(node, expected=expected, fields=versions.only(NodeText, fields))
    nodes = nodes_of(edition)
    _check_codes(nodes)
    altered = [stood] if _row(_in(nodes, node)) != stood else []
    _keep(edition, ChangeKind.EDITED, node, (altered, []), reading_of(edition))
    audit.record(VERBS[ChangeKind.EDITED], by=by, subject=node, data={"code": node.code, "fields": sorted(fields)})


def move_node(*, by: Any, node: Node, where: str, target: Node) -> None:
    """With everything below it. Raises OutlineError where the target stands below the node itself."""
    with _changing(by, node.edition, ChangeKind.MOVED, node) as nodes:
        branch = branch_of(nodes, _in(nodes, node))
        goal = _in(nodes, target)
        if goal in branch:
            raise OutlineError(_("条目不能移到它自己的下面，请另选一个位置。"))
        nodes[:] = [found for found in nodes if found not in branch]
        _put(nodes, branch, where, goal)


def merge_node(*, by: Any, node: Node, target: Node) -> None:
    """Text, lines and what stands below it go to `target`; a title of its own is kept in the text."""
    with _changing(by, node.edition, ChangeKind.MERGED, node) as nodes:
        gone, goal = _in(nodes, node), _in(nodes, target)
        branch = branch_of(nodes, gone)
        if goal in branch:
            raise OutlineError(_("条目不能并入它自己或它的下级，请另选一个条目。"))
        nodes[:] = [found for found in nodes if found not in branch]
        for child in branch[1:]:
            if child.parent_id == gone.pk:
                _put(nodes, branch_of(branch, child), Where.INSIDE, goal)
        titles = [title for title in (gone.title, gone.title_en) if title not in {"", goal.title, goal.title_en}]
        goal.text = _joined(goal.text, *titles, gone.text)
        goal.prompt = _joined(goal.prompt, gone.prompt)
        goal.prompt_en = _joined(goal.prompt_en, gone.prompt_en)
        goal.points = gone.points if goal.points is None else goal.points
        goal.lines = sorted({*goal.lines, *gone.lines})
        goal.indicators = [*goal.indicators, *(name for name in gone.indicators if name not in goal.indicators)]


def split_node(*, by: Any, node: Node, stays: str, lines: Sequence[int], new: NewNode) -> Node:
    """What follows becomes an element after this one.

    `lines` are those of the new one. A line that holds the end of the one and the beginning of the other stays with
    both, as do all of them where none is named.
    """
    with _changing(by, node.edition, ChangeKind.SPLIT, node) as nodes:
        first = _in(nodes, node)
        if not set(lines) <= set(first.lines):
            raise OutlineError(_("所选的行不在这个条目里，请重新选择。"))
        second = _made(first.edition, new, list(lines) or list(first.lines))
        first.text = stays
        first.lines = [number for number in first.lines if number not in lines] or list(first.lines)
        _put(nodes, [second], Where.AFTER, first)
    return second


def place_lines(
    *, by: Any, edition: Edition, lines: Sequence[int], where: str, target: Node, new: NewNode | None
) -> Node:
    """Put lines that stand nowhere into the text of `target`, or with `new` into an element of their own.

    Raises OutlineError where a line stands in an element already.
    """
    reading = reading_of(edition)
    texts = {entry["number"]: str(entry["text"]) for entry in reading.lines} if reading else {}
    said = "\n".join(texts.get(number, "") for number in sorted(lines))
    placed = target if new is None else _made(edition, new, sorted(lines), said)
    with _changing(by, edition, ChangeKind.PLACED, placed) as nodes:
        goal = _in(nodes, target)
        held = {number for node in nodes for number in node.lines}
        if not set(lines) <= set(texts) - held:
            raise OutlineError(_("所选的行已经归在条目里，请返回查看最新的条目。"))
        if new is None:
            goal.text = _joined(goal.text, said)
            goal.lines = sorted({*goal.lines, *lines})
        else:
            _put(nodes, [placed], where, goal)
    return placed


def _made(edition: Edition, new: NewNode, lines: list[int], said: str = "") -> Node:
    text = new.text or said
    if not (new.title or text):
        raise OutlineError(_("标题和原文至少填写一项。"))
    kind = NodeKind(new.kind)
    return Node(edition=edition, position=0, code=new.code, kind=kind, title=new.title, text=text, lines=lines)


def remove_node(*, by: Any, node: Node) -> None:
    """With everything below it; its lines are not placed again."""
    with _changing(by, node.edition, ChangeKind.REMOVED, node) as nodes:
        branch = branch_of(nodes, _in(nodes, node))
        nodes[:] = [found for found in nodes if found not in branch]


@transaction.atomic
def undo(*, by: Any, edition: Edition, change: UUID) -> OutlineChange:
    """Take back the last change, which must be the one that the person saw. Raises OutlineError where it is not."""
    access.check(EDIT_NODE, by, edition)
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = last_change(edition)
    if last is None or last.pk != change:
        raise OutlineError(_("在这以后又有改动，请查看最新的条目后再撤销。"))
    nodes = Node.objects.filter(edition=edition)
    nodes.filter(pk__in=[row["id"] for row in last.before]).update(position=F("position") + BEYOND)
    known = {str(key) for key in nodes.values_list("pk", flat=True)}
    gone = [row for row in last.before if row["id"] not in known]
    Node.objects.bulk_create(
        [
            Node(id=UUID(row["id"]), edition=edition, **_fields(row) | {"position": BEYOND * 3 + row["position"]})
            for row in gone
        ]
    )
    nodes.filter(pk__in=last.added).update(position=F("position") + BEYOND * 2)
    for row in last.before:
        nodes.filter(pk=row["id"]).update(version=F("version") + 1, **_fields(row))
    nodes.filter(pk__in=last.added).delete()
    Reading.objects.filter(edition=edition).update(unplaced=last.unplaced, furniture=last.furniture)
    OutlineChange.objects.filter(pk=last.pk).delete()
    audit.record(UNDONE, by=by, subject=edition, data={"kind": last.kind, "words": last.words})
    return last
