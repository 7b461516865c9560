"""Where every application of a stage stands: its explained total, read for all of them in a fixed number of statements.

What a total is made of depends on the stage: agreed values after the visit where there are any, else those of the
consensus, else the mean of the examiners' own totals. A value counts only from a scorebook that was submitted.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhuoyue.domain.review.enums import ScorebookState, StageKind, Step
from zhuoyue.domain.review.models import Entry, ItemScore, StageRun
from zhuoyue.domain.review.queries.scores import total_of_values
from zhuoyue.domain.review.queries.stages import entries_of, settings_of, team_key
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.engine import scoring

Values = dict[str, Decimal | None]
_STEPS = {
    StageKind.DOCUMENT_REVIEW: (),
    StageKind.CONSENSUS: (Step.CONSENSUS,),
}
_ALL_STEPS = (Step.CONSENSUS, Step.VISIT)


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
    """`step` says whose judgement the total is; empty where there is none yet. `value` is what the cut compares."""

    entry: Entry
    step: str
    total: scoring.Total | None
    judged: tuple[Judged, ...]
    value: Decimal | None


def totals_of_stage(run: StageRun) -> list[StageTotal]:
    """Every application in the stage, in the order of its number."""
    entries = list(entries_of(run))
    agreed = _agreed(run, entries)
    judged = _judged(run, entries)
    on_points = settings_of(run).cut_on == "points"
    return [_standing(run, entry, agreed.get(entry.application_id, {}), judged, on_points) for entry in entries]


def _standing(
    run: StageRun,
    entry: Entry,
    agreed: Mapping[str, Values],
    judged: Mapping[UUID, tuple[Judged, ...]],
    on_points: bool,  # noqa: FBT001 - one private caller
) -> StageTotal:
    own = judged.get(entry.application_id, ())
    total: scoring.Total | None = None
    step = ""
    if agreed:
        values: Values = {}
        for name in _ALL_STEPS:
            if name in agreed:
                step, values = name, values | agreed[name]
        total = total_of_values(run.category, values)
    elif own:
        step, total = Step.INDIVIDUAL, mean_total(own)
    value = None if total is None else total.value if on_points else total.percent
    return StageTotal(entry, step, total, own, value)


def mean_total(judged: tuple[Judged, ...]) -> scoring.Total:
    """The mean of examiners' own totals, each with the same weight."""
    most = judged[0].total.maximum
    return scoring.composite_of(
        {one.alias: one.total for one in judged}, weights={one.alias: 1 for one in judged}, out_of=most
    )


def _agreed(run: StageRun, entries: list[Entry]) -> dict[UUID, dict[str, Values]]:
    """Application -> step -> code -> value, of scorebooks handed in up to this stage."""
    steps = _STEPS.get(StageKind(run.kind), _ALL_STEPS)
    if not steps:
        return {}
    rows = ItemScore.objects.filter(
        scorebook__run__category=run.category_id,
        scorebook__run__position__lte=run.position,
        scorebook__application__in=[entry.application_id for entry in entries],
        scorebook__assignment=None,
        scorebook__state=ScorebookState.SUBMITTED,
        scorebook__step__in=steps,
        value__isnull=False,
    ).values_list("scorebook__application", "scorebook__step", "node__code", "value")
    found: defaultdict[UUID, defaultdict[str, Values]] = defaultdict(lambda: defaultdict(dict))
    for application, step, code, value in rows:
        found[application][step][code] = value
    return {application: dict(values) for application, values in found.items()}


def _judged(run: StageRun, entries: list[Entry]) -> dict[UUID, tuple[Judged, ...]]:
    """Application -> its examiners' own totals, by alias. Whoever may no longer work on it does not count."""
    rows = (
        ItemScore.objects.filter(
            scorebook__run__category=run.category_id,
            scorebook__run__key=team_key(run),
            scorebook__application__in=[entry.application_id for entry in entries],
            scorebook__step=Step.INDIVIDUAL,
            scorebook__state=ScorebookState.SUBMITTED,
            scorebook__assignment__in=workable(),
            value__isnull=False,
        )
        .order_by("scorebook__assignment__alias")
        .values_list(
            "scorebook__application",
            "scorebook__assignment",
            "scorebook__assignment__expert",
            "scorebook__assignment__alias",
            "scorebook__assignment__expert__person__name",
            "node__code",
            "value",
        )
    )
    books: defaultdict[tuple[UUID, UUID, UUID, str, str], Values] = defaultdict(dict)
    for application, assignment, expert, alias, name, code, value in rows:
        books[application, assignment, expert, alias, name][code] = value
    found: defaultdict[UUID, list[Judged]] = defaultdict(list)
    for (application, assignment, expert, alias, name), values in books.items():
        total = total_of_values(run.category, values)
        found[application].append(Judged(assignment, expert, alias, name, total))
    return {application: tuple(judged) for application, judged in found.items()}
