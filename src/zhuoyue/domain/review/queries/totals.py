"""Where an application of a stage stands: its explained total, counted from the items of the scorebooks.

This is the long way, for one application or a few; `tallies` gives the numbers alone, for all of a stage.

What a total is made of depends on the stage: parts with the weights that the rules give, where they give any; else
agreed values, those after a visit before those of the consensus; else the mean of the examiners' own totals. A value
counts only from a scorebook that was submitted.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.totals import Sheet, mean_total, sheets_of, total_of
from zhuoyue.domain.review.enums import Step
from zhuoyue.domain.review.kinds import Counted
from zhuoyue.domain.review.models import Entry, StageBook, StageRun
from zhuoyue.domain.review.queries.stages import entries_of, scored_nodes, settings_of, team_key
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.engine import scoring

COMPOSED = "composed"


class Place(NamedTuple):
    """An application with what a cut rule may ask of its applicant. `body`: the recommending one."""

    application: UUID
    number: str
    region: str
    industry: str
    size: str
    body: UUID | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One examiner's own scorebook, handed in."""

    assignment_id: UUID
    expert_id: UUID
    alias: str
    name: str
    total: scoring.Total


@dataclass(frozen=True, slots=True)
class StageTotal:
    """`step` says whose judgement the total is; empty where there is none yet. `value` is what the cut compares.

    `parts`: the stages that a composed total is made of, in the order of its explanation.
    """

    entry: Entry
    step: str
    total: scoring.Total | None
    judged: tuple[Judged, ...]
    value: Decimal | None
    parts: tuple[StageRun, ...] = ()

    @property
    def place(self) -> Place:
        application = self.entry.application
        whose = application.organisation
        return Place(
            application.pk, application.number, whose.region, whose.industry, whose.size, application.recommender_id
        )


def totals_of_stage(run: StageRun) -> list[StageTotal]:
    """Every application in the stage, in the order of its number."""
    return totals_of_entries(run, list(entries_of(run)))


def totals_of_entries(run: StageRun, entries: list[Entry]) -> list[StageTotal]:
    """The same for some of those in the stage, in a fixed number of statements."""
    weights = weights_of(run)
    return _composed(run, entries, weights) if weights else judged_here(run, entries)


def weights_of(run: StageRun) -> dict[str, Decimal]:
    """Stage key -> percent, where the total of a stage is made of several; empty where it stands alone."""
    rule = settings_of(run).scoring
    return {part.stage: part.weight for part in rule.weights} if rule is not None else {}


def judged_here(run: StageRun, entries: list[Entry], *, alone: bool = False) -> list[StageTotal]:
    """What the scorebooks up to this stage say; `alone`: only its own. `entries` may stand in a later stage."""
    judged = {} if alone and team_key(run) != run.key else _judged(run, entries)
    agreed = _agreed(entries, books_that_count(run, alone=alone))
    nodes, on_points = scored_nodes(run.category), settings_of(run).cut_on == "points"
    found = []
    for entry in entries:
        own, sheets = judged.get(entry.application_id, ()), agreed.get(entry.application_id, ())
        total: scoring.Total | None = None
        step = ""
        if sheets:
            step, total = sheets[-1][0], total_of(nodes, *(sheet for _step, sheet in sheets))
        elif own:
            step, total = Step.INDIVIDUAL, mean_total({one.alias: one.total for one in own})
        found.append(StageTotal(entry, step, total, own, _compared(total, on_points=on_points)))
    return found


def _compared(total: scoring.Total | None, *, on_points: bool) -> Decimal | None:
    if total is None:
        return None
    return total.value if on_points else total.percent


def _composed(run: StageRun, entries: list[Entry], weights: Mapping[str, Decimal]) -> list[StageTotal]:
    """Exact parts with exact weights. Whoever lacks a part has no value yet; nothing is weighed anew or stands in."""
    runs = {part.key: part for part in run.category.stages.filter(key__in=weights)}
    on_points = settings_of(run).cut_on == "points"
    parts: defaultdict[UUID, dict[str, StageTotal]] = defaultdict(dict)
    for key in weights:
        part = runs[key]
        part.category = run.category
        inner = {} if key == run.key else weights_of(part)
        for standing in _composed(part, entries, inner) if inner else judged_here(part, entries, alone=True):
            parts[standing.entry.application_id][key] = standing
    found = []
    for entry in entries:
        standings = parts[entry.application_id]
        own = {one.assignment_id: one for standing in standings.values() for one in standing.judged}
        totals = {key: standing.total for key, standing in standings.items()}
        most = next((total.maximum for total in totals.values() if total is not None), None)
        total = None if most is None else scoring.composite_of(totals, weights=weights, out_of=most)
        value = _compared(total, on_points=on_points)
        step = COMPOSED if total is not None else ""
        found.append(StageTotal(entry, step, total, tuple(own.values()), value, tuple(runs[key] for key in weights)))
    return found


# ---- what was handed in


def _agreed(entries: list[Entry], books: Q | None) -> dict[UUID, tuple[tuple[str, Sheet], ...]]:
    """Application -> (step, what it says) of those of the teams' scorebooks that count, the last one last."""
    if books is None:
        return {}
    counted = StageBook.objects.filter(
        books,
        application__in=[entry.application_id for entry in entries],
        assignment=None,
        state=ScorebookState.SUBMITTED,
    )
    items = ItemScore.objects.filter(
        scorebook__stagebook__in=counted,
        value__isnull=False,
    ).order_by("scorebook__stagebook__run__position")
    found: defaultdict[UUID, tuple[tuple[str, Sheet], ...]] = defaultdict(tuple)
    for application, step, sheet in sheets_of(items, "scorebook__stagebook__application", "scorebook__step"):
        found[application] += ((step, sheet),)
    return dict(found)


def books_that_count(run: StageRun, *, alone: bool = False) -> Q | None:
    """Of the teams' scorebooks: none where examiners judge alone, the stage's own, or all so far, as its kind says.

    `alone`: the stage's own, whatever its kind.
    """
    counted = run.nature.counted
    if alone or counted == Counted.OWN:
        return Q(run=run.pk)
    if counted == Counted.NONE:
        return None
    return Q(run__category=run.category_id, run__position__lte=run.position)


def _judged(run: StageRun, entries: list[Entry]) -> dict[UUID, tuple[Judged, ...]]:
    """Application -> its examiners' own totals, by alias. Whoever may no longer work on it does not count."""
    items = ItemScore.objects.filter(
        scorebook__stagebook__run__category=run.category_id,
        scorebook__stagebook__run__key=team_key(run),
        scorebook__stagebook__application__in=[entry.application_id for entry in entries],
        scorebook__step=Step.INDIVIDUAL,
        scorebook__state=ScorebookState.SUBMITTED,
        scorebook__stagebook__assignment__in=workable(),
        value__isnull=False,
    ).order_by("scorebook__stagebook__assignment__alias")
    pair = "scorebook__stagebook__assignment"
    facts = (
        "scorebook__stagebook__application", pair, f"{pair}__expert", f"{pair}__alias", f"{pair}__expert__person__name"
    )  # fmt: skip
    nodes = scored_nodes(run.category)
    found: defaultdict[UUID, tuple[Judged, ...]] = defaultdict(tuple)
    for application, assignment, expert, alias, name, sheet in sheets_of(items, *facts):
        found[application] += (Judged(assignment, expert, alias, name, total_of(nodes, sheet)),)
    return dict(found)
