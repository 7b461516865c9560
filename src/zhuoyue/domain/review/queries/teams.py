"""Who works on what."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, UUIDField

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.experts.enums import ConflictState, RecusalGrade
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState, InvitationState, TeamRole
from zhuoyue.domain.review.models import Assignment, Invitation, StageRun
from zhuoyue.domain.review.queries.stages import team_key, team_run
from zhuoyue.kernel.prepared import Blank, Prepared

_STANDING = (ConflictState.DECLARED, ConflictState.CONFIRMED)


def standing_conflicts(experts: Sequence[Expert] | QuerySet[Expert]) -> QuerySet[Conflict]:
    """Conflicts that bar: confirmed ones, and declared ones until they are ruled on."""
    return Conflict.objects.filter(expert__in=experts, state__in=_STANDING)


def conflict_with(expert: Expert, application: Application) -> str:
    """Why the expert must stay away from the application, empty when nothing is known."""
    if expert.employer_id is not None and expert.employer_id == application.organisation_id:
        return "employer"
    barred = Q(organisation=application.organisation_id) | Q(grade=RecusalGrade.CYCLE)
    found = Conflict.objects.filter(barred, expert__person=expert.person_id, state__in=_STANDING).first()
    return found.kind if found else ""


# ---- who may work on what, in one statement: permissions, lists and totals all ask here


def workable() -> QuerySet[Assignment]:
    """Active assignments whose expert has undertaken, has declared, and has no standing conflict, as of now."""
    undertaken = Invitation.objects.filter(
        expert=OuterRef("expert"),
        cycle=OuterRef("run__category__cycle"),
        state=InvitationState.ACCEPTED,
        undertaking_at__isnull=False,
        conflicts_declared_at__isnull=False,
    )
    barred = Q(organisation=OuterRef("application__organisation")) | Q(grade=RecusalGrade.CYCLE)
    conflicts = Conflict.objects.filter(barred, expert__person=OuterRef("expert__person"), state__in=_STANDING)
    return Assignment.objects.filter(Exists(undertaken), ~Exists(conflicts), state=AssignmentState.ACTIVE).exclude(
        expert__employer=F("application__organisation")
    )


def working(person: Any) -> QuerySet[Assignment]:
    """What a person may work on now."""
    return workable().filter(expert__person=person.pk)


_WORKING = Prepared(
    lambda: workable().filter(
        expert__person=Blank("person", UUIDField()),
        run__category=Blank("category", UUIDField()),
        run__key=Blank("key", CharField()),
        application=Blank("application", UUIDField()),
    )
)


def working_on(person: Any, run: StageRun, application: Application) -> Assignment | None:
    """The assignment by which a person may work on an application in the stage `run`."""
    return _WORKING.first(person=person.pk, category=run.category_id, key=team_key(run), application=application.pk)


def invitation_of(person: Any, cycle: Cycle) -> Invitation | None:
    return (
        Invitation.objects.filter(expert__person=person, cycle=cycle)
        .select_related("expert__person", "cycle__programme__organiser")
        .first()
    )


_INVITED = Prepared(
    lambda: (
        Invitation.objects.filter(expert__person=Blank("person", UUIDField()))
        .exclude(state=InvitationState.REVOKED)
        .values_list("pk")[:1]
    )
)


def is_or_was_invited(person: Any) -> bool:
    return bool(_INVITED.ask(person=person.pk))


def invitations_for_user(person: Any) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(expert__person=person)
        .exclude(state=InvitationState.REVOKED)
        .select_related("cycle__programme", "expert")
        .order_by("-created_at")
    )


def invitation_by_id(invitation_id: UUID) -> Invitation | None:
    return (
        Invitation.objects.select_related("expert__person", "cycle__programme__organiser__organisation", "cycle__rules")
        .filter(pk=invitation_id)
        .first()
    )


def may_work(invitation: Invitation | None) -> bool:
    """Accepted, undertaken, and conflicts declared: only then does anything open."""
    return bool(
        invitation is not None
        and invitation.state == InvitationState.ACCEPTED
        and invitation.undertaking_at
        and invitation.conflicts_declared_at
    )


def working_experts(cycle: Cycle) -> QuerySet[Expert]:
    return (
        Expert.objects.filter(
            invitations__cycle=cycle,
            invitations__state=InvitationState.ACCEPTED,
            invitations__undertaking_at__isnull=False,
            invitations__conflicts_declared_at__isnull=False,
            is_active=True,
        )
        .select_related("person", "employer")
        .order_by("person__name", "pk")
    )


def team_of(run: StageRun, application: Application) -> QuerySet[Assignment]:
    """The active team of an application in the stage that `run` takes its team from."""
    return (
        Assignment.objects.filter(run=team_run(run), application=application, state=AssignmentState.ACTIVE)
        .select_related("expert__person", "expert__employer")
        .order_by("alias")
    )


def is_leader(person: Any, run: StageRun, application: Application) -> bool:
    assignment = working_on(person, run, application)
    return assignment is not None and assignment.role == TeamRole.LEADER


def alias_of(person: Any, run: StageRun, application: Application) -> str:
    """What the team calls a person on an application; empty for whoever is not of it."""
    assignment = working_on(person, run, application)
    return assignment.alias if assignment is not None else ""
