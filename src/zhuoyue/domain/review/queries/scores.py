"""Scorebooks, their totals, and how far examiners are apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, UUIDField, prefetch_related_objects

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import ScorebookState, Step
from zhuoyue.domain.review.models import Assignment, Entry, ItemScore, Scorebook, StageRun
from zhuoyue.domain.review.queries.stages import scored_nodes, settings_of, team_key
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.engine import scoring
from zhuoyue.kernel.prepared import Blank, Prepared
from zhuoyue.packs.scoring_models import ScoringModelData, shipped_scoring_models

_WITH = ("run__category__cycle__programme__organiser", "run__category__cycle__rules", "run__category__edition")


@lru_cache(maxsize=32)
def _model(key: str) -> scoring.ScoringModel:
    return scoring.model_from_data(shipped_scoring_models()[key].for_engine())


def model_key_of(category: Category, kind: str) -> str:
    """The scoring model of a node kind (`process`, `results`): the stages' own choice, else the edition's."""
    for stage in stage_rules(category):
        if stage.scoring is not None:
            own = stage.scoring.process_model if kind == "process" else stage.scoring.results_model
            if own or stage.scoring.model:
                return own or stage.scoring.model or ""
    return category.edition.scoring_model if category.edition else ""


def scoring_model(category: Category, kind: str) -> scoring.ScoringModel:
    return _model(model_key_of(category, kind))


def scoring_words(category: Category, kind: str) -> ScoringModelData:
    """The scoring model as people read it: band names and meanings, questions of the dimensions."""
    return shipped_scoring_models()[model_key_of(category, kind)]


def scorebook_by_id(book_id: UUID) -> Scorebook | None:
    return (
        Scorebook.objects.select_related(
            *_WITH, "application__organisation", "application__snapshot", "assignment__expert"
        )
        .filter(pk=book_id)
        .first()
    )


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


def own_book(assignment_id: UUID) -> Scorebook | None:
    """The scorebook of an assignment with all that a page about it reads; not stored yet before the first save."""
    found = _OWN.first(pk=assignment_id)
    if found is None:
        return None
    book: Scorebook | None = getattr(found, "scorebook", None)
    if book is None:
        book = Scorebook(step=Step.INDIVIDUAL, assignment=found)
    book.run, book.application, book.assignment = found.run, found.application, found
    return book


def team_book(entry: Entry, step: Step) -> Scorebook:
    """The team's scorebook of a stage, its items at hand; not stored yet before the first save."""
    book = shared_book(entry.run, entry.application, step) or Scorebook(step=step)
    book.run, book.application = entry.run, entry.application
    return book


def _individual(run: StageRun) -> Q:
    """Own scorebooks of the team of `run`. Those of whoever may not work on it any more do not count."""
    own = Q(run__category=run.category_id, run__key=team_key(run), step=Step.INDIVIDUAL)
    return own & Q(assignment__in=workable())


def individual_books(run: StageRun, application: Application) -> QuerySet[Scorebook]:
    """The team's own scorebooks, by alias."""
    return (
        Scorebook.objects.filter(_individual(run), application=application)
        .select_related("assignment__expert__person")
        .prefetch_related("items")
        .order_by("assignment__alias")
    )


def shared_book(run: StageRun, application: Application, step: Step) -> Scorebook | None:
    return Scorebook.objects.filter(run=run, application=application, step=step).prefetch_related("items").first()


def items_by_node(book: Scorebook | None) -> dict[UUID, ItemScore]:
    if book is None or book._state.adding:  # noqa: SLF001 - Django's documented model API
        return {}
    prefetch_related_objects([book], "items")  # once for each book
    return {item.node_id: item for item in book.items.all()}


def consensus_items(run: StageRun, application: Application) -> dict[UUID, ItemScore]:
    """What the team agreed on an application, by item; `run` is any stage of its category."""
    found = ItemScore.objects.filter(
        scorebook__run__category=run.category_id, scorebook__application=application, scorebook__step=Step.CONSENSUS
    )
    return {item.node_id: item for item in found}


# ---- what is still missing


def asks_comments(run: StageRun) -> bool:
    """Whether every item needs a strength or a gap in words."""
    rule = settings_of(run).scoring
    return rule is not None and rule.comments_required


@dataclass(frozen=True, slots=True)
class Missing:
    """An item that a scorebook lacks something of. `what`: value, or comment."""

    node: Node
    what: str


def unfinished_of(book: Scorebook) -> list[Missing]:
    """What stands between a scorebook and its submission, in the order of the standard."""
    return unfinished_in(book, items_by_node(book))


def unfinished_in(book: Scorebook, items: Mapping[UUID, ItemScore]) -> list[Missing]:
    comments = book.step == Step.INDIVIDUAL and asks_comments(book.run)
    found = []
    for node in scored_nodes(book.run.category):
        item = items.get(node.pk)
        if item is None or item.value is None:
            found.append(Missing(node, "value"))
        elif comments and not (item.strengths or item.gaps):
            found.append(Missing(node, "comment"))
    return found


def scoring_tree(nodes: Iterable[Node]) -> scoring.Node:
    """Categories with their items, as the engine's tree; points only where the edition has them all."""
    items = list(nodes)
    pointed = all(node.points is not None for node in items)
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in items:
        entry: dict[str, Any] = {"key": node.code, "kind": node.kind}
        if pointed:
            entry["points"] = node.points
        groups[node.parent.code if node.parent else ""].append(entry)
    children = [{"key": key or "items", "children": group} for key, group in groups.items()]
    return scoring.tree_from_data({"key": "total", "children": children})


def total_of_values(category: Category, values: Mapping[str, Decimal | None]) -> scoring.Total:
    """The explained total over the scored items of a category; `values`: code -> value (None: not given)."""
    nodes = scored_nodes(category)
    model = scoring_model(category, "process")
    given = {code: value for code, value in values.items() if value is not None}
    return scoring.total_of(scoring_tree(nodes), given, model)


def total_of_book(book: Scorebook) -> scoring.Total:
    codes = dict(book.items.values_list("node__code", "value"))
    return total_of_values(book.run.category, codes)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one examiner said of one item. `far`: further from the median than the rule allows.

    `marks`: passages that the comments name. `book`: the assignment whose scorebook it stands in.
    """

    alias: str
    value: Decimal | None
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    far: bool
    marks: tuple[str, ...] = ()
    book: UUID | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How the team sees one item, and what it agreed. `must_discuss`: the range exceeds the rule's threshold."""

    node: Node
    voices: tuple[Voice, ...]
    range: Decimal
    median: Decimal | None
    mean: Decimal | None
    must_discuss: bool
    agreed: ItemScore | None


def spreads(run: StageRun, application: Application) -> list[Spread]:
    """Every scored item, the furthest apart first. `run` is the consensus stage."""
    return room_of(run, application)[1]


def room_of(run: StageRun, application: Application) -> tuple[Scorebook, list[Spread]]:
    """The team's scorebook (not stored yet before the first save) and every scored item, the furthest apart first."""
    shared = Q(run=run, step=Step.CONSENSUS, assignment=None)
    found = list(
        Scorebook.objects.filter(_individual(run) | shared, application=application)
        .select_related("assignment")
        .prefetch_related("items")
        .order_by("assignment__alias")
    )
    books = [book for book in found if book.assignment_id is not None]
    team = next((book for book in found if book.assignment_id is None), None) or Scorebook(step=Step.CONSENSUS)
    team.run, team.application = run, application
    return team, _spreads(run, books, items_by_node(team))


def _spreads(run: StageRun, books: Sequence[Scorebook], agreed: Mapping[UUID, ItemScore]) -> list[Spread]:
    rule = settings_of(run).consensus
    threshold = rule.spread_threshold if rule is not None else Decimal(100)
    own = {book.pk: items_by_node(book) for book in books}
    found = []
    for node in scored_nodes(run.category):
        said = [(book, own[book.pk].get(node.pk)) for book in books]
        values = [item.value for _book, item in said if item is not None and item.value is not None]
        middle = Decimal(median(values)) if values else None
        voices = tuple(_voice(book, item, middle, threshold) for book, item in said)
        width = max(values) - min(values) if values else Decimal(0)
        mean = sum(values, Decimal(0)) / len(values) if values else None
        found.append(Spread(node, voices, width, middle, mean, width > threshold, agreed.get(node.pk)))
    return sorted(found, key=lambda spread: (-spread.range, spread.node.position))


def _voice(book: Scorebook, item: ItemScore | None, middle: Decimal | None, threshold: Decimal) -> Voice:
    value = item.value if item is not None else None
    far = value is not None and middle is not None and abs(value - middle) >= threshold
    strengths = tuple(item.strengths) if item is not None else ()
    gaps = tuple(item.gaps) if item is not None else ()
    marks = tuple(item.marks) if item is not None else ()
    alias = book.assignment.alias if book.assignment else ""
    return Voice(alias, value, strengths, gaps, far, marks, book.assignment_id)


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    asked: int
    submitted: bool


def progress_of_books(books: Iterable[Scorebook], asked: int) -> dict[UUID, Progress]:
    """Scorebook id -> how far it is; expects `items` prefetched."""
    return {
        book.pk: Progress(sum(item.done for item in book.items.all()), asked, book.state == ScorebookState.SUBMITTED)
        for book in books
    }


def books_with_items() -> Prefetch[Any]:
    return Prefetch("items", queryset=ItemScore.objects.select_related("node"))
