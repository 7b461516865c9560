from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.queries import organisations_with


def expert_by_id(expert_id: UUID) -> Expert | None:
    return Expert.objects.select_related("person", "employer", "pool__organisation").filter(pk=expert_id).first()


def experts_in_pool(pool: Body) -> QuerySet[Expert]:
    return Expert.objects.filter(pool=pool).select_related("person", "employer").order_by("person__name")


def pools_run_by(person: Any) -> QuerySet[Expert]:
    """Every expert in the pools that the person keeps."""
    held = organisations_with(person, Duty.SECRETARY)
    return (
        Expert.objects.filter(pool__organisation__in=held)
        .select_related("person", "employer", "pool__organisation")
        .order_by("person__name")
    )


def conflict_by_id(conflict_id: UUID) -> Conflict | None:
    return (
        Conflict.objects.select_related("expert__person", "expert__pool", "organisation").filter(pk=conflict_id).first()
    )


def conflicts_of(expert: Expert) -> QuerySet[Conflict]:
    return Conflict.objects.filter(expert=expert).select_related("organisation").order_by("organisation__name")
