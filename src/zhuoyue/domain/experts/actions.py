from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.experts.enums import ExpertLevel
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.experts.rules import DECLARE_CONFLICT, MANAGE_POOL
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.kernel import access, audit, flow, versions

ADDED = audit.verb("experts.added", _("专家入库"))
EDITED = audit.verb("experts.edited", _("修改专家信息"))
CONFLICT_DECLARED = audit.verb("experts.conflict_declared", _("声明利益冲突"))


class ExpertFacts(TypedDict, total=False):
    """What the office keeps of an expert; the person and the pool are said once and never change."""

    employer: Organisation | None
    level: ExpertLevel
    kinds: list[str]
    industries: list[str]
    fields: list[str]
    region: str
    about: str
    most_load: int
    is_active: bool


@transaction.atomic
def add_expert(
    *, by: Any, pool: Body, email: str, name: str, known: bool = False, **facts: Unpack[ExpertFacts]
) -> Expert:
    """Take a person into the pool; known ones are edited instead.

    `known`: the account that stands at the address is the person meant; otherwise KnownPersonError.
    """
    access.check(MANAGE_POOL, by, pool)
    told = versions.only(ExpertFacts, facts)
    person = make_person(by=by, email=email, name=name, known=known)
    expert, made = Expert.objects.get_or_create(person=person, pool=pool, defaults=told)
    if made:
        audit.record(ADDED, by=by, subject=expert, scope=pool)
    return expert


@transaction.atomic
def edit_expert(*, by: Any, expert: Expert, expected: int, **facts: Unpack[ExpertFacts]) -> None:
    access.check(MANAGE_POOL, by, expert)
    versions.save_edit(expert, expected=expected, fields=versions.only(ExpertFacts, facts))
    audit.record(EDITED, by=by, subject=expert, data={"fields": sorted(facts)})


@transaction.atomic
def declare_conflict(
    *, by: Any, expert: Expert, organisation: Organisation, kind: str, evidence: str = "", grade: str = "entry"
) -> Conflict:
    """An expert's own declaration. It bars at once, until somebody rules otherwise."""
    access.check(DECLARE_CONFLICT, by, expert)
    conflict, made = Conflict.objects.get_or_create(
        expert=expert, organisation=organisation, kind=kind, defaults={"evidence": evidence, "grade": grade}
    )
    if made:
        audit.record(CONFLICT_DECLARED, by=by, subject=conflict, data={"kind": kind, "grade": grade})
    return conflict


@transaction.atomic
def rule_conflict(*, by: Any, conflict: Conflict, stands: bool, reason: str) -> None:
    flow.move(conflict, "confirm" if stands else "dismiss", by=by, reason=reason)
