"""Lists before the public."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.outcomes.enums import ListState, NoticeState
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.outcomes.models import PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import notice_rules
from zhuoyue.domain.outcomes.rules import PUBLISH
from zhuoyue.kernel import access, audit, clock, flow
from zhuoyue.kernel.working_days import add_working_days
from zhuoyue.packs.programmes.schema.stages import PublicNotice as NoticeRules

NOTICE_MADE = audit.verb("outcomes.notice_made", gettext_lazy("起草公示"))
ONE_DAY = timedelta(days=1)


def notice_days(rules: NoticeRules | None, published_on: date) -> tuple[date, date]:
    """First and last day of a public notice by its rule; without a stated number of days, the day itself.

    Where working days are counted, the first day is one. Raises UnknownCalendarError.
    """
    starts = published_on if rules is None or rules.starts == "on_publication" else published_on + ONE_DAY
    days = rules.days if rules is not None and rules.days else 1
    if rules is not None and rules.unit == "working_days":
        return add_working_days(starts - ONE_DAY, 1), add_working_days(starts - ONE_DAY, days)
    return starts, starts + (days - 1) * ONE_DAY


def _is_free(result_list: ResultList) -> None:
    """A list goes on notice once; a page that was open twice gets words, not a fault of the database."""
    result_list.state = ResultList.objects.select_for_update().values_list("state", flat=True).get(pk=result_list.pk)
    if result_list.state != ListState.PROPOSED:
        raise OutcomeError(_("这份名单已经公示过，或已被更正，请刷新页面查看最新状态。"))


@transaction.atomic
def publish_notice(*, by: Any, result_list: ResultList, title: str, text: str) -> PublicNotice:
    """Put the list before the public. A second person does it. Raises UnknownCalendarError."""
    access.check(PUBLISH, by, result_list)
    _is_free(result_list)
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
    """End every notice whose last day is before `on`. Several workers may do so at once."""
    due = list(
        PublicNotice.objects.select_for_update(of=("self",))
        .filter(state=NoticeState.RUNNING, ends_on__lt=on)
        .select_related("result_list__category__cycle")
    )
    for notice in due:
        flow.move(notice, "end", by=by, scope=notice.result_list.category.cycle)
    return len(due)
