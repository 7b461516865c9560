from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.accounts.rules import ADMINISTER
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Membership, Organisation
from zhuoyue.domain.orgs.queries import members_of, named_in
from zhuoyue.domain.orgs.rules import EDIT_ORGANISATION, MANAGE_OFFICE, REGISTER_ORGANISATION
from zhuoyue.kernel import access, audit, clock, mail, versions
from zhuoyue.kernel.records import subject_of

OFFICE_PATH = "/office/"
REGISTERED = audit.verb("orgs.organisation_registered", _("登记单位"))
EDITED = audit.verb("orgs.organisation_edited", _("修改单位信息"))
JOINED = audit.verb("orgs.member_joined", _("加入单位"))
LEFT = audit.verb("orgs.member_left", _("离开单位"))
CALLED_AGAIN = audit.verb("orgs.called_again", _("再次寄出任职通知"))
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
def make_body(
    *,
    by: Any,
    name: str,
    level: BodyLevel,
    kind: OrganisationKind,
    parent: Body | None = None,
    organisation: Organisation | None = None,
) -> Body:
    """An organising body: of an `organisation` that somebody chose, else with one of its own called `name`."""
    if organisation is None:
        organisation = Organisation.objects.create(name=name, kind=kind)
    body, made = Body.objects.get_or_create(organisation=organisation, defaults={"level": level, "parent": parent})
    if made:
        audit.record(BODY_MADE, by=by, subject=body, data={"name": name, "level": level})
    return body


@transaction.atomic
def appoint(
    *,
    by: Any,
    organisation: Organisation,
    email: str,
    name: str,
    duty: Duty,
    path: str,
    about: Model | None = None,
    known: bool = False,
) -> Membership:
    """Name somebody for a duty and tell them by letter; it waits until their address is proved.

    `path` is where they begin; the letter belongs to `about`, or to the organisation. Whoever calls checks the right.
    `known`: the account that stands at the address is the person meant; otherwise KnownPersonError.
    """
    person = make_person(by=by, email=email, name=name, known=known)
    membership = add_member(by=by, organisation=organisation, person=person, duty=duty)
    _tell(membership, path, about or organisation)
    return membership


def _tell(membership: Membership, path: str, about: Model) -> None:
    """The letter of an appointment, with a way in that proves the address of who never signed in."""
    person, organisation = membership.person, membership.organisation
    facts = {"name": person.name, "organisation": organisation.name, "duty": Duty(membership.duty).label}
    words = gettext("%(name)s：您好。您已是%(organisation)s的%(duty)s。请打开下面的链接开始工作：")
    if membership.waits:
        words = gettext("%(name)s：您好。您已被指定为%(organisation)s的%(duty)s。请打开下面的链接设置密码，随后生效：")
    mail.queue(
        to=person.email,
        subject=gettext("%(organisation)s：%(duty)s") % facts,
        text=f"{words % facts}\n{way_to(person, path)}",
        dedupe=f"appointed:{membership.pk}:{clock.now().isoformat()}",
        scope=subject_of(about),
    )


@transaction.atomic
def appoint_colleague(
    *, by: Any, organisation: Organisation, email: str, name: str, duty: Duty = Duty.SECRETARY, known: bool = False
) -> Membership:
    """Let somebody into one's own office, to run it or to watch over it. Raises KnownPersonError."""
    access.check(MANAGE_OFFICE, by, organisation)
    return appoint(by=by, organisation=organisation, email=email, name=name, duty=duty, path=OFFICE_PATH, known=known)


@transaction.atomic
def call_again(*, by: Any, membership: Membership) -> None:
    """Write anew to somebody whose duty waits in the office; the link of the first letter ends after some days."""
    access.check(MANAGE_OFFICE, by, membership)
    if membership.waits:
        _tell(membership, OFFICE_PATH, membership.organisation)
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
        path=OFFICE_PATH,
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


def end_at_once(*, by: Any, membership: Membership) -> None:
    """A duty holds through its last day, so the last day is yesterday. Whoever calls checks the right."""
    end_membership(by=by, membership=membership, on=clock.today().date() - timedelta(days=1))
