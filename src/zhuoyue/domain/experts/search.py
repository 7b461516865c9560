"""Experts are found by those who keep their pool."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.kernel.search import MOST, Hit, Source


def _by_keeper(person: Any, text: str) -> list[Hit]:
    held = organisations_with(person, Duty.SECRETARY)
    experts = (
        Expert.objects.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))
        .filter(pool__organisation__in=held)
        .select_related("person")
        .order_by("person__name")
    )
    return [Hit(expert.pk, expert.person.name, expert.person.email) for expert in experts[:MOST]]


SOURCES = (Source("experts", _("专家"), 30, "office.expert", _by_keeper),)
