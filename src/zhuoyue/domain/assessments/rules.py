from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.assessments.enums import AssessmentState
from zhuoyue.domain.assessments.models import Assessment, Improvement, SelfBook
from zhuoyue.domain.assessments.queries import ENDED, other_open
from zhuoyue.domain.orgs.rules import applies_for_someone, speaks_for
from zhuoyue.kernel.access import HIDDEN, permission

Thing = Assessment | SelfBook | Improvement


def assessment_of(thing: Thing) -> Assessment:
    return thing if isinstance(thing, Assessment) else thing.assessment


def owns(by: Any, thing: Thing | None) -> bool:
    """Whoever speaks for the organisation, and nobody else: no office, no administrator."""
    return thing is not None and speaks_for(by, assessment_of(thing).organisation)


def is_open(_by: Any, thing: Thing) -> bool:
    return assessment_of(thing).state == AssessmentState.OPEN


def has_result(_by: Any, thing: Thing) -> bool:
    return assessment_of(thing).state in ENDED


def stands(_by: Any, thing: Thing) -> bool:
    return assessment_of(thing).state in (AssessmentState.OPEN, AssessmentState.FINISHED)


def is_finished(_by: Any, thing: Thing) -> bool:
    return assessment_of(thing).state == AssessmentState.FINISHED


def is_withdrawn(_by: Any, thing: Thing) -> bool:
    return assessment_of(thing).state == AssessmentState.WITHDRAWN


def is_the_only_open(_by: Any, assessment: Assessment) -> bool:
    return not other_open(assessment)


LOCKED = _("自评已经完成或撤回，不能修改；需要修改的，请先重新打开。")
TWICE = _("同一标准、同一年度已有一份自评正在进行，请先完成或撤回那一份。")
BEGIN = permission(
    "assessments.begin",
    (is_signed_in, _("请先登录。")),
    (applies_for_someone, _("您还没有代表任何单位。请先登记单位，再开始自评。")),
)
START = permission("assessments.start", (speaks_for, HIDDEN))
OWN = permission("assessments.own", (owns, HIDDEN))
WRITE = permission("assessments.write", (owns, HIDDEN), (is_open, LOCKED))
FINISH = permission("assessments.finish", (owns, HIDDEN), (is_open, LOCKED))
SEE_RESULT = permission("assessments.see_result", (owns, HIDDEN), (has_result, _("自评还没有完成，完成后才有结果。")))
PLAN = permission("assessments.plan", (owns, HIDDEN), (has_result, _("完成自评以后，才能列改进计划。")))
REOPEN = permission(
    "assessments.reopen",
    (owns, HIDDEN),
    (is_finished, _("自评没有完成，或已有新的自评代替，不需要重新打开。")),
    (is_the_only_open, TWICE),
)
WITHDRAW = permission("assessments.withdraw", (owns, HIDDEN), (stands, _("自评已经撤回，或已有新的自评代替。")))
RESTORE = permission(
    "assessments.restore",
    (owns, HIDDEN),
    (is_withdrawn, _("自评没有撤回，不需要恢复。")),
    (is_the_only_open, TWICE),
)
