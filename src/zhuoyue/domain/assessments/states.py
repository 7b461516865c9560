from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.assessments.enums import AssessmentState as State
from zhuoyue.domain.assessments.enums import ImprovementState as Plan
from zhuoyue.domain.judging.enums import ScorebookState as Book
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

ASSESSMENT = flow.declare(
    Table(
        name="assessment",
        initial=State.OPEN,
        rows=(
            Transition("finish", (State.OPEN,), State.FINISHED, guard="assessments.finish"),
            Transition("reopen", (State.FINISHED,), State.OPEN, guard="assessments.reopen", needs_reason=True),
            Transition("supersede", (State.FINISHED,), State.SUPERSEDED, guard="assessments.own"),
            Transition("withdraw", (State.OPEN, State.FINISHED), State.WITHDRAWN, guard="assessments.withdraw"),
            Transition("restore", (State.WITHDRAWN,), State.OPEN, guard="assessments.restore"),
        ),
    ),
    {
        "finish": _("完成自评"),
        "reopen": _("重新打开自评"),
        "supersede": _("以新的自评代替"),
        "withdraw": _("撤回自评"),
        "restore": _("恢复自评"),
    },
)

# what may happen to the scorebook follows the assessment, whose moves have asked already
SELF_BOOK = flow.declare(
    Table(
        name="self_book",
        initial=Book.OPEN,
        rows=(
            Transition("submit", (Book.OPEN,), Book.SUBMITTED, guard="assessments.own"),
            Transition("reopen", (Book.SUBMITTED,), Book.OPEN, guard="assessments.own"),
        ),
    ),
    {"submit": _("锁定自评评分"), "reopen": _("打开自评评分")},
)

IMPROVEMENT = flow.declare(
    Table(
        name="improvement",
        initial=Plan.OPEN,
        rows=(
            Transition("complete", (Plan.OPEN,), Plan.DONE, guard="assessments.plan"),
            Transition("drop", (Plan.OPEN,), Plan.DROPPED, guard="assessments.plan", needs_reason=True),
            Transition("resume", (Plan.DONE, Plan.DROPPED), Plan.OPEN, guard="assessments.plan"),
        ),
    ),
    {"complete": _("完成改进"), "drop": _("不再进行改进"), "resume": _("继续改进")},
)
