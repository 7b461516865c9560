"""An expert's own record: what they did, whether in time, and how they stood to their teams."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.enums import StageState, Step
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Assignment, StageRun
from zhuoyue.domain.review.queries.blind import Called, called
from zhuoyue.domain.review.queries.teams import workable


def assignments_ever(person: Any) -> QuerySet[Assignment]:
    """Every assignment a person has had, the latest first.

    `compared`: its team has begun to compare, at every stage after its own where teams do.
    """
    comparing = StageRun.objects.filter(
        category=OuterRef("run__category"),
        kind__in=keys_of(lambda kind: kind.compares),
        position__gt=OuterRef("run__position"),
    )
    waiting = comparing.filter(state=StageState.WAITING)
    return (
        Assignment.objects.filter(expert__person=person.pk)
        .select_related("run__category__cycle", "application__organisation", "scorebook")
        .annotate(compared=Exists(comparing) & ~Exists(waiting))
        .order_by("-assigned_at", "application__number")
    )


@dataclass(frozen=True, slots=True)
class Done:
    """One assignment in hindsight.

    `late`: handed in after the day; None while not handed in or without a day. `distance`: mean absolute distance of
    the own values from the team's median, `lean`: the mean signed one (above 0 is milder); None before consensus, or
    where nobody else scored.
    """

    assignment: Assignment
    submitted_at: datetime | None
    due_at: datetime | None
    late: bool | None
    distance: Decimal | None
    lean: Decimal | None

    @property
    def shown(self) -> Called:
        return called(self.assignment.run, self.assignment.application)


def record_of(assignments: Sequence[Assignment]) -> list[Done]:
    """What `assignments` (of one person, from `assignments_ever`) came to, in two statements for all of them."""
    compared = [pair for pair in assignments if pair.compared]  # type: ignore[attr-defined]  # annotated
    offsets = _offsets(compared)
    found = []
    for pair in assignments:
        book = getattr(pair, "scorebook", None)
        handed_in = book.submitted_at if book is not None and book.state == ScorebookState.SUBMITTED else None
        due = pair.run.due_at
        late = handed_in > due if handed_in is not None and due is not None else None
        apart = offsets.get(pair.pk, [])
        distance = sum((abs(value) for value in apart), Decimal(0)) / len(apart) if apart else None
        lean = sum(apart, Decimal(0)) / len(apart) if apart else None
        found.append(Done(pair, handed_in, due, late, distance, lean))
    return found


def _offsets(pairs: Sequence[Assignment]) -> dict[UUID, list[Decimal]]:
    """Assignment -> own value less the team's median, for every item that at least one other examiner scored."""
    counted = Q(scorebook__stagebook__assignment__in=workable()) | Q(
        scorebook__stagebook__assignment__in=[pair.pk for pair in pairs]
    )
    rows = ItemScore.objects.filter(
        counted,
        scorebook__step=Step.INDIVIDUAL,
        scorebook__stagebook__run__in={pair.run_id for pair in pairs},
        scorebook__stagebook__application__in={pair.application_id for pair in pairs},
        value__isnull=False,
    ).values_list(
        "scorebook__stagebook__run",
        "scorebook__stagebook__application",
        "node",
        "scorebook__stagebook__assignment",
        "value",
    )
    values: defaultdict[tuple[UUID, UUID], dict[UUID, dict[UUID, Decimal]]] = defaultdict(dict)
    for run, application, node, assignment, value in rows:
        values[run, application].setdefault(node, {})[assignment] = value or Decimal(0)
    found: dict[UUID, list[Decimal]] = {}
    for pair in pairs:
        items = values.get((pair.run_id, pair.application_id), {})
        found[pair.pk] = [
            said[pair.pk] - Decimal(median(said.values()))
            for said in items.values()
            if pair.pk in said and len(said) > 1
        ]
    return found
