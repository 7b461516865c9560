"""Giving scores: an examiner's own, the team's agreed ones, and those after the visit. The ledger keeps every value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import Assignment, ItemScore, Scorebook, ScoreEntry, StageRun
from zhuoyue.domain.review.queries.marks import MOST_MARKS, marked
from zhuoyue.domain.review.queries.scores import (
    Missing,
    asks_comments,
    consensus_items,
    scoring_model,
    unfinished_in,
)
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.teams import alias_of, working_on
from zhuoyue.domain.review.rules import AGREE, DISSENT, SCORE, SUBMIT_SCOREBOOK
from zhuoyue.engine import scoring
from zhuoyue.kernel import access, audit, clock, flow, versions

AGREED = audit.verb("review.item_agreed", gettext_lazy("议定条目评分"))
DISSENTED = audit.verb("review.dissented", gettext_lazy("记录保留意见"))


class ScoreRefusedError(Exception):
    """The value is not one that the scoring model has, or what must go with it is missing; says so in words."""


class UnfinishedError(Exception):
    """Items that stand between a scorebook and its submission. `missing` are they, each with what it lacks."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_("还有%(count)s条没有评分。") % {"count": len(missing)})
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one item. `reason` is asked where the team agrees or a visit changes a score.

    `marks`: passages of the dossier; a place that was given up stays empty, so that ③ remains ③.
    """

    value: Decimal | None = None
    dimensions: Mapping[str, Any] = field(default_factory=dict)
    strengths: Sequence[str] = ()
    gaps: Sequence[str] = ()
    marks: Sequence[str] = ()
    reason: str = ""
    done: bool = False


def book_for(assignment: Assignment) -> Scorebook:
    """The examiner's own scorebook; made on the first save."""
    return Scorebook.objects.get_or_create(
        assignment=assignment,
        defaults={"run": assignment.run, "application": assignment.application, "step": Step.INDIVIDUAL},
    )[0]


@transaction.atomic
def shared_book_for(run: StageRun, application: Application, step: Step) -> Scorebook:
    """The team's scorebook of a stage; made on the first save.

    The one after a visit starts from the agreed scores of the consensus, which stay as they are.
    """
    book, made = Scorebook.objects.get_or_create(run=run, application=application, step=step, assignment=None)
    if made and step == Step.VISIT:
        moment = clock.now()
        copied = [
            ItemScore(
                scorebook=book,
                node_id=item.node_id,
                value=item.value,
                dimensions=item.dimensions,
                strengths=item.strengths,
                gaps=item.gaps,
                changed_at=moment,
            )
            for item in consensus_items(run, application).values()
        ]
        ItemScore.objects.bulk_create(copied)
    return book


def _checked(permission: str, by: Any, book: Scorebook) -> Scorebook:
    """The scorebook if `by` may write it now, stored and locked until the end of the transaction.

    The lock keeps two saves of one scorebook, or a save and its submission, from crossing.
    """
    if not book._state.adding:  # noqa: SLF001 - Django's documented model API
        book.state = Scorebook.objects.select_for_update().values_list("state", flat=True).get(pk=book.pk)
        access.check(permission, by, book)
        return book
    access.check(permission, by, book)
    own = book.assignment
    made = book_for(own) if own is not None else shared_book_for(book.run, book.application, Step(book.step))
    made.run, made.application, made.assignment = book.run, book.application, own
    return made


@transaction.atomic
def save_item(*, by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """Keep an examiner's judgement of an item. `expected`: version shown (0: nothing yet).

    Raises RefusedError, ScoreRefusedError, StaleError.
    """
    book = _checked(SCORE, by, book)
    if judgement.done and asks_comments(book.run) and not (judgement.strengths or judgement.gaps):
        raise ScoreRefusedError(_("请至少写一条优势或改进机会，再完成本条。"))
    return _keep(by, book, node, judgement, expected)


@transaction.atomic
def agree_item(*, by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """The team's agreed score of an item, or the changed one after a visit, with its reason."""
    book = _checked(AGREE, by, book)
    if _asks_reason(book) and not judgement.reason.strip():
        raise ScoreRefusedError(_("请写明理由。"))
    item = _keep(by, book, node, judgement, expected, alias=alias_of(by, book.run, book.application))
    facts = {"item": node.code, "value": judgement.value, "step": book.step, "reason": judgement.reason}
    audit.record(AGREED, by=by, subject=book.application, scope=book.run.category.cycle, data=facts)
    return item


def _asks_reason(book: Scorebook) -> bool:
    rule = settings_of(book.run).consensus
    return book.step == Step.VISIT or (rule is not None and rule.comments_required)


def _keep(by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int, *, alias: str = "") -> ItemScore:
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
    item = ItemScore.objects.filter(scorebook=book, node=node).first()
    if item is None:
        return ItemScore.objects.create(scorebook=book, node=node, **fields), fields["value"] is not None
    before = (item.value, item.dimensions, item.reason)
    try:
        versions.save_edit(item, expected=expected, fields=fields)
    except versions.StaleError as error:
        if set(error.differences) - {"changed_at"}:
            raise
        return cast("ItemScore", error.current), False
    return item, before != (fields["value"], fields["dimensions"], fields["reason"])


def _check_value(book: Scorebook, node: Node, judgement: Judgement) -> None:
    if judgement.value is None:
        if judgement.done:
            raise ScoreRefusedError(_("请先选定分值，再完成本条。"))
        return
    model = scoring_model(book.run.category, node.kind)
    if model.kind is scoring.Kind.GRADES:
        if judgement.value not in {grade.value for grade in model.grades}:
            raise ScoreRefusedError(_("请从所列等级中选一个。"))
        return
    if scoring.check_value(model, judgement.value, points=node.points):
        raise ScoreRefusedError(
            _("%(value)s不是可选的分值：应在%(low)s到%(high)s之间，按%(step)s取值。")
            % {"value": judgement.value, "low": model.low, "high": model.high or 100, "step": model.step or 1}
        )


@transaction.atomic
def dissent(*, by: Any, book: Scorebook, node: Node, text: str) -> ItemScore:
    """A member's own reservation about an agreed item; an empty text takes it back. It never changes the item.

    The item keeps its version: whoever is writing the agreed score is not held up by it.
    """
    access.check(DISSENT, by, book)
    own = working_on(by, book.run, book.application)
    item = ItemScore.objects.select_for_update().filter(scorebook=book.pk, node=node).exclude(value=None).first()
    if item is None or own is None:
        raise ScoreRefusedError(_("本条议定以后才能保留意见。"))
    item.dissent = [entry for entry in item.dissent if entry["assignment"] != str(own.pk)]
    if text.strip():
        moment = clock.now().isoformat()
        item.dissent.append({"assignment": str(own.pk), "alias": own.alias, "text": text.strip(), "at": moment})
    item.save(update_fields=["dissent"])
    facts = {"item": node.code, "text": text.strip()}
    audit.record(DISSENTED, by=by, subject=book.application, scope=book.run.category.cycle, data=facts)
    return item


@transaction.atomic
def submit_book(*, by: Any, book: Scorebook) -> None:
    """Hand a scorebook in. What it still lacks is named."""
    book = _checked(SUBMIT_SCOREBOOK, by, book)
    missing = unfinished_in(book, {item.node_id: item for item in ItemScore.objects.filter(scorebook=book)})
    if missing:
        raise UnfinishedError(missing)
    flow.move(book, "submit", by=by, scope=book.run.category.cycle)
    book.submitted_at = clock.now()
    book.save(update_fields=["submitted_at"])


@transaction.atomic
def reopen_book(*, by: Any, book: Scorebook, reason: str) -> None:
    flow.move(book, "reopen", by=by, scope=book.run.category.cycle, reason=reason)
