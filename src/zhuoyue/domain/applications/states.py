from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import ApplicationState as State
from zhuoyue.domain.applications.enums import RegistrationState as Sent
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

REGISTRATION = flow.declare(
    Table(
        name="registration",
        initial=Sent.SENT,
        rows=(
            Transition("confirm", (Sent.SENT,), Sent.CONFIRMED, guard="applications.handle_registration"),
            Transition(
                "refuse", (Sent.SENT,), Sent.REFUSED, guard="applications.handle_registration", needs_reason=True
            ),
            Transition(
                "withdraw", (Sent.SENT, Sent.CONFIRMED), Sent.WITHDRAWN, guard="applications.withdraw_registration"
            ),
            Transition("renew", (Sent.WITHDRAWN, Sent.REFUSED), Sent.SENT, guard="applications.register"),
        ),
    ),
    {"confirm": _("确认报名"), "refuse": _("不受理报名"), "withdraw": _("撤回报名"), "renew": _("重新报名")},
)

APPLICATION = flow.declare(
    Table(
        name="application",
        initial=State.DRAFT,
        rows=(
            Transition("submit", (State.DRAFT,), State.SUBMITTED, guard="applications.submit"),
            Transition("resubmit", (State.RETURNED,), State.SUBMITTED, guard="applications.submit"),
            Transition("recommend", (State.SUBMITTED,), State.RECOMMENDED, guard="applications.recommend"),
            Transition("decline", (State.SUBMITTED,), State.DECLINED, guard="applications.decline", needs_reason=True),
            Transition(
                "take_back", (State.RECOMMENDED, State.DECLINED), State.SUBMITTED, guard="applications.take_back"
            ),
            Transition(
                "send_back", (State.SUBMITTED, State.RECOMMENDED), State.RETURNED, guard="applications.send_back"
            ),
            Transition(
                "accept", (State.SUBMITTED, State.RECOMMENDED), State.IN_REVIEW, guard="applications.check_conditions"
            ),
            Transition(
                "reject",
                (State.SUBMITTED, State.RECOMMENDED),
                State.INELIGIBLE,
                guard="applications.check_conditions",
                needs_reason=True,
            ),
            Transition("conclude", (State.IN_REVIEW,), State.CONCLUDED),
            Transition(
                "withdraw",
                (State.DRAFT, State.SUBMITTED, State.RETURNED, State.RECOMMENDED),
                State.WITHDRAWN,
                guard="applications.withdraw",
            ),
            Transition("reopen", (State.WITHDRAWN,), State.DRAFT, guard="applications.reopen"),
        ),
    ),
    {
        "submit": _("提交申报"),
        "resubmit": _("重新提交申报"),
        "recommend": _("同意推荐"),
        "decline": _("不予推荐"),
        "take_back": _("撤回推荐意见"),
        "send_back": _("退回补正"),
        "accept": _("通过条件审查"),
        "reject": _("条件审查不通过"),
        "conclude": _("评审结束"),
        "withdraw": _("撤回申报"),
        "reopen": _("恢复填写"),
    },
)
