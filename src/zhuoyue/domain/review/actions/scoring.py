"""Giving scores: an examiner's own, the team's agreed ones, and those after the visit. The ledger keeps every value."""

from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging import steps
from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import Assignment, StageBook, StageRun
from zhuoyue.domain.review.queries.scores import asks_comments, begun_with, new_book
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.teams import alias_of, working_on
from zhuoyue.domain.review.rules import AGREE, DISSENT, SCORE, SUBMIT_SCOREBOOK
from zhuoyue.kernel import access, audit

AGREED = audit.verb("review.item_agreed", gettext_lazy("议定条目评分"))
DISSENTED = audit.verb("review.dissented", gettext_lazy("记录保留意见"))


def book_for(assignment: Assignment) -> StageBook:
    """The examiner's own scorebook; made on the first save."""
    new = new_book(assignment.run, assignment.application, Step.INDIVIDUAL, assignment)
    return _stored(new, assignment=assignment)[0]


@transaction.atomic
def shared_book_for(run: StageRun, application: Application, step: Step) -> StageBook:
    """The team's scorebook of a stage; made on the first save.

    The one after a visit starts from the agreed scores of the consensus, which stay as they are; not where the visit
    is scored by another model, in whose terms they say nothing.
    """
    book, made = _stored(new_book(run, application, step), run=run, application=application, assignment=None)
    if made and step == Step.VISIT:
        steps.copy_items(begun_with(book).values(), book)
    return book


def _stored(new: StageBook, **place: Any) -> tuple[StageBook, bool]:
    """The stored scorebook of a place, and whether it was made now."""
    names = ("run", "application", "step", "snapshot_id", "edition", "process_model", "results_model")
    book, made = StageBook.objects.get_or_create(**place, defaults={name: getattr(new, name) for name in names})
    book.run, book.application, book.assignment, book.edition = new.run, new.application, new.assignment, new.edition
    return book, made


def _checked(permission: str, by: Any, book: StageBook) -> StageBook:
    """The scorebook if `by` may write it now, stored and locked until the end of the transaction."""
    if not book._state.adding:  # noqa: SLF001 - Django's documented model API
        steps.lock(book)
        access.check(permission, by, book)
        return book
    access.check(permission, by, book)
    own = book.assignment
    return book_for(own) if own is not None else shared_book_for(book.run, book.application, Step(book.step))


@transaction.atomic
def save_item(*, by: Any, book: StageBook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """Keep an examiner's judgement of an item. `expected`: version shown (0: nothing yet).

    Raises RefusedError, ScoreRefusedError, StaleError.
    """
    book = _checked(SCORE, by, book)
    comments = asks_comments(book)
    return steps.keep_item(by=by, book=book, node=node, judgement=judgement, expected=expected, comments=comments)


@transaction.atomic
def agree_item(*, by: Any, book: StageBook, node: Node, judgement: Judgement, expected: int) -> ItemScore:
    """The team's agreed score of an item, or the changed one after a visit, with its reason."""
    book = _checked(AGREE, by, book)
    if _asks_reason(book) and not judgement.reason.strip():
        raise ScoreRefusedError(_("请写明理由。"))
    alias = alias_of(by, book.run, book.application)
    item = steps.keep_item(by=by, book=book, node=node, judgement=judgement, expected=expected, alias=alias)
    facts = {"item": node.code, "value": judgement.value, "step": book.step, "reason": judgement.reason}
    audit.record(AGREED, by=by, subject=book.application, scope=book.run.category.cycle, data=facts)
    return item


def _asks_reason(book: StageBook) -> bool:
    rule = settings_of(book.run).consensus
    return book.step == Step.VISIT or (rule is not None and rule.comments_required)


@transaction.atomic
def dissent(*, by: Any, book: StageBook, node: Node, text: str) -> ItemScore:
    """A member's own reservation about an agreed item; an empty text takes it back. It never changes the item."""
    access.check(DISSENT, by, book)
    own = cast("Assignment", working_on(by, book.run, book.application))  # the permission has asked
    item = steps.keep_dissent(book=book, node=node, voice=own.pk, alias=own.alias, text=text)
    facts = {"item": node.code, "text": text.strip()}
    audit.record(DISSENTED, by=by, subject=book.application, scope=book.run.category.cycle, data=facts)
    return item


@transaction.atomic
def submit_book(*, by: Any, book: StageBook) -> None:
    """Hand a scorebook in. What it still lacks is named."""
    book = _checked(SUBMIT_SCOREBOOK, by, book)
    steps.hand_in(by=by, book=book, comments=asks_comments(book), scope=book.run.category.cycle)


@transaction.atomic
def reopen_book(*, by: Any, book: StageBook, reason: str) -> None:
    steps.reopen(by=by, book=book, scope=book.run.category.cycle, reason=reason)
