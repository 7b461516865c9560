"""Writing in a scorebook: values with their ledger, reservations, handing in.

Nothing here asks who may: the owner's actions do, each by a permission of the owner, before they call a step, and in
their transaction. Faces cannot import this room.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ItemScore, Scorebook, ScoreEntry
from zhuoyue.domain.judging.queries.books import unfinished_of
from zhuoyue.domain.judging.queries.kept import KEPT, NOTHING, kept_of
from zhuoyue.domain.judging.queries.marks import MOST_MARKS, marked
from zhuoyue.engine import scoring
from zhuoyue.kernel import audit, clock, flow, versions


def lock(book: Scorebook) -> None:
    """Hold a stored scorebook until the end of the transaction, its state as it is now.

    Two saves of one scorebook, or a save and its submission, do not cross.
    """
    book.state = Scorebook.objects.select_for_update().values_list("state", flat=True).get(pk=book.pk)


def keep_item(
    *,
    by: Any,
    book: Scorebook,
    node: Node,
    judgement: Judgement,
    expected: int,
    comments: bool = False,
    alias: str = "",
) -> ItemScore:
    """Keep what is said of an item. `expected`: version shown (0: nothing yet).

    `comments`: a finished item needs a strength or a gap; `alias`: the name under which the ledger shows the writer.
    Raises ScoreRefusedError, StaleError.
    """
    if judgement.done and comments and not (judgement.strengths or judgement.gaps):
        raise ScoreRefusedError(_("请至少写一条优势或改进机会，再完成本条。"))
    _check_value(book, node, judgement)
    if len(marked(judgement.marks)) > MOST_MARKS:
        raise ScoreRefusedError(_("一条最多摘录%(most)s处，请先清空不用的。") % {"most": MOST_MARKS})
    moment = clock.now()
    fields = {
        "value": judgement.value,
        "dimensions": dict(judgement.dimensions),
        "strengths": [text.strip() for text in judgement.strengths if text.strip()],
        "gaps": [text.strip() for text in judgement.gaps if text.strip()],
        "marks": marked(judgement.marks),
        "reason": judgement.reason.strip(),
        "done": judgement.done,
        "changed_at": moment,
    }
    item, changed = _write(book, node, fields, expected)
    if changed:
        detail = {"dimensions": fields["dimensions"], "step": book.step, "reason": fields["reason"], "alias": alias}
        ScoreEntry.objects.create(
            scorebook=book, node=node, value=judgement.value, detail=detail, by=audit.actor_name(by), at=moment
        )
    return item


def _write(book: Scorebook, node: Node, fields: dict[str, Any], expected: int) -> tuple[ItemScore, bool]:
    """The stored item, and whether what the ledger keeps of it is new."""
    item = ItemScore.objects.filter(scorebook=book.pk, node=node).first()
    if item is None:
        _count_done(book, int(fields["done"]))
        return ItemScore.objects.create(scorebook_id=book.pk, node=node, **fields), fields["value"] is not None
    before, was_done = (item.value, item.dimensions, item.reason), item.done
    try:
        versions.save_edit(item, expected=expected, fields=fields)
    except versions.StaleError as error:
        if set(error.differences) - {"changed_at"}:
            raise
        return cast("ItemScore", error.current), False
    _count_done(book, fields["done"] - was_done)
    return item, before != (fields["value"], fields["dimensions"], fields["reason"])


def _count_done(book: Scorebook, more: int) -> None:
    if more:
        Scorebook.objects.filter(pk=book.pk).update(done_count=F("done_count") + more)


def _check_value(book: Scorebook, node: Node, judgement: Judgement) -> None:
    if judgement.value is None:
        if judgement.done:
            raise ScoreRefusedError(_("请先选定分值，再完成本条。"))
        return
    model = book.scales.model_of(node.kind)
    if model.kind is scoring.Kind.GRADES:
        if judgement.value not in {grade.value for grade in model.grades}:
            raise ScoreRefusedError(_("请从所列等级中选一个。"))
        return
    if scoring.check_value(model, judgement.value, points=node.points):
        raise ScoreRefusedError(
            _("%(value)s不是可选的分值：应在%(low)s到%(high)s之间，按%(step)s取值。")
            % {"value": judgement.value, "low": model.low, "high": model.high or 100, "step": model.step or 1}
        )


def copy_items(items: Iterable[ItemScore], book: Scorebook) -> None:
    """Begin a scorebook with what another one says; the other one stays as it is."""
    moment = clock.now()
    ItemScore.objects.bulk_create(
        ItemScore(
            scorebook_id=book.pk,
            node_id=item.node_id,
            value=item.value,
            dimensions=item.dimensions,
            strengths=item.strengths,
            gaps=item.gaps,
            changed_at=moment,
        )
        for item in items
    )


def keep_dissent(*, book: Scorebook, node: Node, voice: UUID, alias: str, text: str) -> ItemScore:
    """A member's own reservation about an agreed item; an empty text takes it back. It never changes the item.

    The item keeps its version: whoever is writing the agreed score is not held up by it. Raises ScoreRefusedError.
    """
    item = ItemScore.objects.select_for_update().filter(scorebook=book.pk, node=node).exclude(value=None).first()
    if item is None:
        raise ScoreRefusedError(_("本条议定以后才能保留意见。"))
    item.dissent = [entry for entry in item.dissent if entry["voice"] != str(voice)]
    if text.strip():
        moment = clock.now().isoformat()
        item.dissent.append({"voice": str(voice), "alias": alias, "text": text.strip(), "at": moment})
    item.save(update_fields=["dissent"])
    return item


def hand_in(*, by: Any, book: Scorebook, comments: bool, scope: Any, data: Mapping[str, Any] | None = None) -> None:
    """Close a scorebook by the move `submit` of its owner's table, and keep what its items come to.

    Raises UnfinishedError with all that it lacks.
    """
    items = {item.node_id: item for item in ItemScore.objects.filter(scorebook=book.pk)}
    missing = unfinished_of(book, items, comments=comments)
    if missing:
        raise UnfinishedError(missing)
    flow.move(book, "submit", by=by, scope=scope, data=data)
    book.submitted_at = clock.now()
    _keep(book, kept_of(book, {node: item.value for node, item in items.items()}), "submitted_at")


def reopen(*, by: Any, book: Scorebook, scope: Any = None, reason: str = "") -> None:
    """Open a scorebook by the move `reopen` of its owner's table; what its items came to is no longer kept."""
    _keep(book, NOTHING)
    flow.move(book, "reopen", by=by, scope=scope, reason=reason)


def _keep(book: Scorebook, kept: Mapping[str, Any], *more: str) -> None:
    for name in KEPT:
        setattr(book, name, kept[name])
    book.save(update_fields=[*KEPT, *more])


def recount(book: Scorebook) -> None:
    """Keep anew what the items come to; the items, its state and its version stay."""
    items = list(ItemScore.objects.filter(scorebook=book.pk))
    book.done_count = sum(item.done for item in items)
    submitted = book.state == ScorebookState.SUBMITTED
    kept = kept_of(book, {item.node_id: item.value for item in items}) if submitted else NOTHING
    _keep(book, kept, "done_count")
