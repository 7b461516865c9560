"""Recommending bodies of a cycle: taking them in with their officer, letting an officer go, giving more time.

An officer acts in the cycle in which he was named, and in no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.errors import ExtensionError
from zhuoyue.domain.applications.models import Extension
from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.applications.terms import terms_of
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.queries import organisations_called
from zhuoyue.domain.orgs.steps import appoint, end_at_once, make_body
from zhuoyue.domain.programmes.bodies import bound_to, officers_to_tell
from zhuoyue.domain.programmes.models import Cycle, Officer
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE
from zhuoyue.domain.programmes.steps import bind_body, name_officer
from zhuoyue.kernel import access, audit, clock, formats, links, mail
from zhuoyue.kernel.records import subject_of

OFFICER_NAMED = audit.verb("applications.officer_named", _("指定推荐经办人"))
TERM_EXTENDED = audit.verb("applications.term_extended", _("延长推荐时间"))
OFFICER_ENDED = audit.verb("applications.officer_ended", _("结束推荐经办人"))


class NotNamedError(Exception):
    """The rules of the cycle name its recommending bodies one by one, and this is none of them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        words = gettext("本年度的规则逐一列出了推荐单位，其中没有“%(name)s”。请核对全称，或修改规则。")
        return words % {"name": self.name}


class SameNameError(Exception):
    """Organisations of that name stand here already; `candidates`: a person says by the credit code who is meant."""

    def __init__(self, candidates: Sequence[Organisation]) -> None:
        super().__init__(candidates[0].name)
        self.candidates = candidates

    def __str__(self) -> str:
        words = gettext("系统里已有名为“%(name)s”的单位。请按统一社会信用代码选定是哪一个，或选“都不是”另设一个。")
        return words % {"name": self.candidates[0].name}


class NotTheirOfficerError(Exception):
    """The officer acts in another cycle, or does so no more."""

    def __str__(self) -> str:
        return gettext("此人不是本年度的推荐经办人，或职责已经结束。")


@dataclass(frozen=True, slots=True)
class Meant:
    """Which body is meant: by its key in the rules, and among organisations of one name by the one that was chosen.

    `is_other`: none of those of the name, the body gets an organisation of its own. `is_known`: the person at the
    officer's address, who has an account already, is meant.
    """

    key: str = ""
    organisation: Organisation | None = None
    is_other: bool = False
    is_known: bool = False

    @property
    def is_said(self) -> bool:
        return self.is_other or self.organisation is not None


NOT_SAID = Meant()


@transaction.atomic
def add_recommender(
    *,
    by: Any,
    cycle: Cycle,
    name: str,
    level: BodyLevel,
    kind: OrganisationKind,
    email: str,
    officer: str,
    meant: Meant = NOT_SAID,
) -> Body:
    """A recommending body and somebody who acts for it in this cycle.

    Without a key, the entry of the rules that bears the name, else the class that they admit. Where that is bound
    already, the officer joins it. Raises NotNamedError, SameNameError, RefusedError, and KnownPersonError unless the
    account that stands at the address is known to be meant.
    """
    access.check(MANAGE_CYCLE, by, cycle)
    Cycle.objects.select_for_update().only("pk").get(pk=cycle.pk)
    key = _entry(cycle, meant.key, name)
    body = _bound(cycle, key, name, meant) or make_body(
        by=by, name=name, level=level, kind=kind, organisation=_organisation(name, meant)
    )
    bind_body(by=by, cycle=cycle, key=key, body=body)
    member = appoint(
        by=by,
        organisation=body.organisation,
        email=email,
        name=officer,
        duty=Duty.OFFICER,
        path=links.to("recommender"),
        about=cycle,
        known=meant.is_known,
    )
    name_officer(cycle=cycle, body=body, person=member.person)
    facts = {"body": str(body), "person": str(member.person_id)}
    audit.record(OFFICER_NAMED, by=by, subject=body, scope=cycle, data=facts)
    return body


def _entry(cycle: Cycle, key: str, name: str) -> str:
    """What the rules call the body. Raises NotNamedError."""
    entries = recommending_entries(cycle)
    if key:
        found = [key] if key in entries else []
    else:
        found = [known for known, entry in entries.items() if not entry.several and entry.title.zh == name]
        found += [known for known, entry in entries.items() if entry.several]
    if not found:
        raise NotNamedError(name)
    return found[0]


def _bound(cycle: Cycle, key: str, name: str, meant: Meant) -> Body | None:
    """The body that stands by the key already: the one that the rules name, or the one of the class by its name."""
    bound = bound_to(cycle, key)
    if not recommending_entries(cycle)[key].several:
        return bound.first()
    named = list(bound.filter(organisation__name=name)[:2])
    return named[0] if len(named) == 1 and not meant.is_said else None


def _organisation(name: str, meant: Meant) -> Organisation | None:
    """The organisation that somebody chose among those of the name. Raises SameNameError."""
    candidates = organisations_called(name)
    if candidates and not meant.is_other and meant.organisation not in candidates:
        raise SameNameError(candidates)
    return meant.organisation if candidates and not meant.is_other else None


@transaction.atomic
def confirm_officer(*, by: Any, cycle: Cycle, officer: Officer) -> None:
    """Somebody who acted for the body in the year before does so in this one too. Raises NotTheirOfficerError."""
    access.check(MANAGE_CYCLE, by, cycle)
    if officer.cycle_id != cycle.pk or officer.ended_at is not None:
        raise NotTheirOfficerError
    name_officer(cycle=cycle, body=officer.body, person=officer.person)
    facts = {"body": str(officer.body), "person": str(officer.person_id)}
    audit.record(OFFICER_NAMED, by=by, subject=officer.body, scope=cycle, data=facts)


@transaction.atomic
def end_officer(*, by: Any, cycle: Cycle, officer: Officer) -> None:
    """Let an officer of this cycle go, at once. Whoever acts for the body in no cycle is its officer no more."""
    access.check(MANAGE_CYCLE, by, cycle)
    standing = Officer.objects.select_for_update().filter(pk=officer.pk, cycle=cycle, ended_at=None)
    if not standing.update(ended_at=clock.now()):
        raise NotTheirOfficerError
    officer.person.__dict__.pop("_mandates", None)
    others = Officer.objects.filter(body=officer.body, person=officer.person, ended_at=None)
    organisation = officer.body.organisation
    if not others.exists():
        for membership in organisation.memberships.filter(person=officer.person, duty=Duty.OFFICER):
            end_at_once(by=by, membership=membership)
    facts = {"body": str(officer.body), "person": str(officer.person_id)}
    audit.record(OFFICER_ENDED, by=by, subject=officer, scope=cycle, data=facts)


@transaction.atomic
def extend_term(*, by: Any, cycle: Cycle, body: Body, level: str, until: datetime, reason: str) -> Extension:
    """Give a body more time for its opinions at a level; its officers are told. Raises ExtensionError."""
    access.check(MANAGE_CYCLE, by, cycle)
    terms = {term.level.key: term for term in terms_of(cycle, body.pk) if term.level}
    if level not in terms:
        raise ExtensionError("no_deadline")
    before, moment = terms[level].until, clock.now()
    if until <= moment or (before is not None and until <= before):
        raise ExtensionError("not_later", until=before)
    extension = Extension.objects.create(
        cycle=cycle, body=body, level=level, until=until, reason=reason, by=by, at=moment
    )
    for person in officers_to_tell(cycle, body):
        mail.queue(
            to=person.email,
            subject=gettext("推荐时间延长：%(title)s") % {"title": cycle.title},
            text=gettext("%(body)s出具推荐意见的截止时间延长到%(until)s。理由：%(reason)s")
            % {"body": body.organisation.name, "until": formats.moment(until), "reason": reason},
            dedupe=f"extension:{extension.pk}:{person.pk}",
            scope=subject_of(cycle),
        )
    facts = {"body": body.organisation.name, "level": level, "before": before, "until": until, "reason": reason}
    audit.record(TERM_EXTENDED, by=by, subject=extension, scope=cycle, data=facts)
    return extension
