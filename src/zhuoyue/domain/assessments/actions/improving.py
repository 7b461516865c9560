"""The plan of improvement: what is done about what the assessment found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.assessments.enums import ImprovementState
from zhuoyue.domain.assessments.errors import AssessmentRefusedError
from zhuoyue.domain.assessments.models import Assessment, Improvement
from zhuoyue.domain.assessments.rules import PLAN
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.kernel import access, audit, clock, flow, versions

ADDED = audit.verb("assessments.improvement_added", gettext_lazy("添加改进"))
CHANGED = audit.verb("assessments.improvement_changed", gettext_lazy("修改改进"))
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for an item. `progress` in percent: at 100 the improvement is done."""

    node: Node
    text: str
    aim: str = ""
    responsible: str = ""
    due: date | None = None
    progress: int = 0


@transaction.atomic
def add_improvement(*, by: Any, assessment: Assessment, plan: Plan) -> Improvement:
    """Raises RefusedError, AssessmentRefusedError for an item of another standard or a progress beyond the whole."""
    access.check(PLAN, by, assessment)
    _check(assessment, plan)
    improvement = Improvement.objects.create(assessment=assessment, changed_at=clock.now(), **_fields(plan))
    audit.record(ADDED, by=by, subject=improvement, data={"item": plan.node.code})
    _follow(by, improvement)
    return improvement


@transaction.atomic
def edit_improvement(*, by: Any, improvement: Improvement, plan: Plan, expected: int) -> None:
    """`expected`: the version that the page showed. Raises StaleError beside what `add_improvement` raises."""
    access.check(PLAN, by, improvement)
    _check(improvement.assessment, plan)
    versions.save_edit(improvement, expected=expected, fields=_fields(plan))
    Improvement.objects.filter(pk=improvement.pk).update(changed_at=clock.now())
    audit.record(CHANGED, by=by, subject=improvement, data={"item": plan.node.code, "progress": plan.progress})
    _follow(by, improvement)


def _fields(plan: Plan) -> dict[str, Any]:
    texts = {name: getattr(plan, name).strip() for name in ("text", "aim", "responsible")}
    return texts | {"node": plan.node, "due": plan.due, "progress": plan.progress}


def _check(assessment: Assessment, plan: Plan) -> None:
    if plan.node.pk not in {node.pk for node in scored_nodes(assessment.edition)}:
        raise AssessmentRefusedError(_("请从这次自评所用标准的条目中选一条。"))
    if not plan.text.strip():
        raise AssessmentRefusedError(_("请写明改进什么。"))
    if not 0 <= plan.progress <= WHOLE:
        raise AssessmentRefusedError(_("进度应在0到100之间。"))


def _follow(by: Any, improvement: Improvement) -> None:
    """The state follows the progress: done at the whole, open again below it."""
    state = Improvement.objects.values_list("state", flat=True).get(pk=improvement.pk)
    if improvement.progress == WHOLE and state == ImprovementState.OPEN:
        flow.move(improvement, "complete", by=by)
    elif improvement.progress < WHOLE and state == ImprovementState.DONE:
        flow.move(improvement, "resume", by=by)


@transaction.atomic
def drop(*, by: Any, improvement: Improvement, reason: str) -> None:
    """It is no longer pursued; it stays in the plan. Raises RefusedError, MoveError."""
    flow.move(improvement, "drop", by=by, reason=reason)


@transaction.atomic
def resume(*, by: Any, improvement: Improvement) -> None:
    """Pursue a dropped one again. Raises RefusedError, MoveError."""
    flow.move(improvement, "resume", by=by)
