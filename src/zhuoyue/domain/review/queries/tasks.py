"""What waits for an expert: scorebooks, consensus and visits. Lists ask the same question as the permissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from zhuoyue.domain.criteria.enums import SCORED
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.enums import StageState, Step, TeamRole
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Assignment, Entry, StageBook
from zhuoyue.domain.review.queries.blind import Called, code_name
from zhuoyue.domain.review.queries.stages import team_key
from zhuoyue.domain.review.queries.teams import working

SUBMITTED = Q(scorebook__state=ScorebookState.SUBMITTED)
OPEN = Q(run__state=StageState.OPEN) & ~SUBMITTED
VIEWS = {"open": OPEN, "submitted": SUBMITTED, "closed": Q(run__state=StageState.DECIDED) & ~SUBMITTED}
ORDERS = {
    "due": ("run__due_at", "application__number"),
    "least": ("finished", "run__due_at", "application__number"),
    "name": ("name", "application__number"),
    "number": ("application__number",),
}


def _counted(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _title(path: str, *, english: bool) -> Any:
    """The title in the language of the page, the Chinese one where there is no English."""
    own = F(f"{path}__title")
    translated = NullIf(F(f"{path}__title_en"), Value(""), output_field=CharField())
    return Coalesce(translated, own, output_field=CharField()) if english else own


def _unless_hidden(path: str) -> Case:
    """Nothing to read, to search or to sort by where the stage hides applicants."""
    return Case(When(run__hides_applicants=True, then=Value("")), default=F(path), output_field=CharField())


def books_of(person: Any, *, english: bool = False) -> QuerySet[Assignment, dict[str, Any]]:
    """An expert's scorebooks as plain rows: whose, which stage, how far. Read by the page, whatever their number."""
    items = ItemScore.objects.filter(scorebook=OuterRef("scorebook"), done=True)
    nodes = Node.objects.filter(edition=OuterRef("run__category__edition"), kind__in=SCORED)
    return (
        working(person)
        .annotate(
            finished=_counted(items, "scorebook"),
            asked=_counted(nodes, "edition"),
            number=F("application__number"),
            name=_unless_hidden("application__organisation__name"),
            subject=_unless_hidden("application__subject"),
            hidden=F("run__hides_applicants"),
            category=_title("run__category", english=english),
            stage=_title("run", english=english),
            stage_state=F("run__state"),
            due_at=F("run__due_at"),
            book_state=F("scorebook__state"),
        )
        .values(
            "id", "application", "hidden", "number", "name", "subject", "category", "stage", "stage_state", "due_at",
            "book_state", "role", "finished", "asked",
        )
    )  # fmt: skip


def called_in_row(row: Mapping[str, Any]) -> Called:
    """The same as `called`, for a row of `books_of`."""
    if row["hidden"]:
        return Called(row["application"], code_name(row["application"]), "")
    return Called(row["application"], " ".join(part for part in (row["name"], row["subject"]) if part), row["number"])


def sorted_books(rows: QuerySet[Assignment, dict[str, Any]], order: str) -> QuerySet[Assignment, dict[str, Any]]:
    """`order`: a key of ORDERS, with a minus for the other way round. Without a date comes last either way."""
    descending = order.startswith("-")
    keys = ORDERS.get(order.lstrip("-"), ORDERS["due"])
    first = F(keys[0]).desc(nulls_last=True) if descending else F(keys[0]).asc(nulls_last=True)
    return rows.order_by(first, *keys[1:])


@dataclass(frozen=True, slots=True)
class Load:
    """How many scorebooks an expert has of one stage, by where they stand."""

    run: UUID
    stage: str
    category: str
    cycle: str
    total: int
    open: int
    submitted: int
    closed: int


def loads_of(person: Any, *, english: bool = False) -> list[Load]:
    rows = (
        working(person)
        .values(
            "run",
            stage=_title("run", english=english),
            category=_title("run__category", english=english),
            cycle=_title("run__category__cycle", english=english),
        )
        .annotate(total=Count("pk"), **{name: Count("pk", filter=condition) for name, condition in VIEWS.items()})
        .order_by("run__due_at", "run")
    )
    return [
        Load(
            row["run"],
            row["stage"],
            row["category"],
            row["cycle"],
            row["total"],
            row["open"],
            row["submitted"],
            row["closed"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class TeamTask:
    """An application in a stage that a team does together."""

    entry: Entry
    role: str
    alias: str
    book_state: str
    done: int
    asked: int
    due_at: datetime | None

    @property
    def leads(self) -> bool:
        return self.role == TeamRole.LEADER

    @property
    def is_open(self) -> bool:
        return self.entry.run.state == StageState.OPEN and self.book_state != ScorebookState.SUBMITTED


def team_tasks(person: Any, *steps: Step) -> list[TeamTask]:
    """Where a person's teams agree on values now or have agreed, as one of `steps`; the next due first."""
    kinds = keys_of(lambda kind: kind.step in steps)
    own = {
        (pair.run.category_id, pair.run.key, pair.application_id): pair
        for pair in working(person)
        .select_related("run")
        .only("role", "alias", "application", "run__category", "run__key")
    }
    book = StageBook.objects.filter(run=OuterRef("run"), application=OuterRef("application"), assignment=None)
    agreed = ItemScore.objects.filter(
        scorebook__stagebook__run=OuterRef("run"),
        scorebook__stagebook__application=OuterRef("application"),
        scorebook__stagebook__assignment=None,
        done=True,
    )
    nodes = Node.objects.filter(edition=OuterRef("run__category__edition"), kind__in=SCORED)
    entries = (
        Entry.objects.filter(Exists(working(person).filter(application=OuterRef("application"))), run__kind__in=kinds)
        .exclude(run__state=StageState.WAITING)
        .select_related("run__category__cycle__rules", "application__organisation")
        .annotate(
            book_state=Subquery(book.values("state")[:1]),
            agreed=_counted(agreed, "scorebook"),
            asked=_counted(nodes, "edition"),
        )
        .order_by(F("run__due_at").asc(nulls_last=True), "run__position", "application__number")
    )
    found = []
    for entry in entries:
        pair = own.get((entry.run.category_id, team_key(entry.run), entry.application_id))
        if pair is not None:
            found.append(
                TeamTask(
                    entry, pair.role, pair.alias, entry.book_state or "", entry.agreed, entry.asked, entry.run.due_at
                )
            )
    return found
