"""Secrets that are no words: the id of whatever tells who, and scores of which each occurs once."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from access.world import World
from canary.tokens import Dictionary, Word
from zhuoyue.domain.applications.models import Receipt
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.outcomes.models import FeedbackReport, Objection
from zhuoyue.domain.review.models import Assignment, StageBook, VisitIssue
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import subject_of

FIRST, STEP = Decimal("41.07"), Decimal("0.19")


def add_secrets(world: World, dictionary: Dictionary) -> None:
    for kind, key, about in _ids(world):
        dictionary.words[str(key)] = Word(str(key), kind, (about,))
    for token, pair in _numbers(world):
        dictionary.words[token] = Word(token, "个人分值", (pair,))


def _ids(world: World) -> Iterator[tuple[str, Any, Any]]:
    """(kind, id, what it is about)."""
    yield from _of_experts(world)
    yield from _of_review()
    yield from _of_applications(world)
    for stage in ("noticed", "ended"):
        for objection in Objection.objects.filter(notice__result_list__category__cycle=world.plays[stage].cycle):
            yield "异议号", objection.pk, stage


def _of_experts(world: World) -> Iterator[tuple[str, Any, Any]]:
    for name, expert in world.experts.items():
        yield "专家号", expert.pk, name
        yield "专家号", expert.person_id, name
        for invitation in expert.invitations.all():
            yield "邀请号", invitation.pk, name


def _of_review() -> Iterator[tuple[str, Any, Any]]:
    for pair in Assignment.objects.select_related("application", "expert"):
        yield "分派号", pair.pk, pair
    for book in StageBook.objects.select_related("application", "assignment__application", "assignment__expert"):
        yield ("评分册号", book.pk, book.assignment) if book.assignment_id else ("会审册号", book.pk, book.application)
    for issue in VisitIssue.objects.select_related("application"):
        yield "现场问题号", issue.pk, issue.application


def _of_applications(world: World) -> Iterator[tuple[str, Any, Any]]:
    for report in FeedbackReport.objects.select_related("application"):
        yield "反馈号", report.pk, report.application
    for application in world.applications.values():
        yield "申报号", application.pk, application
        for receipt in Receipt.objects.filter(application=application):
            yield "回执号", receipt.pk, application
        for file in StoredFile.objects.filter(held_by=subject_of(application.dossier)):
            yield "材料号", file.pk, application


def _numbers(world: World) -> Iterator[tuple[str, Assignment]]:
    """A score of its own for every item that an examiner judged."""
    value = FIRST
    book = "scorebook__stagebook__assignment"
    own = ItemScore.objects.filter(**{f"{book}__isnull": False})
    for item in own.select_related(f"{book}__application", f"{book}__expert"):
        value += STEP
        while value * 10 == int(value * 10):
            value += STEP
        ItemScore.objects.filter(pk=item.pk).update(value=value)
        ScoreEntry.objects.filter(scorebook=item.scorebook, node=item.node_id).update(value=value)
        yield f"{value}", item.scorebook.stagebook.assignment
