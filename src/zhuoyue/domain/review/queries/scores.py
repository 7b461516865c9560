"""Scorebooks of the stages: whose they are, by which scoring models, and what a team said and agreed."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, UUIDField

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.judging.judgements import Missing
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries import agreements
from zhuoyue.domain.judging.queries.books import items_by_node, unfinished_of
from zhuoyue.domain.judging.queries.spreads import Spoken, Spread, spreads_of
from zhuoyue.domain.judging.scales import Scales
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import Assignment, Entry, StageBook, StageRun
from zhuoyue.domain.review.queries.stages import scored_nodes, settings_of, team_key
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.kernel.prepared import Blank, Prepared

_WITH = ("run__category__cycle__programme__organiser", "run__category__cycle__rules", "run__category__edition")


# ---- scoring models


def scales_at(category: Category, stage_key: str) -> Scales:
    """The scoring models of a stage: its own, else those of the nearest stage before it, else the edition's."""
    edition = category.edition.scoring_model if category.edition else ""
    scales = Scales(edition, edition)
    for stage in stage_rules(category):
        own = stage.scoring
        if own is not None:
            process = own.process_model or own.model or scales.process
            scales = Scales(process, own.results_model or own.model or scales.results)
        if stage.key == stage_key:
            break
    return scales


def scales_of(run: StageRun) -> Scales:
    return scales_at(run.category, run.key)


def scales_of_team(run: StageRun) -> Scales:
    """Those of the examiners' own scorebooks that `run` looks back on."""
    return scales_at(run.category, team_key(run))


# ---- scorebooks


def new_book(run: StageRun, application: Application, step: Step, assignment: Assignment | None = None) -> StageBook:
    """A scorebook as it begins; not stored yet."""
    scales = scales_of(run)
    book = StageBook(
        step=step,
        snapshot_id=application.snapshot_id,
        edition=run.category.edition,
        process_model=scales.process,
        results_model=scales.results,
    )
    book.pk = book.id  # known from the start, as with every record
    book.run, book.application, book.assignment = run, application, assignment
    return book


def scorebook_by_id(book_id: UUID) -> StageBook | None:
    book = (
        StageBook.objects.select_related(
            *_WITH, "application__organisation", "application__snapshot", "assignment__expert"
        )
        .filter(pk=book_id)
        .first()
    )
    if book is not None:
        book.edition = book.run.category.edition
    return book


_OWN_WITH = (
    *_WITH,
    "scorebook",
    "expert",
    "application__organisation",
    "application__snapshot",
    "application__dossier__form",
)
# long texts come when a page shows them, not with every save
_OWN_WITHOUT = (
    "run__category__cycle__rules__text",
    "application__snapshot__content",
    "application__dossier__form__definition",
)
_OWN = Prepared(
    lambda: Assignment.objects.filter(pk=Blank("pk", UUIDField())).select_related(*_OWN_WITH).defer(*_OWN_WITHOUT)
)


def own_book(assignment_id: UUID) -> StageBook | None:
    """The scorebook of an assignment with all that a page about it reads; not stored yet before the first save."""
    found = _OWN.first(pk=assignment_id)
    if found is None:
        return None
    book: StageBook | None = getattr(found, "scorebook", None)
    if book is None:
        return new_book(found.run, found.application, Step.INDIVIDUAL, found)
    return _at_hand(book, found.run, found.application, found)


def team_book(entry: Entry, step: Step) -> StageBook:
    """The team's scorebook of a stage, its items at hand; not stored yet before the first save."""
    shared = StageBook.objects.filter(run=entry.run, application=entry.application, assignment=None, step=step)
    book = shared.prefetch_related("items").first()
    if book is None:
        return new_book(entry.run, entry.application, step)
    return _at_hand(book, entry.run, entry.application, None)


def _at_hand(book: StageBook, run: StageRun, application: Application, assignment: Assignment | None) -> StageBook:
    """`book` with what was read with it, so that nothing is asked again."""
    book.run, book.application, book.assignment = run, application, assignment
    book.edition = run.category.edition
    return book


def consensus_items(run: StageRun, application: Application) -> dict[UUID, ItemScore]:
    """What the team agreed on an application, by item: in the last consensus up to the stage `run`."""
    found = (
        ItemScore.objects.filter(
            scorebook__stagebook__run__category=run.category_id,
            scorebook__stagebook__run__position__lte=run.position,
            scorebook__stagebook__application=application,
            scorebook__step=Step.CONSENSUS,
        )
        .select_related("scorebook")
        .order_by("scorebook__stagebook__run__position")
    )
    books: dict[UUID, dict[UUID, ItemScore]] = {}
    for item in found:
        books.setdefault(item.scorebook_id, {})[item.node_id] = item
    return list(books.values())[-1] if books else {}


def begun_with(book: StageBook) -> dict[UUID, ItemScore]:
    """The agreed items from which a scorebook after a visit starts: those that its own scoring models can say."""
    return carried(book, consensus_items(book.run, book.application))


def carried(book: StageBook, agreed: Mapping[UUID, ItemScore]) -> dict[UUID, ItemScore]:
    return {node: item for node, item in agreed.items() if item.scorebook.scales == book.scales}


# ---- what is still missing


def asks_comments(book: StageBook) -> bool:
    """Whether every item needs a strength or a gap in words; asked of examiners' own scorebooks."""
    rule = settings_of(book.run).scoring
    return book.step == Step.INDIVIDUAL and rule is not None and rule.comments_required


def unfinished_in(book: StageBook) -> list[Missing]:
    """What stands between a scorebook and its submission, in the order of the standard."""
    return unfinished_of(book, items_by_node(book), comments=asks_comments(book))


# ---- a team at one table


def spreads(run: StageRun, application: Application) -> list[Spread]:
    """Every scored item, the furthest apart first. `run` is the consensus stage."""
    return room_of(run, application)[1]


def room_of(run: StageRun, application: Application) -> tuple[StageBook, list[Spread]]:
    """The team's scorebook (not stored yet before the first save) and every scored item, the furthest apart first."""
    own = Q(run__category=run.category_id, run__key=team_key(run), step=Step.INDIVIDUAL)
    shared = Q(run=run, step=Step.CONSENSUS, assignment=None)
    books = list(
        StageBook.objects.filter((own & Q(assignment__in=workable())) | shared, application=application)
        .select_related("assignment")
        .prefetch_related("items")
        .order_by("assignment__alias")
    )
    spoken = [
        Spoken(book.assignment.alias, book.assignment_id, items_by_node(book))
        for book in books
        if book.assignment is not None
    ]
    team = next((book for book in books if book.assignment_id is None), None)
    team = _at_hand(team, run, application, None) if team else new_book(run, application, Step.CONSENSUS)
    rule = settings_of(run).consensus
    threshold = rule.spread_threshold if rule is not None else Decimal(100)
    return team, spreads_of(scored_nodes(run.category), spoken, items_by_node(team), threshold=threshold)


def standing_of(run: StageRun, found: list[Spread]) -> agreements.Standing:
    """Where the consensus of `run` stands."""
    return agreements.standing_of(found, own=scales_of_team(run), team=scales_of(run))
