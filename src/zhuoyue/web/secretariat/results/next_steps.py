"""From the jury to the roll: what comes next in a category, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes.enums import ListState
from zhuoyue.domain.outcomes.queries import CategoryOutcome
from zhuoyue.domain.outcomes.rules import ANNOUNCE, APPROVE, PUBLISH
from zhuoyue.domain.review.enums import MeetingState, StageState
from zhuoyue.kernel import access, clock, formats
from zhuoyue.web.secretariat.frame import words_of


@dataclass(frozen=True, slots=True)
class Next:
    """`why_not`: why the reader cannot take the step themself; `url` is empty where one can only wait."""

    state: str
    look: str
    verb: str = ""
    url: str = ""
    why_not: str = ""


def next_of(outcome: CategoryOutcome, person: Any) -> Next:
    if outcome.run.state == StageState.WAITING:
        return Next(_("审定还没有开始"), "draft")
    return _at_the_jury(outcome) if outcome.run.state == StageState.OPEN else _after_the_jury(outcome, person)


def _at_the_jury(outcome: CategoryOutcome) -> Next:
    run, meeting = outcome.run, outcome.meeting
    if meeting is None:
        return Next(_("等待安排会议"), "soon", _("安排会议"), reverse("secretariat:jury_meeting", args=[run.pk]))
    if meeting.state == MeetingState.PREPARED:
        return Next(_("会议已安排"), "open", _("开始投票"), reverse("secretariat:jury_open", args=[meeting.pk]))
    if meeting.state == MeetingState.VOTING:
        return Next(_("正在投票"), "open", _("结束投票并计票"), reverse("secretariat:jury_close", args=[meeting.pk]))
    if not outcome.decided:
        return Next(_("已计票，等待决定"), "soon", _("登记决定"), reverse("secretariat:jury_decide", args=[run.pk]))
    return Next(_("决定已登记"), "open", _("结束审定阶段"), reverse("secretariat:jury_end", args=[run.pk]))


def _after_the_jury(outcome: CategoryOutcome, person: Any) -> Next:
    result = outcome.result_list
    propose = reverse("secretariat:propose_list", args=[outcome.category.pk])
    if result is None:
        return Next(_("等待拟定名单"), "soon", _("拟定名单"), propose)
    if outcome.upheld and result.state != ListState.ANNOUNCED:
        return Next(_("有异议成立"), "back", _("更正名单"), propose)
    return _of_list(outcome, result, person)


def _of_list(outcome: CategoryOutcome, result: Any, person: Any) -> Next:
    if result.state == ListState.PROPOSED:
        return _guarded(_("名单已拟定"), _("发布公示"), "publish_list", PUBLISH, result, person)
    if outcome.open_objections and result.state != ListState.ANNOUNCED:
        url = f"{reverse('secretariat:category_results', args=[outcome.category.pk])}#h-objections"
        return Next(_("有异议待裁定"), "soon", _("处理异议"), url)
    if result.state == ListState.ON_NOTICE:
        return _on_notice(outcome, person)
    if result.state == ListState.APPROVED:
        return _guarded(_("名单已批准"), _("公布名单"), "announce_list", ANNOUNCE, result, person)
    return Next(_("名单已公布"), "done")


def _on_notice(outcome: CategoryOutcome, person: Any) -> Next:
    notice = outcome.notice
    if notice is not None and notice.state == "running" and clock.today().date() <= notice.ends_on:
        return Next(_("公示至%(day)s") % {"day": formats.long_date(notice.ends_on)}, "open")
    return _guarded(_("公示已结束"), _("登记批准"), "approve_list", APPROVE, outcome.result_list, person)


def _guarded(state: str, verb: str, name: str, permission: str, result: Any, person: Any) -> Next:
    refused = access.refusal(permission, person, result)
    why_not = "" if refused is None else str(refused.reason)
    return Next(state, "soon", verb, reverse(f"secretariat:{name}", args=[result.pk]), why_not)


def result_decisions(outcomes: Sequence[CategoryOutcome], person: Any) -> list[dict[str, Any]]:
    """For the first page: what each category waits for, from its jury on."""
    found = []
    for outcome in outcomes:
        step = next_of(outcome, person)
        if outcome.run.state == StageState.WAITING or step.look == "done":
            continue
        url = step.url or reverse("secretariat:category_results", args=[outcome.category.pk])
        title = _("%(category)s：%(state)s") % {"category": words_of(outcome.category), "state": step.state}
        note = step.why_not or step.verb or _("期满没有异议的，登记批准后公布。")
        found.append(
            {"at": None if step.verb else _last_instant(outcome.notice), "title": title, "url": url, "note": note}
        )
    return found


def _last_instant(notice: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(notice.ends_on, time.max)) if notice is not None else None
