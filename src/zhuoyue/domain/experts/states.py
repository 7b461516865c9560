from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.experts.enums import ConflictState as State
from zhuoyue.engine.flow import Table, Transition
from zhuoyue.kernel import flow

CONFLICT = flow.declare(
    Table(
        name="conflict",
        initial=State.DECLARED,
        rows=(
            Transition("confirm", (State.DECLARED, State.DISMISSED), State.CONFIRMED, guard="experts.rule_conflict"),
            Transition(
                "dismiss",
                (State.DECLARED, State.CONFIRMED),
                State.DISMISSED,
                guard="experts.rule_conflict",
                needs_reason=True,
            ),
        ),
    ),
    {"confirm": _("裁定回避"), "dismiss": _("裁定无须回避")},
)
