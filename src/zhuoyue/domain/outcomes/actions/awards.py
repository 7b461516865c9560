"""Approval, announcement, certificates, revocation."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.outcomes.actions.feedback import release_feedback
from zhuoyue.domain.outcomes.actions.notices import end_due_notices
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.outcomes.models import Award, Certificate, ResultList
from zhuoyue.domain.outcomes.numbers import next_certificate_number
from zhuoyue.domain.outcomes.rules import APPROVE
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import rules_of, tier_titles
from zhuoyue.kernel import access, audit, clock, flow, mail
from zhuoyue.kernel.records import subject_of

AWARDED = audit.verb("outcomes.awarded", gettext_lazy("授予奖项"))


@transaction.atomic
def approve(*, by: Any, result_list: ResultList, approval_number: str) -> None:
    """The list is approved under the number of a document, after its notice has run and every objection is ruled on."""
    end_due_notices(on=clock.today().date())
    access.check(APPROVE, by, result_list)
    number = approval_number.strip()
    if not number:
        raise OutcomeError(_("请填写批准文号。"))
    flow.move(result_list, "approve", by=by, scope=result_list.category.cycle, data={"number": number})
    result_list.approval_number = number
    result_list.save(update_fields=["approval_number"])


@transaction.atomic
def announce(*, by: Any, result_list: ResultList) -> list[Award]:
    """Publish the final list: awards, certificates, and a feedback report for every applicant that was reviewed.

    Whoever has an award from an earlier version of the list keeps it, with its certificate.
    """
    moment = clock.now()
    category = result_list.category
    flow.move(result_list, "announce", by=by, at=moment, scope=category.cycle)
    result_list.announced_at = moment
    result_list.save(update_fields=["announced_at"])
    tiers = {entry["application"]: entry for entry in result_list.entries}
    winners = (
        Application.objects.filter(pk__in=tiers, award=None)
        .select_related("organisation", "registration")
        .order_by("organisation__name", "number")
    )
    titles = tier_titles(category)
    awards = [_give(by, category, application, tiers[str(application.pk)], titles) for application in winners]
    release_feedback(by=by, category=category)
    return awards


def _give(
    by: Any, category: Category, application: Application, entry: Mapping[str, str], titles: Mapping[str, str]
) -> Award:
    given_on = clock.today().date()
    award = Award.objects.create(
        cycle=category.cycle,
        category=category,
        application=application,
        organisation=application.organisation,
        name=entry["name"],
        tier=entry["tier"],
        title=titles.get(entry["tier"], entry["tier"]),
        given_on=given_on,
        valid_until=valid_until(category, given_on),
    )
    number = next_certificate_number(category)
    Certificate.objects.create(
        award=award,
        programme=category.cycle.programme,
        number=number,
        code=secrets.token_urlsafe(12),
        issued_at=clock.now(),
    )
    data = {"tier": award.tier, "certificate": number}
    audit.record(AWARDED, by=by, subject=award, scope=category.cycle, data=data)
    mail.queue(
        to=application.registration.contact_email,
        subject=_("获奖通知：%(title)s") % {"title": award.title},
        text=_("%(name)s荣获%(title)s，证书编号%(number)s，可登录系统下载证书与反馈报告。")
        % {"name": award.name, "title": award.title, "number": number},
        dedupe=f"award:{award.pk}",
        scope=subject_of(category.cycle),
    )
    return award


def valid_until(category: Category, given_on: date) -> date | None:
    """The last day of validity by the rules; None when the rules set no end in years."""
    recognition = rules_of(category.cycle.rules).recognition
    years = recognition.validity.years if recognition and recognition.validity else None
    if years is None:
        return None
    try:
        return given_on.replace(year=given_on.year + years) - timedelta(days=1)
    except ValueError:
        return given_on.replace(year=given_on.year + years, day=28)


@transaction.atomic
def revoke_award(*, by: Any, award: Award, reason: str) -> None:
    """The certificate stays and says from now on that it is revoked, when and why."""
    flow.move(award, "revoke", by=by, scope=award.cycle, reason=reason)
    award.revoked_on = clock.today().date()
    award.revocation_reason = reason.strip()
    award.save(update_fields=["revoked_on", "revocation_reason"])
    mail.queue(
        to=award.application.registration.contact_email,
        subject=_("奖项已撤销：%(title)s") % {"title": award.title},
        text=_("%(name)s的%(title)s已于%(day)s撤销，证书同时失效。理由：%(reason)s")
        % {"name": award.name, "title": award.title, "day": award.revoked_on, "reason": award.revocation_reason},
        dedupe=f"revoked:{award.pk}",
        scope=subject_of(award.cycle),
    )
