"""Where every application of a stage stands, as numbers alone: for lists of ten thousand.

`totals` says the same with all that explains it, counted from the items of the scorebooks. Here the totals kept with
the scorebooks are added up by the database, as whole numbers over their common denominator: nothing is rounded, and
equals stay equal. An application with a scorebook that keeps no total is counted from its items.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.queries.kept import exact_of
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.models import Entry, StageBook, StageRun
from zhuoyue.domain.review.queries.stages import entries_of, settings_of, team_key
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.domain.review.queries.totals import COMPOSED, Place, books_that_count, judged_here, weights_of
from zhuoyue.engine.exact import decimal_of
from zhuoyue.engine.scoring import weighed


class Figure(NamedTuple):
    """A total as a number, out of `most`. `judged`: how many examiners' own scorebooks are in it or beside it."""

    step: str
    total: Fraction | None
    most: Fraction
    judged: int

    @property
    def share(self) -> Fraction | None:
        """Of one."""
        return None if self.total is None else self.total / self.most

    @property
    def value(self) -> Decimal | None:
        return None if self.total is None else decimal_of(self.total)

    @property
    def percent(self) -> Decimal | None:
        return None if self.total is None else decimal_of(self.total * 100 / self.most)


NO_FIGURE = Figure("", None, Fraction(100), 0)


class Tally(NamedTuple):
    """An application in a stage with its total. `value` is what the cut compares."""

    place: Place
    outcome: str
    figure: Figure
    value: Decimal | None

    @property
    def key(self) -> tuple[bool, Decimal, str]:
        """Best first, equals and all without a value by number."""
        return (self.value is None, -(self.value or Decimal(0)), self.place.number)


def tallies_of(run: StageRun) -> list[Tally]:
    """Every application in the stage, in the order of its number, in a fixed number of statements."""
    figures, on_points = figures_of(run), settings_of(run).cut_on == "points"
    return [
        Tally(Place(*place), outcome, figure, figure.value if on_points else figure.percent)
        for *place, outcome in _places(run)
        for figure in (figures.get(place[0], NO_FIGURE),)
    ]


def _places(run: StageRun) -> Iterable[tuple[Any, ...]]:
    whose = ("region", "industry", "size")
    names = ("pk", "number", *(f"organisation__{name}" for name in whose), "recommender")
    facts = ["application" if name == "pk" else f"application__{name}" for name in names]
    return Entry.objects.filter(run=run).order_by("application__number").values_list(*facts, "outcome")


def figures_of(run: StageRun) -> dict[UUID, Figure]:
    """Application -> its total in the stage; those of which nothing is handed in are left out."""
    weights = weights_of(run)
    return _composed(run, run, weights) if weights else _judged_here(run, run)


def _judged_here(run: StageRun, into: StageRun, *, alone: bool = False) -> dict[UUID, Figure]:
    """What the scorebooks up to the stage `run` say of the applications in the stage `into`; `alone`: only its own."""
    own, odd = ({}, set()) if alone and team_key(run) != run.key else _means(run, into)
    agreed, more = _agreed(run, into, alone=alone)
    found = own | {key: figure._replace(judged=own[key].judged if key in own else 0) for key, figure in agreed.items()}
    return found | _counted(run, into, odd | more, alone=alone)


def _counted(run: StageRun, into: StageRun, odd: set[UUID], *, alone: bool) -> dict[UUID, Figure]:
    """From the items, for applications whose scorebooks keep no total."""
    if not odd:
        return {}
    entries = list(entries_of(into).filter(application__in=odd))
    return {
        one.entry.application_id: Figure(
            one.step, one.total.explanation.exact, Fraction(one.total.maximum), len(one.judged)
        )
        for one in judged_here(run, entries, alone=alone)
        if one.total is not None
    }


def _books(run: StageRun, into: StageRun) -> QuerySet[StageBook]:
    return StageBook.objects.filter(
        run__category=run.category_id, application__entries__run=into.pk, state=ScorebookState.SUBMITTED
    ).order_by()


def _means(run: StageRun, into: StageRun) -> tuple[dict[UUID, Figure], set[UUID]]:
    """Application -> the mean of its examiners' own totals; and those that have to be counted from the items."""
    sums = (
        _books(run, into)
        .filter(run__key=team_key(run), step=Step.INDIVIDUAL, assignment__in=workable())
        .values_list("application", "total_denominator", "total_most")
        .annotate(Sum("total_numerator"), Count("pk"))
    )
    parts: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for application, *part in sums:
        parts[application].append(tuple(part))
    found, odd = {}, set()
    for application, groups in parts.items():
        if len({most for _denominator, most, _sum, _count in groups}) > 1 or any(group[0] is None for group in groups):
            odd.add(application)
            continue
        books = sum(count for *_rest, count in groups)
        total = sum((exact_of(number, denominator) for denominator, _most, number, _count in groups), Fraction(0))
        found[application] = Figure(Step.INDIVIDUAL, total / books, Fraction(groups[0][1]), books)
    return found, odd


def _agreed(run: StageRun, into: StageRun, *, alone: bool) -> tuple[dict[UUID, Figure], set[UUID]]:
    """Application -> the total of the last of its team's scorebooks that count: a submitted one says every item."""
    books = books_that_count(run, alone=alone)
    if books is None:
        return {}, set()
    rows = (
        _books(run, into)
        .filter(books, assignment=None)
        .order_by("run__position")
        .values_list("application", "step", "total_numerator", "total_denominator", "total_most")
    )
    found: dict[UUID, Figure] = {}
    odd: set[UUID] = set()
    for application, step, numerator, denominator, most in rows:
        if numerator is None or denominator is None or most is None:
            odd.add(application)
        else:
            found[application] = Figure(step, exact_of(numerator, denominator), Fraction(most), 0)
    return found, odd


def _composed(run: StageRun, into: StageRun, weights: Mapping[str, Decimal]) -> dict[UUID, Figure]:
    """Exact parts with exact weights, on the scale of the first part that there is."""
    runs = {part.key: part for part in run.category.stages.filter(key__in=weights)}
    parts: defaultdict[UUID, dict[str, Figure]] = defaultdict(dict)
    for key in weights:
        part = runs[key]
        part.category = run.category
        inner = {} if key == run.key else weights_of(part)
        figures = _composed(part, into, inner) if inner else _judged_here(part, into, alone=True)
        for application, figure in figures.items():
            parts[application][key] = figure
    shares = {key: Fraction(weight) for key, weight in weights.items()}
    found = {}
    for application, known in parts.items():
        most = next(known[key].most for key in weights if key in known)
        judged = sum(figure.judged for figure in known.values())
        share = weighed((known.get(key, NO_FIGURE).share, weight) for key, weight in shares.items())
        found[application] = Figure(COMPOSED, None if share is None else share * most, most, judged)
    return found


# ---- chapters


def chapters_of(run: StageRun) -> dict[UUID, dict[str, Decimal]]:
    """Application -> percent of each chapter of the agreed total that stands in the stage; not of composed ones."""
    books = None if weights_of(run) else books_that_count(run)
    if books is None:
        return {}
    rows = _books(run, run).filter(books, assignment=None).exclude(total_denominator=None).order_by("run__position")
    return {
        application: {code: Decimal(share) for code, share in chapters.items()}
        for application, chapters in rows.values_list("application", "chapters")
    }
