"""Giving and ending duties, and making bodies.

Nothing here asks who may: the actions of this app and of those above do, each by its own permission, before they call
a step, and in their transaction. Faces cannot import this room.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Membership, Organisation
from zhuoyue.kernel import audit, clock, mail
from zhuoyue.kernel.records import subject_of

JOINED = audit.verb("orgs.member_joined", _("加入单位"))
LEFT = audit.verb("orgs.member_left", _("离开单位"))
BODY_MADE = audit.verb("orgs.body_made", _("设立组织机构"))


@transaction.atomic
def add_member(
    *, by: Any, organisation: Organisation, person: Any, duty: str, starts_on: date | None = None
) -> Membership:
    """Give a person a duty, or take up again one that has ended."""
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


def end_at_once(*, by: Any, membership: Membership) -> None:
    """A duty holds through its last day, so the last day is yesterday."""
    end_membership(by=by, membership=membership, on=clock.today().date() - timedelta(days=1))


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

    `path` is where they begin; the letter belongs to `about`, or to the organisation.
    `known`: the account that stands at the address is the person meant; otherwise KnownPersonError.
    """
    person = make_person(by=by, email=email, name=name, known=known)
    membership = add_member(by=by, organisation=organisation, person=person, duty=duty)
    tell(membership, path, about or organisation)
    return membership


def tell(membership: Membership, path: str, about: Model) -> None:
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
