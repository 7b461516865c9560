from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import ADMINISTER
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind, OrganisationSize
from zhuoyue.domain.orgs.models import Body, Membership, Organisation
from zhuoyue.domain.orgs.queries import members_of, named_in
from zhuoyue.domain.orgs.rules import EDIT_ORGANISATION, MANAGE_OFFICE, REGISTER_ORGANISATION
from zhuoyue.domain.orgs.steps import add_member, appoint, end_at_once, make_body, tell
from zhuoyue.kernel import access, audit, links, versions

REGISTERED = audit.verb("orgs.organisation_registered", _("登记单位"))
EDITED = audit.verb("orgs.organisation_edited", _("修改单位信息"))
CALLED_AGAIN = audit.verb("orgs.called_again", _("再次寄出任职通知"))


class OrganisationFacts(TypedDict, total=False):
    """What is told of an organisation beside its name and code. Former names are kept by renaming, never written."""

    short_name: str
    kind: OrganisationKind
    region: str
    industry: str
    size: OrganisationSize | str
    founded_on: date | None
    tags: list[str]
    address: str


class OrganisationText(OrganisationFacts, total=False):
    """What those who speak for an organisation may change of it; its code never changes."""

    name: str


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


class OfficeStandsError(Exception):
    """The body has a secretary, or somebody named for it."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(organisation.name)
        self.organisation = organisation

    def __str__(self) -> str:
        words = gettext("“%(name)s”已有秘书处工作人员；请由他们在“设置→秘书处人员”里添加同事。")
        return words % {"name": self.organisation.name}


class LastSecretaryError(Exception):
    """Without this person nobody could run the office any more, nor let anybody in."""

    def __str__(self) -> str:
        return gettext("这是最后一位秘书处工作人员，不能结束；请先添加接任的人。")


@transaction.atomic
def register_organisation(*, by: Any, name: str, code: str, **facts: Unpack[OrganisationFacts]) -> Organisation:
    """A new organisation, whose representative is `by`. Raises CodeFaultError, TakenError (the code is in use)."""
    access.check(REGISTER_ORGANISATION, by)
    told = versions.only(OrganisationFacts, facts)
    cleaned = credit_code.cleaned(code)
    fault = credit_code.fault_of(cleaned)
    if fault is not None:
        raise CodeFaultError(fault)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(name=name, credit_code=cleaned, **told)
    except IntegrityError:
        raise TakenError(Organisation.objects.get(credit_code=cleaned)) from None
    audit.record(REGISTERED, by=by, subject=organisation, data={"credit_code": cleaned})
    add_member(by=by, organisation=organisation, person=by, duty=Duty.REPRESENTATIVE)
    return organisation


@transaction.atomic
def edit_organisation(*, by: Any, organisation: Organisation, expected: int, **facts: Unpack[OrganisationText]) -> None:
    access.check(EDIT_ORGANISATION, by, organisation)
    versions.save_edit(organisation, expected=expected, fields=versions.only(OrganisationText, facts))
    audit.record(EDITED, by=by, subject=organisation, data={"fields": sorted(facts)})


@transaction.atomic
def appoint_colleague(
    *, by: Any, organisation: Organisation, email: str, name: str, duty: Duty = Duty.SECRETARY, known: bool = False
) -> Membership:
    """Let somebody into one's own office, to run it or to watch over it. Raises KnownPersonError."""
    access.check(MANAGE_OFFICE, by, organisation)
    return appoint(
        by=by, organisation=organisation, email=email, name=name, duty=duty, path=links.to("office"), known=known
    )


@transaction.atomic
def call_again(*, by: Any, membership: Membership) -> None:
    """Write anew to somebody whose duty waits in the office; the link of the first letter ends after some days."""
    access.check(MANAGE_OFFICE, by, membership)
    if membership.waits:
        tell(membership, links.to("office"), membership.organisation)
        data = {"person": str(membership.person_id)}
        audit.record(CALLED_AGAIN, by=by, subject=membership.organisation, data=data)


@transaction.atomic
def found_office(
    *,
    by: Any,
    name: str,
    level: BodyLevel,
    kind: OrganisationKind,
    email: str,
    secretary: str,
    parent: Body | None = None,
    known: bool = False,
) -> Membership:
    """Found a body and name its first secretary. `by` None: the operator at the machine. Raises KnownPersonError.

    OfficeStandsError where the body has a secretary already: they let others in, not the administrator.
    """
    if by is not None:
        access.check(ADMINISTER, by)
    standing = Body.objects.filter(organisation__name=name).order_by("created_at").first()
    body = standing or make_body(by=by, name=name, level=level, kind=kind, parent=parent)
    if named_in([body.organisation], Duty.SECRETARY).exists():
        raise OfficeStandsError(body.organisation)
    return appoint(
        by=by,
        organisation=body.organisation,
        email=email,
        name=secretary,
        duty=Duty.SECRETARY,
        path=links.to("office"),
        known=known,
    )


@transaction.atomic
def dismiss(*, by: Any, membership: Membership) -> None:
    """End a duty at once. Raises LastSecretaryError."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    access.check(MANAGE_OFFICE, by, organisation)
    others = members_of([organisation], Duty.SECRETARY).exclude(pk=membership.pk)
    if membership.duty == Duty.SECRETARY and not others.exists():
        raise LastSecretaryError
    end_at_once(by=by, membership=membership)
