"""How far the examiners of a stage are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.review.enums import AssignmentState
from zhuoyue.domain.review.models import Assignment, StageRun
from zhuoyue.domain.review.queries.stages import scored_nodes


@dataclass(frozen=True, slots=True)
class ExaminerProgress:
    """`done` of `asked` items over all their applications; `last_at` is when they last changed a score."""

    expert_id: UUID
    name: str
    email: str
    applications: int
    submitted: int
    started: int
    done: int
    asked: int
    last_at: datetime | None

    @property
    def waiting(self) -> int:
        return self.applications - self.submitted

    @property
    def not_started(self) -> int:
        return self.applications - self.started


def progress_of_examiners(run: StageRun) -> list[ExaminerProgress]:
    """Who is furthest behind first."""
    items = len(scored_nodes(run.category))
    rows = (
        Assignment.objects.filter(run=run, state=AssignmentState.ACTIVE)
        .values("expert", "expert__person__name", "expert__person__email")
        .annotate(
            applications=Count("pk", distinct=True),
            submitted=Count("pk", filter=Q(scorebook__state=ScorebookState.SUBMITTED), distinct=True),
            started=Count("pk", filter=Q(scorebook__items__isnull=False), distinct=True),
            done=Count("scorebook__items", filter=Q(scorebook__items__done=True)),
            last_at=Max("scorebook__items__changed_at"),
        )
    )
    found = [
        ExaminerProgress(
            row["expert"],
            row["expert__person__name"],
            row["expert__person__email"],
            row["applications"],
            row["submitted"],
            row["started"],
            row["done"],
            row["applications"] * items,
            row["last_at"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.done / max(one.asked, 1), one.name))


@dataclass(frozen=True, slots=True)
class StageProgress:
    """Scorebooks of a stage: how many there are and how many have been handed in."""

    books: int
    submitted: int


def progress_of_stages(runs: Iterable[StageRun]) -> dict[UUID, StageProgress]:
    """Stage -> its examiners' own scorebooks, of active assignments."""
    rows = (
        Assignment.objects.filter(run__in=list(runs), state=AssignmentState.ACTIVE)
        .values("run")
        .annotate(books=Count("pk"), submitted=Count("pk", filter=Q(scorebook__state=ScorebookState.SUBMITTED)))
    )
    return {row["run"]: StageProgress(row["books"], row["submitted"]) for row in rows}
