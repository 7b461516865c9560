"""Giving scores: an examiner's own, the team's agreed ones, and those after the visit. The ledger keeps every value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import Assignment, ItemScore, Scorebook, ScoreEntry, StageRun
from zhuoyue.domain.review.queries.scores import scoring_model
from zhuoyue.domain.review.queries.stages import scored_nodes, settings_of
from zhuoyue.domain.review.rules import AGREE, SCORE
from zhuoyue.engine import scoring
from zhuoyue.kernel import access, audit, clock, flow, versions

AGREED = audit.verb("review.item_agreed", gettext_lazy("议定条目评分"))


class ScoreRefusedError(Exception):
    """The value is not one that the scoring model has; says which ones are."""


class UnfinishedError(Exception):
    """Items without a score. `nodes` are they."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        super().__init__(_("还有%(count)s条没有评分。") % {"count": len(nodes)})
        self.nodes = tuple(nodes)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one item. `reason` is asked where the team agrees or a visit changes a score."""

    value: Decimal | None = None
    dimensions: Mapping[str, Any] = field(default_factory=dict)
    strengths: Sequence[str] = ()
    gaps: Sequence[str] = ()
    reason: str = ""
    dissent: Sequence[Mapping[str, str]] = ()
    done: bool = False


def book_for(assignment: Assignment) -> Scorebook:
    """The examiner's own scorebook; made on first opening."""
    return Scorebook.objects.get_or_create(
        assignment=assignment,
        defaults={"run": assignment.run, "application": assignment.application, "step": Step.INDIVIDUAL},
    )[0]


def shared_book_for(run: StageRun, application: Application, step: Step) -> Scorebook:
    """The team's scorebook of a stage; made on first opening."""
    return Scorebook.objects.get_or_create(run=run, application=application, step=step, assignment=None)[0]


@transaction.atomic
def save_item(*, by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """Keep an examiner's judgement of an item. `expected`: version shown (0: nothing yet).

    Raises RefusedError, ScoreRefusedError, StaleError.
    """
    access.check(SCORE, by, book)
    return _keep(by, book, node, judgement, expected)


@transaction.atomic
def agree_item(*, by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """The team's agreed score of an item, or the changed one after a visit, with its reason."""
    access.check(AGREE, by, book)
    rule = settings_of(book.run).consensus
    if (book.step == Step.VISIT or (rule is not None and rule.comments_required)) and not judgement.reason.strip():
        raise ScoreRefusedError(_("请写明理由。"))
    item = _keep(by, book, node, judgement, expected)
    facts = {"item": node.code, "value": judgement.value, "step": book.step, "reason": judgement.reason}
    audit.record(AGREED, by=by, subject=book.application, scope=book.run.category.cycle, data=facts)
    return item


def _keep(by: Any, book: Scorebook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    _check_value(book, node, judgement)
    moment = clock.now()
    fields = {
        "value": judgement.value,
        "dimensions": dict(judgement.dimensions),
        "strengths": [text.strip() for text in judgement.strengths if text.strip()],
        "gaps": [text.strip() for text in judgement.gaps if text.strip()],
        "reason": judgement.reason,
        "dissent": [dict(entry) for entry in judgement.dissent],
        "done": judgement.done,
        "changed_at": moment,
    }
    item, changed = _write(book, node, fields, expected)
    if changed:
        detail = {"dimensions": fields["dimensions"], "step": book.step}
        ScoreEntry.objects.create(
            scorebook=book, node=node, value=judgement.value, detail=detail, by=audit.actor_name(by), at=moment
        )
    return item


def _write(book: Scorebook, node: Node, fields: dict[str, Any], expected: int) -> tuple[ItemScore, bool]:
    """The stored item, and whether its value or dimensions are new."""
    item = ItemScore.objects.filter(scorebook=book, node=node).first()
    if item is None:
        try:
            with transaction.atomic():
                return ItemScore.objects.create(scorebook=book, node=node, **fields), fields["value"] is not None
        except IntegrityError:
            item = ItemScore.objects.get(scorebook=book, node=node)
    before = (item.value, item.dimensions)
    versions.save_edit(item, expected=expected, fields=fields)
    return item, before != (fields["value"], fields["dimensions"])


def _check_value(book: Scorebook, node: Node, judgement: Judgement) -> None:
    if judgement.value is None:
        if judgement.done:
            raise ScoreRefusedError(_("请先选定分值，再完成本条。"))
        return
    model = scoring_model(book.run.category, node.kind)
    verdicts = scoring.check_value(model, judgement.value, points=node.points)
    if verdicts:
        raise ScoreRefusedError(
            _("%(value)s不是可选的分值：应在%(low)s到%(high)s之间，按%(step)s取值。")
            % {"value": judgement.value, "low": model.low, "high": model.high or 100, "step": model.step or 1}
        )


@transaction.atomic
def submit_book(*, by: Any, book: Scorebook) -> None:
    """Hand a scorebook in. Every scored item must have a value; what is left out is named."""
    valued = set(book.items.exclude(value=None).values_list("node_id", flat=True))
    left = [node for node in scored_nodes(book.run.category) if node.pk not in valued]
    if left:
        raise UnfinishedError(left)
    flow.move(book, "submit", by=by, scope=book.run.category.cycle)
    book.submitted_at = clock.now()
    book.save(update_fields=["submitted_at"])


@transaction.atomic
def reopen_book(*, by: Any, book: Scorebook, reason: str) -> None:
    flow.move(book, "reopen", by=by, scope=book.run.category.cycle, reason=reason)
