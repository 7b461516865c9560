from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Membership, Organisation
from zhuoyue.domain.orgs.rules import EDIT_ORGANISATION, REGISTER_ORGANISATION
from zhuoyue.kernel import access, audit, versions

REGISTERED = audit.verb("orgs.organisation_registered", _("登记单位"))
EDITED = audit.verb("orgs.organisation_edited", _("修改单位信息"))
JOINED = audit.verb("orgs.member_joined", _("加入单位"))
LEFT = audit.verb("orgs.member_left", _("离开单位"))
BODY_MADE = audit.verb("orgs.body_made", _("设立组织机构"))


class CodeFaultError(Exception):
    """Not a unified social credit code; `fault` says which character and what it should be."""

    def __init__(self, fault: credit_code.CodeFault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class TakenError(Exception):
    """The credit code belongs to an organisation already; `holder` is it."""

    def __init__(self, holder: Organisation) -> None:
        super().__init__(holder.name)
        self.holder = holder


@transaction.atomic
def register_organisation(*, by: Any, name: str, code: str, **facts: Any) -> Organisation:
    """A new organisation, whose representative is `by`. Raises CodeFaultError, TakenError (the code is in use)."""
    access.check(REGISTER_ORGANISATION, by)
    cleaned = credit_code.cleaned(code)
    fault = credit_code.fault_of(cleaned)
    if fault is not None:
        raise CodeFaultError(fault)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(name=name, credit_code=cleaned, **facts)
    except IntegrityError:
        raise TakenError(Organisation.objects.get(credit_code=cleaned)) from None
    audit.record(REGISTERED, by=by, subject=organisation, data={"credit_code": cleaned})
    add_member(by=by, organisation=organisation, person=by, duty=Duty.REPRESENTATIVE)
    return organisation


@transaction.atomic
def edit_organisation(*, by: Any, organisation: Organisation, expected: int, **facts: Any) -> None:
    access.check(EDIT_ORGANISATION, by, organisation)
    versions.save_edit(organisation, expected=expected, fields=facts)
    audit.record(EDITED, by=by, subject=organisation, data={"fields": sorted(facts)})


@transaction.atomic
def add_member(
    *, by: Any, organisation: Organisation, person: Any, duty: str, starts_on: date | None = None
) -> Membership:
    """Give a person a duty. Whoever calls checks the right: a registration, an invitation or an administrator."""
    membership, made = Membership.objects.get_or_create(
        organisation=organisation, person=person, duty=duty, defaults={"starts_on": starts_on}
    )
    if not made and membership.ends_on is not None:
        membership.ends_on = None
        membership.save(update_fields=["ends_on"])
        made = True
    if made:
        audit.record(JOINED, by=by, subject=organisation, data={"person": str(person.pk), "duty": duty})
        person.__dict__.pop("_duties", None)
    return membership


@transaction.atomic
def end_membership(*, by: Any, membership: Membership, on: date) -> None:
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    audit.record(LEFT, by=by, subject=membership.organisation, data={"person": str(membership.person_id), "on": on})


@transaction.atomic
def make_body(*, by: Any, name: str, level: BodyLevel, kind: OrganisationKind, parent: Body | None = None) -> Body:
    """An organising body; its organisation is found by name or made."""
    organisation, _made = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    body, made = Body.objects.get_or_create(organisation=organisation, defaults={"level": level, "parent": parent})
    if made:
        audit.record(BODY_MADE, by=by, subject=body, data={"name": name, "level": level})
    return body
