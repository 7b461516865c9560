"""How many are left at each step, how many there were the year before, and how many the rules let through at most."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Overview, StageFacts
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.kinds import KINDS, Kind
from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.shared.charts import Step


def funnel(facts: Overview) -> list[Step]:
    before = facts.before
    steps = [
        Step(_("报名"), facts.registered, before=before.registered if before else None),
        Step(_("提交"), facts.sent, before=before.sent if before else None),
        Step(_("条件审查通过"), facts.accepted, before=before.accepted if before else None),
    ]
    for kind in KINDS.values():
        stages = [stage for stage in facts.stages if stage.run.nature is kind]
        if kind.in_funnel and stages:
            steps.append(_step(facts, kind, stages))
    juries = facts.that(lambda kind: kind.votes)
    if juries:
        steps.append(_awards(facts, juries))
    return steps


def _step(facts: Overview, kind: Kind, stages: Sequence[StageFacts]) -> Step:
    label = words_of(stages[0].run)
    entered, through = sum(one.entered for one in stages), sum(one.through for one in stages)
    earlier = facts.before
    if any(one.run.state == StageState.OPEN for one in stages):
        done = sum(max(one.judged, one.entered - one.pending) for one in stages)
        return Step(label, done, "now", of=entered, before=earlier.entered[kind.key] if earlier else None)
    if all(one.run.state == StageState.WAITING for one in stages):
        before = earlier.entered[kind.key] if earlier else None
        if entered:
            return Step(label, entered, "next", before=before)
        return _coming(label, _total([one.most_in for one in stages]), before)
    if kind.votes:
        return Step(label, entered, before=earlier.entered[kind.key] if earlier else None)
    return Step(label, through, before=earlier.through[kind.key] if earlier else None)


def _awards(facts: Overview, juries: Sequence[StageFacts]) -> Step:
    voting = {stage.run.kind for stage in juries}
    before = sum(facts.before.through[key] for key in voting) if facts.before else None
    if all(one.run.state == StageState.DECIDED for one in juries if one.entered) and any(
        one.run.state == StageState.DECIDED for one in juries
    ):
        return Step(_("拟授奖"), sum(one.through for one in juries), before=before)
    return _coming(_("拟授奖"), _total([one.most_through for one in juries]), before)


def _coming(label: str, most: int | None, before: int | None) -> Step:
    words = "—" if most is None else _("至多%(n)s") % {"n": most}
    return Step(label, most or 0, "next", before=before, words=words)


def _total(limits: Sequence[int | None]) -> int | None:
    known = [limit for limit in limits if limit is not None]
    return sum(known) if len(known) == len(limits) else None


def funnel_words(facts: Overview) -> str:
    lost = facts.registered - facts.sent
    if facts.registered and lost > 0:
        words = ngettext(
            "报名后尚未提交%(n)s份；空心为还没有开始的阶段。", "报名后尚未提交%(n)s份；空心为还没有开始的阶段。", lost
        )
        return words % {"n": lost}
    return ""


def funnel_aside(facts: Overview) -> str:
    if facts.before is None:
        return _("份数")
    return _("份数，括号内为%(year)s年度") % {"year": facts.before.label}
