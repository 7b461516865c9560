from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.enums import EditionState as State
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

EDITION = flow.declare(
    Table(
        name="edition",
        initial=State.DRAFT,
        rows=(
            Transition("confirm", (State.DRAFT,), State.CONFIRMED, guard="criteria.confirm"),
            Transition("reopen", (State.CONFIRMED,), State.DRAFT, guard="criteria.edit", needs_reason=True),
            Transition("freeze", (State.CONFIRMED,), State.FROZEN),
        ),
    ),
    {"confirm": _("确认标准"), "reopen": _("重新核对标准"), "freeze": _("锁定标准")},
)
