"""A cycle on one page: what is due and whose it is, where applications stand, what the review lacks.

Everything is computed from five statements, whatever the size of the cycle.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.applications.models import Registration, Return
from zhuoyue.domain.applications.queries import first_level
from zhuoyue.domain.applications.terms import dated_levels, granted
from zhuoyue.domain.experts.enums import ConflictState
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.orgs.queries import in_force
from zhuoyue.domain.programmes.models import Cycle, Phase
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.enums import (
    AssignmentState,
    InvitationState,
    ScorebookState,
    StageKind,
    StageState,
    TeamRole,
)
from zhuoyue.domain.review.models import Assignment, Invitation, StageRun
from zhuoyue.domain.review.queries.stages import runs_of_cycle, settings_of
from zhuoyue.kernel import clock
from zhuoyue.kernel.mail import OutboxMail

WAITING = (ApplicationState.SUBMITTED, ApplicationState.RECOMMENDED)
REVIEWED = (ApplicationState.IN_REVIEW, ApplicationState.CONCLUDED)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody has to do by a time. `kind` and `ref` say what it is about; `names` lists the pieces."""

    kind: str
    ref: UUID
    who: str
    email: str
    due_at: datetime
    title: str = ""
    title_en: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A stage with its scorebooks. `judged` applications have all of theirs; `short` ones lack examiners."""

    run: StageRun
    entered: int
    through: int
    stopped: int
    books: int
    submitted: int
    judged: int
    short: int
    unled: int
    needed: int

    @property
    def pending(self) -> int:
        return self.entered - self.through - self.stopped


@dataclass(frozen=True, slots=True)
class Overview:
    phases: list[Phase]
    stages: list[StageFacts]
    dues: list[Due]
    registered: int
    to_confirm: int
    started: int
    sent: int
    to_check: int
    accepted: int
    serving: int
    capacity: int
    conflicts: int
    returned: int = 0
    undelivered: int = 0
    by_state: Counter[str] = field(default_factory=Counter)

    def of_kind(self, kind: StageKind) -> list[StageFacts]:
        return [stage for stage in self.stages if stage.run.kind == kind]

    @property
    def open_stages(self) -> list[StageFacts]:
        """Running ones that hold applications, the next due first."""
        running = [one for one in self.stages if one.run.state == StageState.OPEN and one.entered]
        return sorted(running, key=lambda one: (one.run.due_at is None, one.run.due_at or datetime.max))  # noqa: DTZ901 - only stands for "none"


def overview_of(cycle: Cycle, letters: QuerySet[OutboxMail] | None = None) -> Overview:
    """`letters`: those to be counted as not delivered; the count rides along with the phases, in one statement."""
    phases = list(cycle.phases.all() if letters is None else cycle.phases.annotate(letters=_counted(letters)))
    runs = list(runs_of_cycle(cycle))
    for run in runs:
        run.category.cycle = cycle
    pairs = list(_pairs(cycle))
    invitations = list(_invitations(cycle))
    rows = list(_registrations(cycle))
    states = Counter(row["application__state"] for row in rows if row["application__state"])
    serving = [one for one in invitations if one.state == InvitationState.ACCEPTED and one.conflicts_declared_at]
    standing = [row for row in rows if row["state"] not in (RegistrationState.REFUSED, RegistrationState.WITHDRAWN)]
    dues = [
        *_late_books(runs, pairs),
        *_late_answers(invitations),
        *_late_corrections(rows),
        *_late_opinions(cycle, rows),
    ]
    return Overview(
        phases=phases,
        stages=[_facts(run, [pair for pair in pairs if pair["run"] == run.pk]) for run in runs],
        dues=sorted(dues, key=lambda due: (due.due_at, due.who)),
        registered=len(standing),
        to_confirm=sum(row["state"] == RegistrationState.SENT for row in rows),
        started=sum(states.values()),
        sent=sum(1 for row in rows if row["application__submitted_at"] is not None),
        to_check=sum(states[state] for state in WAITING),
        accepted=sum(states[state] for state in REVIEWED),
        serving=len(serving),
        capacity=sum(one.expert.most_load for one in serving),
        conflicts=sum(one.to_rule for one in invitations),  # type: ignore[attr-defined]  # annotated
        returned=states[ApplicationState.RETURNED],
        by_state=states,
        undelivered=getattr(phases[0], "letters", 0) if phases else 0,
    )


def _counted(found: QuerySet[Any]) -> Coalesce:
    one = found.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(one.values("n"), output_field=IntegerField()), 0)


def _pairs(cycle: Cycle) -> Iterable[Any]:
    return Assignment.objects.filter(run__category__cycle=cycle, state=AssignmentState.ACTIVE).values(
        "run",
        "application",
        "application__number",
        "role",
        "expert",
        "expert__person__name",
        "expert__person__email",
        "scorebook__state",
    )


def _invitations(cycle: Cycle) -> Iterable[Invitation]:
    declared = Count("expert__conflicts", filter=Q(expert__conflicts__state=ConflictState.DECLARED))
    return Invitation.objects.filter(cycle=cycle).select_related("expert__person").annotate(to_rule=declared)


def _registrations(cycle: Cycle) -> Iterable[Any]:
    """Every registration with where its application stands, and the term of a return that waits."""
    waiting = Return.objects.filter(application__registration=OuterRef("pk"), answered_at=None).order_by("-at")
    found: Iterable[Any] = (
        Registration.objects.filter(cycle=cycle)
        .annotate(correct_by=Subquery(waiting.values("until")[:1]), **_asked_of_bodies(cycle))
        .values(
            "state",
            "contact_email",
            "organisation__name",
            "application",
            "application__number",
            "application__state",
            "application__submitted_at",
            "correct_by",
            *_asked_of_bodies(cycle),
        )
    )
    return found


def _asked_of_bodies(cycle: Cycle) -> dict[str, Any]:
    """What is told of recommending bodies, where the rules give their level a time."""
    if not dated_levels(cycle):
        return {}
    body = OuterRef("application__recommender")
    officers = Membership.objects.filter(
        in_force(clock.today().date()),
        duty=Duty.OFFICER,
        organisation=OuterRef("application__recommender__organisation"),
    ).order_by("created_at")
    extended = granted().filter(cycle=cycle, body=body)
    return {
        "body": F("application__recommender"),
        "body_name": F("application__recommender__organisation__name"),
        "officer": Subquery(officers.values("person__email")[:1]),
        "category_key": F("category__key"),
        **{
            f"until_{place}": Subquery(extended.filter(level=key).values("until")[:1])
            for place, key in enumerate(dated_levels(cycle))
        },
    }


def _facts(run: StageRun, pairs: Sequence[dict[str, Any]]) -> StageFacts:
    teams: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        teams[pair["application"]].append(pair)
    own_team = run.kind == StageKind.DOCUMENT_REVIEW
    rule = settings_of(run).team if own_team else None
    wanted = rule.at_least if rule is not None else 1 if own_team else 0
    entered = int(run.entered)  # type: ignore[attr-defined]  # annotated by runs_of_cycle
    full = sum(len(team) >= wanted for team in teams.values())
    led = sum(any(pair["role"] == TeamRole.LEADER for pair in team) for team in teams.values())
    asks_leader = rule is not None and rule.leader
    return StageFacts(
        run=run,
        entered=entered,
        through=int(run.through),  # type: ignore[attr-defined]  # annotated by runs_of_cycle
        stopped=int(run.stopped),  # type: ignore[attr-defined]  # annotated by runs_of_cycle
        books=len(pairs),
        submitted=sum(pair["scorebook__state"] == ScorebookState.SUBMITTED for pair in pairs),
        judged=sum(
            all(pair["scorebook__state"] == ScorebookState.SUBMITTED for pair in team) for team in teams.values()
        ),
        short=max(0, entered - full) if own_team else 0,
        unled=max(0, len(teams) - led) if asks_leader else 0,
        needed=entered * wanted,
    )


def _late_books(runs: Sequence[StageRun], pairs: Sequence[dict[str, Any]]) -> Iterable[Due]:
    """Scorebooks not handed in, for each examiner of each open stage with a date."""
    dated = {run.pk: run for run in runs if run.state == StageState.OPEN and run.due_at is not None}
    waiting: defaultdict[tuple[UUID, UUID], list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        if pair["run"] in dated and pair["scorebook__state"] != ScorebookState.SUBMITTED:
            waiting[pair["run"], pair["expert"]].append(pair)
    for (run_id, expert), found in waiting.items():
        run = dated[run_id]
        assert run.due_at is not None  # noqa: S101 - only dated ones are looked at
        names = tuple(sorted(pair["application__number"] for pair in found))
        person = found[0]
        yield Due(
            "books",
            expert,
            person["expert__person__name"],
            person["expert__person__email"],
            run.due_at,
            run.title,
            run.title_en,
            names,
        )


def _late_answers(invitations: Sequence[Invitation]) -> Iterable[Due]:
    """Invitations that wait for an answer, or after it for the declaration of ties."""
    for one in invitations:
        if one.answer_by is None:
            continue
        person = one.expert.person
        if one.state == InvitationState.INVITED:
            yield Due("answer", one.pk, person.name, person.email, one.answer_by)
        elif one.state == InvitationState.ACCEPTED and one.conflicts_declared_at is None:
            yield Due("declaration", one.pk, person.name, person.email, one.answer_by)


def _late_corrections(rows: Sequence[dict[str, Any]]) -> Iterable[Due]:
    for row in rows:
        if row["correct_by"] is not None and row["application__state"] == ApplicationState.RETURNED:
            yield Due(
                "correction",
                row["application"],
                row["organisation__name"],
                row["contact_email"],
                row["correct_by"],
                names=(row["application__number"],),
            )


def _late_opinions(cycle: Cycle, rows: Sequence[dict[str, Any]]) -> Iterable[Due]:
    """Applications that wait for the opinion of a body whose level has a time, for each body."""
    levels = dated_levels(cycle)
    asked = {
        category.key: first_level(rules_of(cycle.rules), category.key) for category in rules_of(cycle.rules).categories
    }
    waiting: defaultdict[tuple[UUID, datetime], list[dict[str, Any]]] = defaultdict(list)
    for row in rows if levels else ():
        level = asked.get(row["category_key"])
        if row["application__state"] != ApplicationState.SUBMITTED or row["body"] is None or level is None:
            continue
        if level.key in levels:
            place = list(levels).index(level.key)
            waiting[row["body"], row[f"until_{place}"] or levels[level.key][1]].append(row)
    for (body, due_at), found in waiting.items():
        names = tuple(sorted(row["application__number"] for row in found))
        yield Due("opinion", body, found[0]["body_name"], found[0]["officer"] or "", due_at, names=names)
