from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.programmes.enums import CycleState, NoticeState
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

CYCLE = flow.declare(
    Table(
        name="cycle",
        initial=CycleState.DRAFT,
        rows=(
            Transition("open", (CycleState.DRAFT,), CycleState.OPEN, guard="programmes.manage_cycle"),
            Transition("close", (CycleState.OPEN,), CycleState.CLOSED, guard="programmes.manage_cycle"),
            Transition(
                "reopen", (CycleState.CLOSED,), CycleState.OPEN, guard="programmes.manage_cycle", needs_reason=True
            ),
        ),
    ),
    {"open": _("启动年度"), "close": _("结束年度"), "reopen": _("重新开启年度")},
)

NOTICE = flow.declare(
    Table(
        name="notice",
        initial=NoticeState.DRAFT,
        rows=(
            Transition("publish", (NoticeState.DRAFT,), NoticeState.PUBLISHED, guard="programmes.manage_notice"),
            Transition(
                "withdraw",
                (NoticeState.PUBLISHED,),
                NoticeState.WITHDRAWN,
                guard="programmes.manage_notice",
                needs_reason=True,
            ),
        ),
    ),
    {"publish": _("发布通知"), "withdraw": _("撤回通知")},
)
