"""Where examiners are too few, of another trade, too slow, or far from their team."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Overview, StageFacts
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import StageState
from zhuoyue.kernel import formats
from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.secretariat.overview.heading import day_words
from zhuoyue.web.secretariat.overview.risk import HIGH, MIDDLE, Risk, sentences
from zhuoyue.web.secretariat.overview.sections import section_name

NAMED = 3


def _under_review(facts: Overview) -> list[StageFacts]:
    return [one for one in facts.that(lambda kind: kind.own_books) if one.run.state != StageState.DECIDED]


def people_risks(cycle: Cycle, facts: Overview) -> Iterable[Risk]:
    needed = sum(one.needed for one in _under_review(facts))
    if needed > facts.capacity:
        note = _("需要%(needed)s人次，已接受邀请的%(n)s人至多承担%(capacity)s份。")
        values = {"needed": needed, "n": facts.serving, "capacity": facts.capacity}
        url = reverse("secretariat:invite", kwargs={"slug": cycle.slug})
        yield Risk(HIGH, _("评审员人手不够"), note % values, url, _("邀请专家"))


def team_risks(facts: Overview) -> Iterable[Risk]:
    for stage in _under_review(facts):
        url = reverse("secretariat:assignments", kwargs={"run_id": stage.run.pk})
        name = {"stage": words_of(stage.run), "team": stage.team, "n": stage.spare}
        if stage.short:
            title = ngettext("%(n)s份申报评审员不足", "%(n)s份申报评审员不足", stage.short) % {"n": stage.short}
            note = _("%(stage)s：规则要求每份至少%(team)s人，还有%(n)s人可以再承担。") % name
            yield Risk(HIGH, title, note, url, _("去分配"))
        if stage.unled:
            title = ngettext("%(n)s个评审组未定组长", "%(n)s个评审组未定组长", stage.unled) % {"n": stage.unled}
            yield Risk(MIDDLE, title, _("%(stage)s：没有组长就不能会审。") % name, url, _("去指定"))
        for lack in stage.unversed:
            count = len(lack.numbers)
            words = ngettext(
                "%(n)s份%(section)s申报的评审组没有同业评审员",
                "%(n)s份%(section)s申报的评审组没有同业评审员",
                count,
            )
            title = words % {"n": count, "section": section_name(lack.section)}
            free = ngettext("可从%(n)s人中选。", "可从%(n)s人中选。", lack.available) % {"n": lack.available}
            way_out = free if lack.available else _("专家中没有可选的人，请另邀。")
            note = sentences(f"{_listed(lack.numbers)}{_('。')}", way_out)
            yield Risk(MIDDLE, title, note, url, _("从专家库补派"))


def slow_risks(facts: Overview, now: datetime) -> Iterable[Risk]:
    for stage in facts.open_stages:
        if not stage.slow:
            continue
        count = len(stage.slow)
        told = [
            _("%(name)s预计%(day)s") % {"name": one.name, "day": day_words(one.until, now)}
            if one.until is not None
            else _("%(name)s还没有动笔") % {"name": one.name}
            for one in stage.slow
        ]
        left = sum(one.left for one in stage.slow)
        words = ngettext("%(n)s名评审员照目前进度评不完", "%(n)s名评审员照目前进度评不完", count)
        note = _("%(names)s；手上共有%(left)s份未交。") % {"names": _listed(told), "left": left}
        url = reverse("secretariat:stage_progress", kwargs={"run_id": stage.run.pk})
        rank = HIGH if left * 3 >= stage.books else MIDDLE
        yield Risk(rank, words % {"n": count}, note, url, _("看进度"))


def apart_risks(facts: Overview) -> Iterable[Risk]:
    for stage in facts.stages:
        if not stage.apart:
            continue
        count = len(stage.apart)
        told = [
            _("%(name)s%(gap)s（%(n)s份）") % {"name": one.name, "gap": _signed(one.difference), "n": one.applications}
            for one in stage.apart
        ]
        words = ngettext("%(n)s名评审员尺度偏离", "%(n)s名评审员尺度偏离", count)
        note = _("逐条与同组平均差%(names)s。") % {"names": _listed(told)}
        url = reverse("secretariat:calibration", kwargs={"run_id": stage.run.pk})
        yield Risk(MIDDLE, words % {"n": count}, note, url, _("看校准结果"))


def _signed(value: Decimal) -> str:
    words = formats.number(abs(value).quantize(Decimal(1)))
    return f"{'+' if value > 0 else '−'}{words}"


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    shown = _("、").join(found[:NAMED])
    return _("%(names)s等") % {"names": shown} if len(found) > NAMED else shown
