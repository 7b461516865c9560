"""Where a cycle may jam, in words, each with the page where it is mended."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import StageKind, StageState
from zhuoyue.domain.review.queries.overview import Overview, StageFacts
from zhuoyue.web.secretariat.frame import words_of

SOON = timedelta(days=7)


def days_words(now: datetime, until: datetime) -> str:
    """How long there is to go, in the words of the heading."""
    left = (timezone.localtime(until).date() - timezone.localtime(now).date()).days
    if left < 0:
        return ngettext("已逾期%(n)s天", "已逾期%(n)s天", -left) % {"n": -left}
    if left == 0:
        return _("今天截止")
    return ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}


def risks_of(cycle: Cycle, facts: Overview, now: datetime) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    if failed := facts.undelivered:
        title = ngettext("%(n)s封信没有发出", "%(n)s封信没有发出", failed) % {"n": failed}
        url = f"{reverse('secretariat:letters', kwargs={'slug': cycle.slug})}?state=failed"
        found.append(_risk("late", title, _("收件人还不知道信里的事。"), url, _("查看并重发")))
    for stage in facts.of_kind(StageKind.DOCUMENT_REVIEW):
        if stage.run.state != StageState.DECIDED:
            found += _team_risks(stage)
    review = [one for one in facts.of_kind(StageKind.DOCUMENT_REVIEW) if one.run.state != StageState.DECIDED]
    needed = sum(one.needed for one in review)
    if needed > facts.capacity:
        note = _("需要%(needed)s人次，已接受邀请的%(n)s人至多承担%(capacity)s份。")
        values = {"needed": needed, "n": facts.serving, "capacity": facts.capacity}
        url = reverse("secretariat:invite", kwargs={"slug": cycle.slug})
        found.append(_risk("late", _("评审员人手不够"), note % values, url, _("邀请专家")))
    for stage in facts.open_stages:
        if stage.run.due_at is None and stage.run.kind in (StageKind.DOCUMENT_REVIEW, StageKind.CONSENSUS):
            url = reverse("secretariat:stage_due", kwargs={"run_id": stage.run.pk})
            title = _("%(stage)s没有截止时间") % {"stage": words_of(stage.run)}
            found.append(_risk("soon", title, _("没有期限就看不出谁逾期。"), url, _("设定")))
    found += _pace_risks(facts, now)
    return found


def _risk(state: str, title: str, note: str, url: str, action: str) -> dict[str, str]:
    level = _("高") if state == "late" else _("中")
    return {"state": state, "level": level, "title": title, "note": note, "url": url, "action": action}


def _team_risks(stage: StageFacts) -> list[dict[str, str]]:
    url = reverse("secretariat:assignments", kwargs={"run_id": stage.run.pk})
    found = []
    if stage.short:
        title = ngettext("%(n)s份申报评审员不足", "%(n)s份申报评审员不足", stage.short) % {"n": stage.short}
        found.append(_risk("late", title, words_of(stage.run), url, _("去分配")))
    if stage.unled:
        title = ngettext("%(n)s个评审组未定组长", "%(n)s个评审组未定组长", stage.unled) % {"n": stage.unled}
        found.append(_risk("soon", title, words_of(stage.run), url, _("去指定")))
    return found


def _pace_risks(facts: Overview, now: datetime) -> list[dict[str, str]]:
    """Less than a third of the time and more than half of the scorebooks to go."""
    found = []
    for stage in facts.open_stages:
        due, left = stage.run.due_at, stage.books - stage.submitted
        if due is None or not stage.books or due - now > SOON or left * 2 <= stage.books:
            continue
        url = reverse("secretariat:stage_progress", kwargs={"run_id": stage.run.pk})
        note = _("%(days)s，还有%(left)s份未交，共%(all)s份。") % {
            "days": days_words(now, due),
            "left": left,
            "all": stage.books,
        }
        title = _("%(stage)s可能不能如期完成") % {"stage": words_of(stage.run)}
        found.append(_risk("soon", title, note, url, _("看进度")))
    return found
