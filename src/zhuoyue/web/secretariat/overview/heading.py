"""What runs, how long it has to go, and when it will be done at the pace so far."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Overview, StageFacts
from zhuoyue.domain.programmes.enums import CycleState
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.kernel import formats
from zhuoyue.web.secretariat.frame import words_of


def days_words(now: datetime, until: datetime) -> str:
    """How long there is to go, in the words of the heading."""
    left = (timezone.localtime(until).date() - timezone.localtime(now).date()).days
    if left < 0:
        return ngettext("已逾期%(n)s天", "已逾期%(n)s天", -left) % {"n": -left}
    if left == 0:
        return _("今天截止")
    return ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}


def day_words(day: date, now: datetime) -> str:
    """This year goes without saying."""
    year = timezone.localtime(now).year
    return formats.long_date(day).removeprefix(f"{year}年").removesuffix(f" {year}")


def heading(cycle: Cycle, facts: Overview, now: datetime) -> str:
    if cycle.state == CycleState.DRAFT:
        return _("年度尚未启动")
    if cycle.state == CycleState.CLOSED:
        return _("年度已结束")
    for stage in facts.open_stages:
        return _running(words_of(stage.run), stage.run.due_at, now)
    running = [phase for phase in facts.phases if phase.starts_at and phase.starts_at <= now]
    current = [phase for phase in running if phase.ends_at and phase.ends_at > now]
    if current:
        nearest = min(current, key=lambda phase: phase.ends_at or now)
        assert nearest.ends_at is not None  # noqa: S101 - only phases with an end are current
        return _running(words_of(nearest), nearest.ends_at - timedelta(seconds=1), now)
    coming = [phase for phase in facts.phases if phase.starts_at and phase.starts_at > now]
    if coming:
        following = coming[0]
        assert following.starts_at is not None  # noqa: S101 - only phases with a beginning are coming
        day = formats.long_date(timezone.localtime(following.starts_at))
        return _("%(phase)s将于%(day)s开始") % {"phase": words_of(following), "day": day}
    open_ended = [phase for phase in running if phase.ends_at is None]
    return _running(words_of(open_ended[-1]), None, now) if open_ended else _("没有正在进行的阶段")


def _running(title: str, until: datetime | None, now: datetime) -> str:
    if until is None:
        return _("%(title)s进行中") % {"title": title}
    return _("%(title)s进行中，%(days)s") % {"title": title, "days": days_words(now, until)}


def days_late(stage: StageFacts) -> int | None:
    """By how many days the forecast lies after the date set (negative: before); None without one of the two."""
    if stage.finishes is None or stage.run.due_at is None:
        return None
    return (stage.finishes - timezone.localtime(stage.run.due_at).date()).days


def forecast(facts: Overview, now: datetime) -> str:
    """Of the stage that will be latest; empty while the pace carries no forecast."""
    told = [(late, stage) for stage in facts.open_stages if (late := days_late(stage)) is not None]
    if not told:
        return ""
    late, stage = max(told, key=lambda pair: pair[0])
    assert stage.finishes is not None  # noqa: S101 - `days_late` has looked
    names = {"stage": words_of(stage.run), "day": day_words(stage.finishes, now), "n": abs(late)}
    if late > 0:
        words = ngettext(
            "照目前进度，%(stage)s将在%(day)s完成，比计划晚%(n)s天。",
            "照目前进度，%(stage)s将在%(day)s完成，比计划晚%(n)s天。",
            late,
        )
    elif late < 0:
        words = ngettext(
            "照目前进度，%(stage)s将在%(day)s完成，比计划早%(n)s天。",
            "照目前进度，%(stage)s将在%(day)s完成，比计划早%(n)s天。",
            -late,
        )
    else:
        words = _("照目前进度，%(stage)s将在%(day)s如期完成。")
    return words % names
