"""The four statements that the first page is made of: phases, stages, examiners with their work, registrations."""

from typing import Any

from django.db.models import (
    Avg,
    Case,
    Count,
    DateTimeField,
    DecimalField,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.models import Application, Recommendation, Registration, Return
from zhuoyue.domain.applications.terms import dated_levels, granted
from zhuoyue.domain.criteria.enums import SCORED
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.experts.enums import ConflictState
from zhuoyue.domain.experts.models import Conflict
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.office.queries.overview.facts import Examiner, Pair
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.orgs.queries import in_force
from zhuoyue.domain.programmes.bodies import officers_of
from zhuoyue.domain.programmes.enums import CycleState, Opens
from zhuoyue.domain.programmes.models import Cycle, CycleBody, Phase
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.programmes.windows import still_taken
from zhuoyue.domain.review.enums import AssignmentState, InvitationState, Outcome, StageState
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Entry, Invitation, StageRun
from zhuoyue.domain.review.queries.graph import upstream_of
from zhuoyue.kernel import clock
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import OutboxMail

GONE = (RegistrationState.REFUSED, RegistrationState.WITHDRAWN)
REVIEWED = (ApplicationState.IN_REVIEW, ApplicationState.CONCLUDED)
KINDS = keys_of(lambda kind: kind.in_funnel)


# ---- phases, with what belongs to the whole cycle


def phases_of(cycle: Cycle, letters: QuerySet[OutboxMail] | None) -> tuple[list[Phase], Any]:
    """The phases, and a row that tells of the whole cycle: `letters` not delivered, and the year before.

    Both come in one statement, what is told of the cycle on every phase; a cycle without phases is asked by itself.
    """
    told = _year_before(cycle) | ({} if letters is None else {"letters": _counted(letters)})
    phases = list(cycle.phases.annotate(**told))
    return phases, phases[0] if phases else Cycle.objects.annotate(**told).get(pk=cycle.pk)


def _counted(found: QuerySet[Any]) -> Coalesce:
    one = found.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(one.values("n"), output_field=IntegerField()), 0)


def _year_before(cycle: Cycle) -> dict[str, Any]:
    """Of the cycle of the same programme whose calendar began last before this one, or before it was made."""
    begins = cycle.phases.order_by("starts_at").filter(starts_at__isnull=False).values("starts_at")[:1]
    earlier = Phase.objects.filter(
        cycle__programme=cycle.programme_id,
        cycle__state__in=[CycleState.OPEN, CycleState.CLOSED],
        starts_at__lt=Coalesce(Subquery(begins), Value(cycle.created_at)),
    ).exclude(cycle=cycle)
    last = earlier.order_by("-starts_at")
    before = Subquery(last.values("cycle")[:1])
    standing = Registration.objects.filter(cycle=before).exclude(state__in=GONE)
    applied = Application.objects.filter(cycle=before)
    entries = Entry.objects.filter(run__category__cycle=before)
    return {
        "before": Subquery(last.values("cycle__label")[:1]),
        "before_registered": _counted(standing),
        "before_sent": _counted(applied.filter(submitted_at__isnull=False)),
        "before_accepted": _counted(applied.filter(state__in=REVIEWED)),
        **{f"before_in_{kind}": _counted(entries.filter(run__kind=kind)) for kind in KINDS},
        **{f"before_{kind}": _counted(entries.filter(run__kind=kind, outcome=Outcome.THROUGH)) for kind in KINDS},
    }


# ---- stages


class _Named(Func):
    """A key as `subject_of` writes it; SQLite keeps keys without dashes."""

    output_field = TextField()
    arity = 1

    def as_sqlite(self, compiler: Any, _connection: Any, **_context: Any) -> Any:  # type: ignore[override]
        key, parameters = compiler.compile(self.source_expressions[0])
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        words = "||'-'||".join(f"substr({key}, {start}, {length})" for start, length in parts)
        return f"({words})", list(parameters) * len(parts)

    def as_sql(self, compiler: Any, _connection: Any, **_context: Any) -> Any:  # type: ignore[override]
        return compiler.compile(Cast(self.source_expressions[0], TextField()))


def with_moments(runs: QuerySet[StageRun]) -> QuerySet[StageRun]:
    """When each was opened first and decided last, from the record; its items; whether its category takes more."""
    named = Concat(Value(f"{StageRun._meta.label_lower}:"), _Named(OuterRef("pk")), output_field=TextField())  # noqa: SLF001 - Django's documented model API
    moves = AuditEvent.objects.filter(subject=named)
    opened = moves.filter(verb="stage.open").order_by("sequence")
    decided = moves.filter(verb="stage.decide").order_by("-sequence")
    items = Node.objects.filter(edition=OuterRef("category__edition"), kind__in=SCORED).order_by()
    counted = items.values("edition").annotate(n=Count("pk")).values("n")
    return runs.select_related("category__edition").annotate(
        opened_at=Subquery(opened.values("at")[:1]),
        decided_at=Case(When(state=StageState.DECIDED, then=Subquery(decided.values("at")[:1])), default=None),
        items=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        taking=still_taken(Opens.APPLICATION, clock.now(), category="category"),
    )


# ---- examiners


def examiners_of(cycle: Cycle, runs: list[StageRun]) -> list[Examiner]:
    """Everybody invited, with their active assignments. A cycle without stages invites nobody."""
    found: dict[Any, Examiner] = {}
    for row in _examiner_rows(cycle, runs) if runs else ():
        one = found.get(row["pk"])
        if one is None:
            one = found[row["pk"]] = _examiner(row)
        if row["pair__run"] is not None:
            one.pairs.append(_pair(row))
    return list(found.values())


_PAIR = ("run", "application", "application__number", "role", "assigned_at")


def _examiner_rows(cycle: Cycle, runs: list[StageRun]) -> QuerySet[Invitation, dict[str, Any]]:
    working = Q(expert__assignments__state=AssignmentState.ACTIVE, expert__assignments__run__in=runs)
    declared = Conflict.objects.filter(expert=OuterRef("expert"), state=ConflictState.DECLARED).order_by()
    items = ItemScore.objects.filter(scorebook__stagebook__assignment=OuterRef("pair__pk")).order_by()
    done = items.filter(done=True).values("scorebook").annotate(n=Count("pk")).values("n")
    mean = items.values("scorebook").annotate(n=Avg("value")).values("n")
    return (
        Invitation.objects.filter(cycle=cycle)
        .annotate(pair=FilteredRelation("expert__assignments", condition=working))
        .annotate(
            to_rule=Coalesce(
                Subquery(declared.values("expert").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
            ),
            book=F("pair__scorebook__state"),
            in_at=F("pair__scorebook__submitted_at"),
            done=_of_runs(_being_written(runs), Subquery(done, output_field=IntegerField()), IntegerField()),
            mean=_of_runs(_comparable(runs), Subquery(mean), DecimalField(max_digits=12, decimal_places=4)),
        )
        .values(
            "pk",
            "state",
            "answer_by",
            "conflicts_declared_at",
            "undertaking_at",
            "expert",
            "expert__person__name",
            "expert__person__email",
            "expert__most_load",
            "expert__industries",
            "expert__is_active",
            "to_rule",
            *(f"pair__{name}" for name in _PAIR),
            "book",
            "in_at",
            "done",
            "mean",
        )
        .order_by("expert__person__name", "pair__application__number")
    )


def _of_runs(runs: list[StageRun], value: Subquery, kind: Any) -> Any:
    """Asked only where it is used: no scores are counted for stages that are over."""
    nothing = Value(None, output_field=kind)
    return Case(When(pair__run__in=runs, then=value), default=nothing, output_field=kind) if runs else nothing


def _being_written(runs: list[StageRun]) -> list[StageRun]:
    return [run for run in runs if run.state == StageState.OPEN and run.due_at is not None]


def _comparable(runs: list[StageRun]) -> list[StageRun]:
    """Reviews whose total still moves something: no comparing of their teams after them has been decided."""
    decided = [run for run in runs if run.state == StageState.DECIDED and run.nature.compares]
    over = {(run.category_id, key) for run in decided for key in upstream_of(run.category, run.key)}
    reviews = [run for run in runs if run.nature.own_books and run.state != StageState.WAITING]
    return [run for run in reviews if (run.category_id, run.key) not in over]


def _examiner(row: dict[str, Any]) -> Examiner:
    accepted = row["state"] == InvitationState.ACCEPTED and row["conflicts_declared_at"] is not None
    return Examiner(
        invitation=row["pk"],
        expert=row["expert"],
        name=row["expert__person__name"],
        email=row["expert__person__email"],
        state=row["state"],
        answer_by=row["answer_by"],
        declared_at=row["conflicts_declared_at"],
        load=row["expert__most_load"],
        industries=tuple(row["expert__industries"] or ()),
        to_rule=row["to_rule"],
        serves=accepted,
    )


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(
        run=row["pair__run"],
        application=row["pair__application"],
        number=row["pair__application__number"],
        role=row["pair__role"],
        assigned_at=row["pair__assigned_at"],
        state=row["book"] or "",
        submitted_at=row["in_at"],
        done=row["done"] or 0,
        mean=row["mean"],
    )


# ---- registrations


def registrations_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Every registration with where its application stands, and the term of a return that waits."""
    waiting = Return.objects.filter(application__registration=OuterRef("pk"), answered_at=None).order_by("-at")
    reviewed = Entry.objects.filter(
        application__registration=OuterRef("pk"),
        run__kind__in=keys_of(lambda kind: kind.own_books),
        run__state=StageState.OPEN,
        outcome=Outcome.PENDING,
    )
    asked = {**_asked_of_bodies(cycle), **_recommended(cycle)}
    found = Registration.objects.filter(cycle=cycle).annotate(
        correct_by=Subquery(waiting.values("until")[:1], output_field=DateTimeField()),
        judged_in=Subquery(reviewed.values("run")[:1], output_field=UUIDField()),
        category_key=F("category__key"),
        **asked,
    )
    return list(
        found.values(
            "state",
            "contact_email",
            "organisation__name",
            "organisation__industry",
            "application",
            "application__number",
            "application__state",
            "application__submitted_at",
            "correct_by",
            "judged_in",
            "category_key",
            *asked,
        )
    )


def _asked_of_bodies(cycle: Cycle) -> dict[str, Any]:
    """What is told of recommending bodies, where the rules give their level a time."""
    if not dated_levels(cycle):
        return {}
    body = OuterRef("application__recommender")
    officers = Membership.objects.filter(
        in_force(clock.today().date()),
        duty=Duty.OFFICER,
        organisation=OuterRef("application__recommender__organisation"),
        person__officer_in__in=officers_of(cycle).filter(confirmed_at__isnull=False),
        person__officer_in__body=OuterRef("application__recommender"),
    ).order_by("created_at")
    extended = granted().filter(cycle=cycle, body=body)
    return {
        "body": F("application__recommender"),
        "body_name": F("application__recommender__organisation__name"),
        "officer": Subquery(officers.values("person__email")[:1]),
        **{
            f"until_{place}": Subquery(extended.filter(level=key).values("until")[:1])
            for place, key in enumerate(dated_levels(cycle))
        },
    }


def _recommended(cycle: Cycle) -> dict[str, Any]:
    """Whose place an application takes, and whose it waits for, where the rules count places.

    Each is told by the body's identity, its name, and the key by which the rules allocate places to it.
    """
    quotas = [level.quota for level in rules_of(cycle.rules).recommendation if level.quota]
    if not quotas:
        return {}
    allocated = {entry.body for quota in quotas for entry in quota.allocations}
    bound = CycleBody.objects.filter(cycle=cycle, key__in=allocated).order_by("key").values("key")
    standing = Recommendation.objects.filter(
        application__registration=OuterRef("pk"), outcome=Opinion.RECOMMEND, taken_back_at=None
    ).order_by("at")
    named = standing.annotate(key=Subquery(bound.filter(body=OuterRef("body"))[:1]))
    return {
        "asked_of": F("application__recommender"),
        "asked_of_name": F("application__recommender__organisation__name"),
        "asked_of_key": Subquery(bound.filter(body=OuterRef("application__recommender"))[:1]),
        "recommended_by": Subquery(named.values("body")[:1]),
        "recommended_by_name": Subquery(named.values("body__organisation__name")[:1]),
        "recommended_by_key": Subquery(named.values("key")[:1]),
    }
