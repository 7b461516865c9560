"""Site visit: when, what is to be verified, and what was found. Changed scores go through `scoring.agree_item`."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.review.actions.scoring import shared_book_for, submit_book
from zhuoyue.domain.review.enums import IssueState, Step
from zhuoyue.domain.review.models import Entry, StageBook, Visit, VisitIssue
from zhuoyue.domain.review.queries.scores import team_book
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.rules import PLAN_VISIT, RECORD_VISIT, SUBMIT_SCOREBOOK
from zhuoyue.kernel import access, audit, flow, versions

PLANNED = audit.verb("review.visit_planned", gettext_lazy("安排现场验证"))
ISSUE_ADDED = audit.verb("review.visit_issue_added", gettext_lazy("列入现场核实问题"))
FINDING_KEPT = audit.verb("review.finding_kept", gettext_lazy("记录现场发现"))


class VisitRefusedError(Exception):
    """The plan does not hold; says why."""


@transaction.atomic
def plan_visit(*, by: Any, entry: Entry, starts_on: date, ends_on: date, agenda: str = "", expected: int = 0) -> Visit:
    """Set or change the days and the agenda. `expected`: version shown (0: nothing planned yet)."""
    access.check(PLAN_VISIT, by, entry)
    if ends_on < starts_on:
        raise VisitRefusedError(_("结束日期早于开始日期。"))
    most = settings_of(entry.run).visit_days
    if most is not None and (ends_on - starts_on).days >= most:
        raise VisitRefusedError(_("规则规定现场验证至多%(days)s天，请缩短日期。") % {"days": most})
    fields = {"starts_on": starts_on, "ends_on": ends_on, "agenda": agenda.strip()}
    visit, made = Visit.objects.get_or_create(run=entry.run, application=entry.application, defaults=fields)
    if not made:
        versions.save_edit(visit, expected=expected, fields=fields)
    facts = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    audit.record(PLANNED, by=by, subject=entry.application, scope=entry.run.category.cycle, data=facts)
    return visit


@transaction.atomic
def add_issue(*, by: Any, entry: Entry, question: str, node: Node | None = None) -> VisitIssue:
    access.check(RECORD_VISIT, by, entry)
    held = VisitIssue.objects.filter(run=entry.run, application=entry.application)
    last = held.aggregate(last=Max("position"))["last"]
    issue = VisitIssue.objects.create(
        run=entry.run, application=entry.application, node=node, position=(last or 0) + 1, question=question.strip()
    )
    audit.record(ISSUE_ADDED, by=by, subject=issue, scope=entry.run.category.cycle)
    return issue


@transaction.atomic
def keep_finding(*, by: Any, issue: VisitIssue, finding: str, expected: int) -> None:
    """Write what was found, and call the issue verified once there is a finding."""
    entry = Entry.objects.select_related(
        "run__category__cycle__programme__organiser", "run__category__cycle__rules"
    ).get(run=issue.run, application=issue.application)
    access.check(RECORD_VISIT, by, entry)
    versions.save_edit(issue, expected=expected, fields={"finding": finding.strip()})
    wanted = "verify" if finding.strip() else "reopen"
    if issue.FLOW.row(wanted).target != issue.state:
        flow.move(issue, wanted, by=by, scope=entry.run.category.cycle)
    audit.record(FINDING_KEPT, by=by, subject=issue, scope=entry.run.category.cycle)


def visit_book_for(*, entry: Entry) -> StageBook:
    """The scorebook after the visit."""
    return shared_book_for(entry.run, entry.application, Step.VISIT)


@transaction.atomic
def finish_visit(*, by: Any, entry: Entry) -> None:
    """Hand in the scores after the visit, once every issue has its finding."""
    book = team_book(entry, Step.VISIT)
    access.check(SUBMIT_SCOREBOOK, by, book)
    waiting = VisitIssue.objects.filter(run=entry.run, application=entry.application, state=IssueState.OPEN).count()
    if waiting:
        raise VisitRefusedError(_("还有%(count)s个问题没有写现场发现。") % {"count": waiting})
    submit_book(by=by, book=book)
