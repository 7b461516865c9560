"""Versions of who is to be awarded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.outcomes.enums import AwardState, NoticeState
from zhuoyue.domain.outcomes.errors import OutcomeError
from zhuoyue.domain.outcomes.models import Award, PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import current_list
from zhuoyue.domain.outcomes.rules import MANAGE
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.models import Decision
from zhuoyue.domain.review.queries.places import places_of
from zhuoyue.domain.review.queries.stages import deciding_run
from zhuoyue.kernel import access, audit, clock, flow
from zhuoyue.kernel.numbers import draw

LIST_PROPOSED = audit.verb("outcomes.list_proposed", gettext_lazy("拟定获奖名单"))


@transaction.atomic
def propose_list(*, by: Any, category: Category, change: str = "", leave_out: Sequence[str] = ()) -> ResultList:
    """The next version of the list, from the jury's decisions. A later version says what changed (`change`).

    `leave_out`: application ids struck off (an objection upheld). Whoever had the award revoked is not on it again.
    The list may be empty: awards may stay vacant. The notice of the version before ends with it.
    """
    access.check(MANAGE, by, category)
    run = deciding_run(category)
    if run is None or run.state != StageState.DECIDED:
        raise OutcomeError(_("审定阶段还没有结束，结束后才能拟定名单。"))
    Category.objects.select_for_update().get(pk=category.pk)
    earlier = current_list(category)
    if earlier is not None:
        _supersede(by, earlier, change)
    revoked = Award.objects.filter(category=category, state=AwardState.REVOKED).values_list("application_id", flat=True)
    struck = {*leave_out, *(str(key) for key in revoked)}
    decisions = (
        Decision.objects.filter(run=run)
        .exclude(tier="")
        .select_related("application__organisation")
        .order_by("application__organisation__name", "application__number")
    )
    entries = [
        {
            "application": str(decision.application_id),
            "organisation": str(decision.application.organisation_id),
            "name": decision.application.title,
            "tier": decision.tier,
        }
        for decision in decisions
        if str(decision.application_id) not in struck
    ]
    given = {UUID(entry["application"]): entry["tier"] for entry in entries}
    broken = next((place.fault for place in places_of(category, given) if place.fault), "")
    if broken:
        raise OutcomeError(broken)
    number = draw("result-list", scope=category)
    result_list = ResultList.objects.create(
        category=category, number=number, entries=entries, change=change, prepared_by=by, prepared_at=clock.now()
    )
    data = {"number": number, "entries": entries, "change": change}
    audit.record(LIST_PROPOSED, by=by, subject=result_list, scope=category.cycle, data=data)
    return result_list


def _supersede(by: Any, earlier: ResultList, change: str) -> None:
    cycle = earlier.category.cycle
    flow.move(earlier, "supersede", by=by, scope=cycle, reason=change)
    for notice in PublicNotice.objects.filter(result_list=earlier, state=NoticeState.RUNNING):
        flow.move(notice, "end", by=by, scope=cycle)
