"""From the jury's decisions to the roll: list, public notice, objections, approval, announcement."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.outcomes.enums import NoticeState
from zhuoyue.domain.outcomes.feedback import content_for, total_of
from zhuoyue.domain.outcomes.models import Award, Certificate, FeedbackReport, Objection, PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import current_list, notice_rules
from zhuoyue.domain.outcomes.rules import APPROVE, MANAGE, OBJECT, PUBLISH, READ_FEEDBACK
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import rules_of, tier_titles
from zhuoyue.domain.review.models import Decision
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, flow, mail
from zhuoyue.kernel.working_days import add_working_days
from zhuoyue.packs.programmes.schema.stages import PublicNotice as NoticeRules

LIST_PROPOSED = audit.verb("outcomes.list_proposed", _("拟定获奖名单"))
NOTICE_MADE = audit.verb("outcomes.notice_made", _("起草公示"))
OBJECTED = audit.verb("outcomes.objected", _("提出异议"))
AWARDED = audit.verb("outcomes.awarded", _("授予奖项"))
FEEDBACK_RELEASED = audit.verb("outcomes.feedback_released", _("发放反馈报告"))
FEEDBACK_READ = audit.verb("outcomes.feedback_read", _("阅读反馈报告"))


class NothingDecidedError(Exception):
    """A list before the jury has decided."""


@transaction.atomic
def propose_list(*, by: Any, category: Category, change: str = "", leave_out: Sequence[str] = ()) -> ResultList:
    """The next version of the list, from the jury's decisions. A later version says what changed (`change`).

    `leave_out`: application ids struck off (an objection upheld). The list may be empty: awards may stay vacant.
    """
    access.check(MANAGE, by, category)
    decisions = Decision.objects.filter(application__category=category).select_related("application__organisation")
    if not decisions.exists():
        raise NothingDecidedError
    earlier = current_list(category)
    if earlier is not None:
        flow.move(earlier, "supersede", by=by, scope=category.cycle, reason=change)
    entries = [
        {
            "application": str(decision.application_id),
            "organisation": str(decision.application.organisation_id),
            "name": decision.application.title,
            "tier": decision.tier,
        }
        for decision in decisions.order_by("application__organisation__name")
        if decision.tier and str(decision.application_id) not in leave_out
    ]
    number = (category.result_lists.aggregate(last=Max("number"))["last"] or 0) + 1
    result_list = ResultList.objects.create(
        category=category, number=number, entries=entries, change=change, prepared_by=by, prepared_at=clock.now()
    )
    audit.record(
        LIST_PROPOSED, by=by, subject=result_list, scope=category.cycle, data={"number": number, "entries": entries}
    )
    return result_list


def notice_days(rules: NoticeRules | None, published_on: date) -> tuple[date, date]:
    """First and last day of a public notice by its rule; without a stated number of days, the day itself."""
    starts = published_on if rules is None or rules.starts == "on_publication" else published_on + timedelta(days=1)
    days = rules.days if rules is not None and rules.days else 1
    if rules is not None and rules.unit == "working_days":
        return starts, add_working_days(starts - timedelta(days=1), days)
    return starts, starts + timedelta(days=days - 1)


@transaction.atomic
def publish_notice(*, by: Any, result_list: ResultList, title: str, text: str) -> PublicNotice:
    """Put the list before the public. A second person does it."""
    access.check(PUBLISH, by, result_list)
    moment = clock.now()
    rules = notice_rules(result_list.category)
    starts, ends = notice_days(rules, clock.today().date())
    objections = rules.objections if rules is not None else None
    notice = PublicNotice.objects.create(
        result_list=result_list,
        title=title,
        text=text,
        starts_on=starts,
        ends_on=ends,
        rule={
            "days": rules.days if rules is not None else None,
            "unit": rules.unit if rules is not None else "days",
            "objections": objections.allowed if objections is not None else True,
            "real_name": objections.real_name_required if objections is not None else True,
        },
    )
    cycle = result_list.category.cycle
    audit.record(NOTICE_MADE, by=by, subject=notice, scope=cycle, data={"starts": starts, "ends": ends})
    flow.move(result_list, "put_on_notice", by=by, at=moment, scope=cycle)
    flow.move(notice, "publish", by=by, at=moment, scope=cycle)
    return notice


@transaction.atomic
def end_due_notices(*, on: date, by: Any = None) -> int:
    """End every notice whose last day is over."""
    due = PublicNotice.objects.filter(state=NoticeState.RUNNING, ends_on__lt=on).select_related(
        "result_list__category__cycle"
    )
    for notice in due:
        flow.move(notice, "end", by=by, scope=notice.result_list.category.cycle)
    return len(due)


@transaction.atomic
def make_objection(*, by: Any, notice: PublicNotice, **fields: str) -> Objection:
    """Anyone may object under their real name while the notice runs. They follow it by its number."""
    access.check(OBJECT, by, notice)
    number = f"YY-{secrets.token_hex(4).upper()}"
    objection = Objection.objects.create(notice=notice, number=number, at=clock.now(), **fields)
    audit.record(OBJECTED, by=by, subject=objection, scope=notice.result_list.category.cycle)
    return objection


@transaction.atomic
def rule_objection(*, by: Any, objection: Objection, upheld: bool, ruling: str) -> None:
    scope = objection.notice.result_list.category.cycle
    flow.move(objection, "uphold" if upheld else "dismiss", by=by, scope=scope, reason=ruling)
    objection.ruling = ruling
    objection.ruled_at = clock.now()
    objection.save(update_fields=["ruling", "ruled_at"])


@transaction.atomic
def approve(*, by: Any, result_list: ResultList, approval_number: str) -> None:
    """The list is approved, after the notice has run and every objection is ruled on."""
    end_due_notices(on=clock.today().date(), by=None)
    access.check(APPROVE, by, result_list)
    flow.move(result_list, "approve", by=by, scope=result_list.category.cycle, data={"number": approval_number})
    result_list.approval_number = approval_number
    result_list.save(update_fields=["approval_number"])


@transaction.atomic
def announce(*, by: Any, result_list: ResultList) -> list[Award]:
    """Publish the final list: awards, certificates, and a feedback report for every applicant that was reviewed."""
    moment = clock.now()
    category = result_list.category
    flow.move(result_list, "announce", by=by, at=moment, scope=category.cycle)
    result_list.announced_at = moment
    result_list.save(update_fields=["announced_at"])
    titles = tier_titles(category)
    applications = Application.objects.in_bulk([entry["application"] for entry in result_list.entries])
    awards = []
    for serial, entry in enumerate(result_list.entries, 1):
        application = next(found for key, found in applications.items() if str(key) == entry["application"])
        awards.append(_give(by, result_list, application, entry, titles, serial))
    release_feedback(by=by, category=category)
    return awards


def _give(
    by: Any,
    result_list: ResultList,
    application: Application,
    entry: Mapping[str, str],
    titles: Mapping[str, str],
    serial: int,
) -> Award:
    cycle = result_list.category.cycle
    given_on = clock.today().date()
    award = Award.objects.create(
        cycle=cycle,
        category=result_list.category,
        application=application,
        organisation=application.organisation,
        name=entry["name"],
        tier=entry["tier"],
        title=titles.get(entry["tier"], entry["tier"]),
        given_on=given_on,
        valid_until=valid_until(result_list.category, given_on),
    )
    recognition = rules_of(cycle.rules).recognition
    pattern = recognition.certificate.number_format if recognition and recognition.certificate else "{year}-{serial}"
    number = pattern.format(year=cycle.label, category=result_list.category.key.upper()[:3], serial=f"{serial:04d}")
    Certificate.objects.create(award=award, number=number, code=secrets.token_urlsafe(12), issued_at=clock.now())
    audit.record(AWARDED, by=by, subject=award, scope=cycle, data={"tier": award.tier, "certificate": number})
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("获奖通知：%(title)s")) % {"title": award.title},
        text=str(_("%(name)s荣获%(title)s，证书编号%(number)s，可登录系统下载证书与反馈报告。"))
        % {"name": award.name, "title": award.title, "number": number},
        dedupe=f"award:{award.pk}",
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
def release_feedback(*, by: Any, category: Category) -> int:
    """A report for every reviewed applicant that has none yet; how many were released."""
    access.check(MANAGE, by, category)
    reviewed = Application.objects.filter(
        category=category, state__in=(ApplicationState.CONCLUDED, ApplicationState.IN_REVIEW), feedback=None
    ).select_related("organisation", "category__edition", "category__cycle__rules", "cycle", "registration")
    totals = {application.pk: total_of(application).value for application in reviewed}
    cohort = [value for value in totals.values() if value is not None]
    for application in reviewed:
        content = content_for(application, cohort)
        digest = hashlib.sha256(chain.canonical(content)).hexdigest()
        report = FeedbackReport.objects.create(
            application=application, content=content, digest=digest, released_at=clock.now()
        )
        audit.record(FEEDBACK_RELEASED, by=by, subject=report, scope=category.cycle, data={"digest": digest})
        mail.queue(
            to=application.registration.contact_email,
            subject=str(_("反馈报告已发放：%(number)s")) % {"number": application.number},
            text=str(_("%(title)s的评审反馈报告已经发放，请登录系统查看和下载。")) % {"title": application.title},
            dedupe=f"feedback:{report.pk}",
        )
    return len(totals)


@transaction.atomic
def note_feedback_read(*, by: Any, report: FeedbackReport) -> None:
    access.check(READ_FEEDBACK, by, report)
    if report.first_read_at is None:
        report.first_read_at = clock.now()
        report.save(update_fields=["first_read_at"])
        audit.record(FEEDBACK_READ, by=by, subject=report, scope=report.application.cycle)


@transaction.atomic
def revoke_award(*, by: Any, award: Award, reason: str) -> None:
    flow.move(award, "revoke", by=by, scope=award.cycle, reason=reason)
