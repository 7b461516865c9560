"""Condition check (条件审查): each condition found met or not, itemised; then accepted, rejected or returned."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.models import Application, Return
from zhuoyue.domain.applications.queries import latest_return
from zhuoyue.domain.applications.rules import CHECK_CONDITIONS
from zhuoyue.domain.review.actions.stages import enter, go_on
from zhuoyue.domain.review.enums import Outcome
from zhuoyue.domain.review.models import ConditionCheck
from zhuoyue.domain.review.queries.conditions import Answers, conditions_of
from zhuoyue.domain.review.queries.stages import first_runs, runs_after
from zhuoyue.kernel import access, audit, clock, flow, mail
from zhuoyue.kernel.records import subject_of
from zhuoyue.packs.programmes import Finding

CHECKED = audit.verb("review.conditions_checked", gettext_lazy("条件审查"))


class OpenConditionsError(Exception):
    """Accepting while conditions are unmet or open; `findings` are those."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        named = _("、").join(finding.title.zh for finding in findings)
        super().__init__(_("还有条件不符合或没有查明，不能通过：%(named)s。") % {"named": named})
        self.findings = tuple(findings)


class DeadlineMissingError(Exception):
    """The rules give no term for a correction, so a person must."""

    def __init__(self) -> None:
        super().__init__(_("规则没有规定补正期限，请填写截止时间。"))


@transaction.atomic
def decide_check(
    *, by: Any, application: Application, answers: Answers, notes: Mapping[str, str], passed: bool, note: str
) -> ConditionCheck:
    """Judge every condition from what is known and what the officer found, then accept or reject.

    Accepting asks that the tree of conditions is met: OpenConditionsError otherwise. Rejecting asks for a reason.
    """
    conditions = conditions_of(application, answers)
    if passed and not conditions.is_met:
        raise OpenConditionsError(conditions.open_points)
    results = [
        {
            "key": row.leaf.id,
            "holds": {"met": True, "unmet": False, "needs_evidence": None}[row.finding.outcome],
            "note": notes.get(row.leaf.id, ""),
            "computed": not row.asked,
        }
        for row in conditions.rows
    ]
    return record_check(by=by, application=application, results=results, passed=passed, note=note)


@transaction.atomic
def record_check(
    *, by: Any, application: Application, results: Sequence[Mapping[str, Any]], passed: bool, note: str
) -> ConditionCheck:
    """Store the finding on every condition and accept or reject the application.

    `results`: [{"key", "holds": True | False, "note"}], one for each condition of the rules.
    """
    access.check(CHECK_CONDITIONS, by, application)
    check = ConditionCheck.objects.create(
        application=application, results=[dict(row) for row in results], passed=passed, note=note, by=by, at=clock.now()
    )
    flow.move(application, "accept" if passed else "reject", by=by, scope=application.cycle, reason=note)
    _enter_review(by, application, passed, note)
    audit.record(CHECKED, by=by, subject=application, scope=application.cycle, data={"passed": passed})
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("条件审查结果：%(number)s")) % {"number": application.number},
        text=_words(application, passed, note),
        dedupe=f"condition-check:{check.pk}",
        scope=subject_of(application.cycle),
    )
    return check


def _enter_review(by: Any, application: Application, passed: bool, note: str) -> None:  # noqa: FBT001 - the outcome
    """Into the stages that come first; those that check conditions are settled by what was found here."""
    for run in first_runs(application.category):
        if run.nature.checks:
            entry = enter(by=by, run=run, application=application)
            entry.outcome = Outcome.THROUGH if passed else Outcome.STOPPED
            entry.reason = note
            entry.save(update_fields=["outcome", "reason"])
            if passed:
                go_on(by=by, run=run, application=application, following=runs_after(run))
        elif passed:
            enter(by=by, run=run, application=application)


def _words(application: Application, passed: bool, note: str) -> str:  # noqa: FBT001 - the outcome itself
    if passed:
        return str(_("%(title)s的申报已通过条件审查，进入评审。")) % {"title": application.title}
    return str(_("%(title)s的申报未通过条件审查。理由：%(note)s")) % {"title": application.title, "note": note}


@transaction.atomic
def send_back(
    *,
    by: Any,
    application: Application,
    items: Sequence[Mapping[str, str]],
    until: datetime | None = None,
    article: str = "",
) -> Return:
    """Return the application for correction instead of deciding.

    The term follows from the rules; `until` is asked only where they give none. Raises ReturnRuleError,
    DeadlineMissingError, UnknownCalendarError.
    """
    access.check(CHECK_CONDITIONS, by, application)
    deadline = until or latest_return(application, clock.now())
    if deadline is None:
        raise DeadlineMissingError
    return applications.send_back(by=by, application=application, items=items, until=deadline, article=article)
