"""Where a cycle may jam, in words, each with the page where it is mended. The most serious stand first."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Overview, QuotaUse
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import StageState
from zhuoyue.kernel import formats, working_days
from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.secretariat.overview.examiners import apart_risks, people_risks, slow_risks, team_risks
from zhuoyue.web.secretariat.overview.heading import day_words, days_late, days_words
from zhuoyue.web.secretariat.overview.risk import HIGH, LOW, MIDDLE, Risk, sentences

SOON = timedelta(days=7)
NEARLY = 10  # a place in ten left is nearly none


def risks_of(cycle: Cycle, facts: Overview, now: datetime) -> list[Risk]:
    """All of them; equally serious ones in the order in which they are looked for."""
    found = [
        *_letter_risks(cycle, facts),
        *people_risks(cycle, facts),
        *team_risks(facts),
        *_pace_risks(facts, now),
        *slow_risks(facts, now),
        *_quota_risks(cycle, facts),
        *_undated_risks(facts),
        *apart_risks(facts),
        *_holiday_risks(facts, now),
    ]
    return sorted(found, key=lambda risk: risk.rank)


def _letter_risks(cycle: Cycle, facts: Overview) -> Iterable[Risk]:
    if failed := facts.undelivered:
        title = ngettext("%(n)s封信没有发出", "%(n)s封信没有发出", failed) % {"n": failed}
        url = f"{reverse('secretariat:letters', kwargs={'slug': cycle.slug})}?state=failed"
        yield Risk(HIGH, title, _("收件人还不知道信里的事。"), url, _("查看并重发"))


# ---- time


def _pace_risks(facts: Overview, now: datetime) -> Iterable[Risk]:
    """The pace says that it will be late; without a pace, a week to go and more than half of the books to come."""
    for stage in facts.open_stages:
        due, left, late = stage.run.due_at, stage.books - stage.submitted, days_late(stage)
        if due is None or not stage.books:
            continue
        facts_of_it = {"days": days_words(now, due), "left": left, "all": stage.books}
        note = _("%(days)s，还有%(left)s份未交，共%(all)s份。") % facts_of_it
        if late is not None and late > 0 and stage.finishes is not None:
            day = day_words(stage.finishes, now)
            note = sentences(note, _("照目前进度%(day)s交齐。") % {"day": day})
            rank = HIGH if now + SOON > due else MIDDLE
        elif late is None and due - now <= SOON and left * 2 > stage.books:
            rank = MIDDLE
        else:
            continue
        url = reverse("secretariat:stage_progress", kwargs={"run_id": stage.run.pk})
        title = _("%(stage)s可能不能如期完成") % {"stage": words_of(stage.run)}
        yield Risk(rank, title, note, url, _("看进度"))


def _undated_risks(facts: Overview) -> Iterable[Risk]:
    for stage in facts.open_stages:
        if stage.run.due_at is None and stage.run.nature.wants_due:
            url = reverse("secretariat:stage_due", kwargs={"run_id": stage.run.pk})
            title = _("%(stage)s没有截止时间") % {"stage": words_of(stage.run)}
            yield Risk(MIDDLE, title, _("没有期限就看不出谁逾期。"), url, _("设定"))


def _holiday_risks(facts: Overview, now: datetime) -> Iterable[Risk]:
    """Dates still ahead that fall on a day off. Nothing is said of years whose holidays are not known."""
    today = timezone.localtime(now).date()
    for stage in facts.stages:
        due = stage.run.due_at
        day = timezone.localtime(due).date() if due is not None else today
        if due is None or day < today or stage.run.state == StageState.DECIDED or not working_days.is_known(day):
            continue
        if working_days.is_working_day(day):
            continue
        following = working_days.foresee(day, 1).day
        words = _("%(day)s（%(weekday)s）放假，下一个工作日是%(next)s。") % {
            "day": day_words(day, now),
            "weekday": formats.weekday(day),
            "next": day_words(following, now),
        }
        url = reverse("secretariat:stage_due", kwargs={"run_id": stage.run.pk})
        title = _("%(stage)s的截止日逢休息日") % {"stage": words_of(stage.run)}
        yield Risk(LOW, title, words, url, _("改期"))


# ---- places of recommending bodies


def _quota_risks(cycle: Cycle, facts: Overview) -> Iterable[Risk]:
    url = reverse("secretariat:bodies", kwargs={"slug": cycle.slug})
    for use in facts.quotas:
        if use.waiting > use.left:
            title = _("%(body)s的推荐名额不够") % {"body": use.body}
            yield Risk(MIDDLE, title, _quota_words(use), url, _("看名额"))
        elif use.used and use.left <= use.at_most // NEARLY:
            title = _("%(body)s的推荐名额将用完") % {"body": use.body}
            yield Risk(LOW, title, _quota_words(use), url, _("看名额"))


def _quota_words(use: QuotaUse) -> str:
    facts = {"category": words_of(use), "used": use.used, "all": use.at_most, "waiting": use.waiting}
    if use.waiting:
        return _("%(category)s：已用%(used)s个，共%(all)s个；另有%(waiting)s份等待意见。") % facts
    return _("%(category)s：已用%(used)s个，共%(all)s个。") % facts
