"""The experts of a cycle: who has been asked, who serves, what stands against them."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhuoyue.domain.experts.enums import ConflictState
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState
from zhuoyue.domain.review.models import Assignment, Invitation

_ASKED = ("id", "state", "answer_by", "conflicts_declared_at")


def experts_for_cycle(cycle: Cycle) -> QuerySet[Expert]:
    """The pool of the cycle's organiser, each with what `invitation_in` reads and the load in the cycle."""
    asked = Invitation.objects.filter(cycle=cycle, expert=OuterRef("pk"))
    active = (
        Assignment.objects.filter(expert=OuterRef("pk"), state=AssignmentState.ACTIVE, run__category__cycle=cycle)
        .order_by()
        .values("expert")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Expert.objects.filter(pool=cycle.programme.organiser_id)
        .select_related("person", "employer")
        .annotate(
            load=Coalesce(Subquery(active, output_field=IntegerField()), 0),
            **{f"asked_{name}": Subquery(asked.values(name)[:1]) for name in _ASKED},
        )
        .order_by("person__name", "pk")
    )


def invitation_in(expert: Any) -> Invitation | None:
    """The invitation that `experts_for_cycle` found for one of its experts, for showing only."""
    if expert.asked_id is None:
        return None
    return Invitation(**{name: getattr(expert, f"asked_{name}") for name in _ASKED})


def not_asked(cycle: Cycle) -> QuerySet[Expert]:
    """Active experts of the pool without an invitation to the cycle."""
    asked = Invitation.objects.filter(cycle=cycle).values("expert")
    return experts_for_cycle(cycle).filter(is_active=True).exclude(pk__in=asked)


def conflicts_to_rule(cycle: Cycle) -> list[Conflict]:
    """Declared by experts of the organiser's pool, and not ruled on yet."""
    return list(
        Conflict.objects.filter(expert__pool=cycle.programme.organiser_id, state=ConflictState.DECLARED)
        .select_related("expert__person", "organisation")
        .order_by("created_at")
    )
