from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.outcomes.enums import AwardState, ListState, NoticeState, ObjectionState
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

RESULT_LIST = flow.declare(
    Table(
        name="result_list",
        initial=ListState.PROPOSED,
        rows=(
            Transition("put_on_notice", (ListState.PROPOSED,), ListState.ON_NOTICE, guard="outcomes.publish"),
            Transition("approve", (ListState.ON_NOTICE,), ListState.APPROVED, guard="outcomes.approve"),
            Transition("announce", (ListState.APPROVED,), ListState.ANNOUNCED, guard="outcomes.announce"),
            Transition(
                "supersede",
                (ListState.PROPOSED, ListState.ON_NOTICE, ListState.APPROVED, ListState.ANNOUNCED),
                ListState.SUPERSEDED,
                guard="outcomes.manage",
                needs_reason=True,
            ),
        ),
    ),
    {
        "put_on_notice": _("发布公示"),
        "approve": _("批准名单"),
        "announce": _("公布名单"),
        "supersede": _("更正名单"),
    },
)

PUBLIC_NOTICE = flow.declare(
    Table(
        name="public_notice",
        initial=NoticeState.PREPARED,
        rows=(
            Transition("publish", (NoticeState.PREPARED,), NoticeState.RUNNING),
            Transition("end", (NoticeState.RUNNING,), NoticeState.ENDED),
        ),
    ),
    {"publish": _("公示开始"), "end": _("公示结束")},
)

OBJECTION = flow.declare(
    Table(
        name="objection",
        initial=ObjectionState.UNPROVED,
        rows=(
            Transition("prove", (ObjectionState.UNPROVED,), ObjectionState.RECEIVED, guard="outcomes.prove"),
            Transition("enter", (ObjectionState.UNPROVED,), ObjectionState.RECEIVED, guard="outcomes.rule"),
            Transition("expire", (ObjectionState.UNPROVED,), ObjectionState.EXPIRED),
            Transition(
                "uphold", (ObjectionState.RECEIVED,), ObjectionState.UPHELD, guard="outcomes.rule", needs_reason=True
            ),
            Transition(
                "dismiss",
                (ObjectionState.RECEIVED,),
                ObjectionState.DISMISSED,
                guard="outcomes.rule",
                needs_reason=True,
            ),
        ),
    ),
    {
        "prove": _("确认异议"),
        "enter": _("登记异议"),
        "expire": _("异议没有确认，失效"),
        "uphold": _("裁定异议成立"),
        "dismiss": _("裁定异议不成立"),
    },
)

AWARD = flow.declare(
    Table(
        name="award",
        initial=AwardState.VALID,
        rows=(
            Transition("revoke", (AwardState.VALID,), AwardState.REVOKED, guard="outcomes.revoke", needs_reason=True),
        ),
    ),
    {"revoke": _("撤销奖项")},
)
