"""Recommending bodies of a cycle: taking them in with their officer, letting an officer go, giving more time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.errors import ExtensionError
from zhuoyue.domain.applications.models import Extension
from zhuoyue.domain.applications.terms import terms_of
from zhuoyue.domain.orgs.actions import appoint, end_at_once, make_body
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.domain.orgs.queries import members_of
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE
from zhuoyue.kernel import access, audit, clock, formats, mail
from zhuoyue.kernel.records import subject_of
from zhuoyue.packs.programmes.schema.bodies import RecommendationLevel
from zhuoyue.packs.programmes.schema.programme import Programme

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


def recommending_names(cycle: Cycle) -> set[str] | None:
    """The full names of those who may recommend; None where the rules admit a whole class of bodies."""
    rules = rules_of(cycle.rules)
    bodies = {body.key: body for body in rules.bodies}
    found: set[str] = set()
    for level in _first_levels(rules):
        called = [bodies[key] for key in level.by]
        if any(body.several for body in called):
            return None
        found |= {body.title.zh for body in called}
    return found


def _first_levels(rules: Programme) -> Iterator[RecommendationLevel]:
    """Where the way up begins, of each category that has one."""
    for category in rules.categories:
        yield from islice((level for level in rules.recommendation if _takes(level, category.key)), 1)


def _takes(level: RecommendationLevel, category: str) -> bool:
    return not level.categories or category in level.categories


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
    known: bool = False,
) -> Body:
    """A recommending body, made when there is none of that name yet, and somebody who acts for it.

    Raises NotNamedError, RefusedError, and KnownPersonError unless the account that stands is `known` to be meant.
    """
    access.check(MANAGE_CYCLE, by, cycle)
    named = recommending_names(cycle)
    if named is not None and name not in named:
        raise NotNamedError(name)
    body = make_body(by=by, name=name, level=level, kind=kind)
    member = appoint(
        by=by,
        organisation=body.organisation,
        email=email,
        name=officer,
        duty=Duty.OFFICER,
        path="/recommend/",
        about=cycle,
        known=known,
    )
    facts = {"body": name, "person": str(member.person_id)}
    audit.record(OFFICER_NAMED, by=by, subject=body, scope=cycle, data=facts)
    return body


@transaction.atomic
def end_officer(*, by: Any, cycle: Cycle, membership: Membership) -> None:
    """Let an officer of a body that may recommend in the cycle go, at once."""
    access.check(MANAGE_CYCLE, by, cycle)
    name = membership.organisation.name
    named = recommending_names(cycle)
    if membership.duty != Duty.OFFICER or (named is not None and name not in named):
        raise NotNamedError(name)
    end_at_once(by=by, membership=membership)
    facts = {"body": name, "person": str(membership.person_id)}
    audit.record(OFFICER_ENDED, by=by, subject=membership, scope=cycle, data=facts)


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
    for member in members_of([body.organisation], Duty.OFFICER):
        mail.queue(
            to=member.person.email,
            subject=gettext("推荐时间延长：%(title)s") % {"title": cycle.title},
            text=gettext("%(body)s出具推荐意见的截止时间延长到%(until)s。理由：%(reason)s")
            % {"body": body.organisation.name, "until": formats.moment(until), "reason": reason},
            dedupe=f"extension:{extension.pk}:{member.person_id}",
            scope=subject_of(cycle),
        )
    facts = {"body": body.organisation.name, "level": level, "before": before, "until": until, "reason": reason}
    audit.record(TERM_EXTENDED, by=by, subject=extension, scope=cycle, data=facts)
    return extension
