"""The week's report: what the page says, as a workbook to hand round."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.office.queries.overview import Due
from zhuoyue.kernel.exports import Column, Sheet
from zhuoyue.kernel.exports.tables import Cell
from zhuoyue.web.secretariat.overview import dues
from zhuoyue.web.secretariat.overview.risk import Risk
from zhuoyue.web.shared.charts import Phase, Step


def sheets_of(
    lead: Sequence[str],
    phases: Sequence[Phase],
    asked: Sequence[Due],
    steps: Sequence[Step],
    risks: Sequence[Risk],
    now: Any,
) -> list[Sheet]:
    """All that is due, every step and every risk, not only those that the page has room for."""
    return [
        Sheet(
            _("进度"),
            [Column(_("阶段"), 28), Column(_("起止"), 36), Column(_("状态"), 60)],
            _phases(lead, phases, now),
        ),
        Sheet(
            _("期限"),
            [
                Column(_("事项"), 36),
                Column(_("说明"), 36),
                Column(_("责任人"), 24),
                Column(_("角色"), 14),
                Column(_("应办时间"), 20),
                Column(_("逾期"), 8),
            ],
            _dues(asked, now),
        ),
        Sheet(
            _("申报走到哪一步"),
            [Column(_("步骤"), 24), Column(_("份数"), 10), Column(_("共"), 10), Column(_("上一年度"), 12)],
            _steps(steps),
        ),
        Sheet(
            _("风险"),
            [Column(_("程度"), 8), Column(_("风险"), 48), Column(_("说明"), 80), Column(_("办理"), 18)],
            ([risk.level, risk.title, risk.note, risk.action] for risk in risks),
        ),
    ]


def _phases(lead: Sequence[str], phases: Sequence[Phase], now: Any) -> Iterator[list[Cell]]:
    today = now.date()
    for words in lead:
        yield [_("现在"), "", words]
    states = {"past": _("已结束"), "now": _("进行中"), "next": _("未开始")}
    for phase in phases:
        words = "" if phase.undated else phase.words
        yield [phase.label, phase.dates(today), _("，").join(filter(None, (states[phase.state(today)], words)))]


def _dues(asked: Sequence[Due], now: Any) -> Iterator[list[Cell]]:
    for due in asked:
        late = _("逾期") if due.due_at < now else ""
        yield [dues.matter(due), dues.note(due), due.who, dues.role(due), due.due_at, late]


def _steps(steps: Sequence[Step]) -> Iterator[list[Cell]]:
    for step in steps:
        yield [step.label, step.words or step.count, step.of, step.before]
