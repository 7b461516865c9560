"""The experts of a cycle: who has been asked, who serves, what stands against them."""

from collections import Counter

from django.db.models import Count, Prefetch, Q, QuerySet

from zhuoyue.domain.experts.enums import ConflictState
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState
from zhuoyue.domain.review.models import Invitation


def experts_for_cycle(cycle: Cycle) -> QuerySet[Expert]:
    """The pool of the cycle's organiser, each with the invitation to it (`asked`, a list) and the load in it."""
    asked = Invitation.objects.filter(cycle=cycle)
    active = Q(assignments__state=AssignmentState.ACTIVE, assignments__run__category__cycle=cycle)
    return (
        Expert.objects.filter(pool=cycle.programme.organiser_id)
        .select_related("person", "employer")
        .prefetch_related(Prefetch("invitations", queryset=asked, to_attr="asked"))
        .annotate(load=Count("assignments", filter=active, distinct=True))
        .order_by("person__name", "pk")
    )


def not_asked(cycle: Cycle) -> QuerySet[Expert]:
    """Active experts of the pool without an invitation to the cycle."""
    asked = Invitation.objects.filter(cycle=cycle).values("expert")
    return experts_for_cycle(cycle).filter(is_active=True).exclude(pk__in=asked)


def invitation_counts(cycle: Cycle) -> Counter[str]:
    rows = Invitation.objects.filter(cycle=cycle).values_list("state").annotate(count=Count("pk"))
    return Counter(dict(rows))


def conflicts_to_rule(cycle: Cycle) -> list[Conflict]:
    """Declared by experts of the organiser's pool, and not ruled on yet."""
    return list(
        Conflict.objects.filter(expert__pool=cycle.programme.organiser_id, state=ConflictState.DECLARED)
        .select_related("expert__person", "organisation")
        .order_by("created_at")
    )
