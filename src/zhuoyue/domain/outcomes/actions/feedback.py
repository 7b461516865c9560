"""Feedback reports: released to every applicant that was reviewed, and read."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.outcomes.enums import ListState
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.outcomes.feedback import content_for
from zhuoyue.domain.outcomes.models import FeedbackReport
from zhuoyue.domain.outcomes.rules import MANAGE, READ_FEEDBACK
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.review.queries.agreed import totals_of
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, mail
from zhuoyue.kernel.records import subject_of

FEEDBACK_RELEASED = audit.verb("outcomes.feedback_released", gettext_lazy("发放反馈报告"))
FEEDBACK_READ = audit.verb("outcomes.feedback_read", gettext_lazy("阅读反馈报告"))
REVIEWED = (ApplicationState.CONCLUDED, ApplicationState.IN_REVIEW)


@transaction.atomic
def release_feedback(*, by: Any, category: Category) -> int:
    """A report for every reviewed applicant that has none yet; how many were released.

    Not before the list is announced: a report says how high one stands.
    """
    access.check(MANAGE, by, category)
    if not category.result_lists.filter(state=ListState.ANNOUNCED).exists():
        raise OutcomeError(_("名单公布以后才能发放反馈报告。"))
    reviewed = list(
        Application.objects.filter(category=category, state__in=REVIEWED).select_related(
            "organisation", "category__edition", "category__cycle__rules", "cycle", "registration", "feedback"
        )
    )
    cohort = [value for value in totals_of(reviewed).values() if value is not None]
    waiting = [application for application in reviewed if not hasattr(application, "feedback")]
    for application in waiting:
        _release(by, application, content_for(application, cohort))
    return len(waiting)


def _release(by: Any, application: Application, content: dict[str, Any]) -> None:
    digest = hashlib.sha256(chain.canonical(content)).hexdigest()
    report = FeedbackReport.objects.create(
        application=application, content=content, digest=digest, released_at=clock.now()
    )
    audit.record(FEEDBACK_RELEASED, by=by, subject=report, scope=application.cycle, data={"digest": digest})
    mail.queue(
        to=application.registration.contact_email,
        subject=_("反馈报告已发放：%(number)s") % {"number": application.number},
        text=_("%(title)s的评审反馈报告已经发放，请登录系统查看和下载。") % {"title": application.title},
        dedupe=f"feedback:{report.pk}",
        scope=subject_of(application.cycle),
    )


@transaction.atomic
def note_feedback_read(*, by: Any, report: FeedbackReport) -> None:
    """The first time counts."""
    access.check(READ_FEEDBACK, by, report)
    if report.first_read_at is None:
        report.first_read_at = clock.now()
        report.save(update_fields=["first_read_at"])
        audit.record(FEEDBACK_READ, by=by, subject=report, scope=report.application.cycle)
