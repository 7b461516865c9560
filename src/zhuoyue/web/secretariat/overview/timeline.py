"""The phases of a year over its months, and inside the review the stages of the categories that are in it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.office.queries.overview import Overview, StageFacts
from zhuoyue.domain.outcomes.queries import CategoryOutcome
from zhuoyue.domain.programmes.models import Phase
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.kinds import kind_of
from zhuoyue.domain.review.queries.stages import is_entrance
from zhuoyue.kernel import clock
from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.secretariat.overview.heading import day_words, days_words
from zhuoyue.web.shared import charts

MOST_LETTERS = 6  # of a name beside its bar
AFTERWARDS = timedelta(days=30)  # where a review has no end, its undated stages are drawn over so long


def timeline(facts: Overview, outcomes: Sequence[CategoryOutcome]) -> list[charts.Phase]:
    """Undated phases are left out; the stages stand below the first phase that opens the review."""
    frame = next((phase for phase in facts.phases if "review" in phase.opens), None)
    found = []
    for phase in facts.phases:
        inside = _stages(facts, outcomes, phase) if phase is frame else []
        if phase.starts_at is not None:
            opens = timezone.localtime(phase.starts_at).date()
            label = words_of(phase).removesuffix("阶段")
            found.append(charts.Phase(label, opens, _last_day(phase), frame=bool(inside)))
        found += inside
    return found


def _last_day(phase: Phase) -> date | None:
    return timezone.localtime(phase.ends_at - timedelta(seconds=1)).date() if phase.ends_at else None


def _stages(facts: Overview, outcomes: Sequence[CategoryOutcome], phase: Phase) -> list[charts.Phase]:
    """Stages of the same name in several categories share a row. Nothing is drawn before a review has begun."""
    begun = {one.run.category_id for one in facts.stages if one.run.state != StageState.WAITING}
    rows: dict[tuple[str, str], list[StageFacts]] = {}
    for one in facts.stages:
        if one.run.category_id in begun:
            rows.setdefault((one.run.kind, one.run.title), []).append(one)
    if not rows:
        return []
    days = [one.opened for group in rows.values() for one in group if one.opened]
    begins = timezone.localtime(phase.starts_at).date() if phase.starts_at else min(days, default=clock.today().date())
    end = _last_day(phase) or begins + AFTERWARDS
    found: list[charts.Phase] = []
    for group in rows.values():
        found.append(_row(facts, group, begins, end))
        begins = _known_end(group) or begins
    return [*found, *_notice(facts, outcomes, begins, end)]


def _known_end(group: Sequence[StageFacts]) -> date | None:
    """The last day that is known of stages: decided, or set, or today while they run without a date."""
    dues = [timezone.localtime(one.run.due_at).date() for one in group if one.run.due_at]
    if all(one.run.state == StageState.DECIDED for one in group):
        return max((one.decided for one in group if one.decided), default=None)
    running = any(one.run.state != StageState.WAITING for one in group)
    return max([*dues, *([clock.today().date()] if running else [])], default=None)


def _row(facts: Overview, group: Sequence[StageFacts], after: date, end: date) -> charts.Phase:
    """`after`: the last day known of the stages before it, where one that is planned may begin."""
    label, today = _label(group[0]), clock.today().date()
    opened = min((one.opened for one in group if one.opened), default=after)
    dues = [timezone.localtime(one.run.due_at).date() for one in group if one.run.due_at]
    if all(one.run.state == StageState.DECIDED for one in group):
        decided = max((one.decided for one in group if one.decided), default=opened)
        return charts.Phase(label, opened, max(opened, decided), look="past")
    if any(one.run.state != StageState.WAITING for one in group):
        closes = max([today, opened, *(dues or [end])])
        return charts.Phase(label, opened, closes, _progress(facts, group), look="now")
    if dues:
        last = max(dues)
        return charts.Phase(label, min(after, last), last, _("计划%(day)s前") % {"day": _day(last)}, look="next")
    return charts.Phase(label, after, max(end, after + timedelta(days=1)), _("未定日期"), look="next", undated=True)


def _day(day: date) -> str:
    return day_words(day, clock.now())


def _label(stage: StageFacts) -> str:
    title = words_of(stage.run)
    return title if len(title) <= MOST_LETTERS else str(stage.run.nature.label)


def _progress(facts: Overview, group: Sequence[StageFacts]) -> str:
    running = [one for one in group if one.run.state == StageState.OPEN]
    books, entered = sum(one.books for one in running), sum(one.entered for one in running)
    if running and is_entrance(running[0].run):
        words = _("待查%(n)s份") % {"n": facts.to_check}
    elif books:
        words = _("已评%(done)s／%(all)s份") % {"done": sum(one.submitted for one in running), "all": books}
    elif entered:
        done = entered - sum(one.pending for one in running)
        words = _("已定%(done)s／%(all)s份") % {"done": done, "all": entered}
    else:
        words = _("进行中")
    dues = [one.run.due_at for one in running if one.run.due_at]
    if not dues:
        return words
    due, now = max(dues), clock.now()
    if timezone.localtime(due).date() < timezone.localtime(now).date():
        return _("%(words)s，%(days)s") % {"words": words, "days": days_words(now, due)}
    return _("%(words)s，截止%(day)s") % {"words": words, "day": _day(timezone.localtime(due).date())}


def _notice(facts: Overview, outcomes: Sequence[CategoryOutcome], after: date, end: date) -> list[charts.Phase]:
    """The public notices that were held; where the rules ask for one, the place where it may come."""
    held = [one.notice for one in outcomes if one.notice is not None]
    if held:
        return [charts.Phase(_("公示"), min(one.starts_on for one in held), max(one.ends_on for one in held))]
    running = [one.run.category for one in facts.stages if one.run.state != StageState.WAITING]
    if any(kind_of(stage).publishes for category in running for stage in stage_rules(category)):
        last = max(end, after + timedelta(days=1))
        return [charts.Phase(_("公示"), after, last, _("未定日期"), look="next", undated=True)]
    return []
