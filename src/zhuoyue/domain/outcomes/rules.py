from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.orgs.rules import speaks_for
from zhuoyue.domain.outcomes.enums import ListState, NoticeState, ObjectionState
from zhuoyue.domain.outcomes.models import Award, FeedbackReport, Objection, PublicNotice, ResultList
from zhuoyue.domain.outcomes.queries import NOT_PROVED, takes_objections
from zhuoyue.domain.programmes.rules import runs, watches
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import HIDDEN, permission


def category_of(thing: Any) -> Any:
    if isinstance(thing, Objection):
        return thing.notice.result_list.category
    return thing.category if isinstance(thing, ResultList | Award) else thing


def runs_outcome(by: Any, thing: Any) -> bool:
    return thing is not None and runs(by, category_of(thing))


def watches_outcome(by: Any, thing: Any) -> bool:
    return thing is not None and watches(by, category_of(thing))


def is_second_person(by: Any, result_list: ResultList) -> bool:
    """Publishing a result takes two people: who prepared the list does not publish it."""
    return bool(result_list.prepared_by_id != by.pk)


def notice_has_ended(_by: Any, result_list: ResultList) -> bool:
    """Its last day is over, whether a worker has noted that or not."""
    notice = PublicNotice.objects.filter(result_list=result_list).first()
    return notice is not None and (notice.state == NoticeState.ENDED or notice.ends_on < clock.today().date())


def objections_are_ruled(_by: Any, result_list: ResultList) -> bool:
    """Those to earlier versions of the list too."""
    category = result_list.category_id
    return not Objection.objects.filter(notice__result_list__category=category, state=ObjectionState.RECEIVED).exists()


def no_objection_upheld(_by: Any, result_list: ResultList) -> bool:
    return not Objection.objects.filter(notice__result_list=result_list, state=ObjectionState.UPHELD).exists()


def waits_for_proof(_by: Any, objection: Objection) -> bool:
    return objection.state in NOT_PROVED


def proof_is_in_time(_by: Any, objection: Objection) -> bool:
    """Until its moment, whether a worker has let it expire since or not."""
    return (
        objection.state == ObjectionState.UNPROVED
        and objection.prove_by is not None
        and clock.now() < objection.prove_by
    )


def may_still_be_objected_to(_by: Any, result_list: ResultList) -> bool:
    """The office enters what came in time, also when it gets to it after the last day."""
    notice = getattr(result_list, "notice", None)
    in_hand = result_list.state in {ListState.ON_NOTICE, ListState.APPROVED}
    return in_hand and notice is not None and bool(notice.rule.get("objections", True))


def is_their_report(by: Any, report: FeedbackReport | None) -> bool:
    return report is not None and speaks_for(by, report.application.organisation)


def is_their_award(by: Any, award: Award | None) -> bool:
    return award is not None and speaks_for(by, award.organisation)


MANAGE = permission("outcomes.manage", (is_signed_in, HIDDEN), (runs_outcome, HIDDEN))
WATCH = permission("outcomes.watch", (is_signed_in, HIDDEN), (watches_outcome, HIDDEN))
PUBLISH = permission(
    "outcomes.publish",
    (is_signed_in, HIDDEN),
    (runs_outcome, HIDDEN),
    (is_second_person, _("名单由您拟定，须由另一位工作人员发布。")),
)
APPROVE = permission(
    "outcomes.approve",
    (is_signed_in, HIDDEN),
    (runs_outcome, HIDDEN),
    (is_second_person, _("名单由您拟定，须由另一位工作人员登记批准。")),
    (notice_has_ended, _("公示期还没有结束。")),
    (objections_are_ruled, _("还有异议没有处理完，处理完才能批准。")),
    (no_objection_upheld, _("有异议成立，请先更正名单并重新公示。")),
)
ANNOUNCE = permission(
    "outcomes.announce",
    (is_signed_in, HIDDEN),
    (runs_outcome, HIDDEN),
    (is_second_person, _("名单由您拟定，须由另一位工作人员发布。")),
    (objections_are_ruled, _("还有异议没有处理完，处理完才能公布。")),
    (no_objection_upheld, _("有异议成立，请先更正名单并重新公示。")),
)
OBJECT = permission(
    "outcomes.object",
    (lambda _by, notice: notice is not None, HIDDEN),
    (lambda _by, notice: takes_objections(notice), _("公示期已过，不再受理异议。")),
    for_visitors=True,
)
PROVE = permission(
    "outcomes.prove",
    (lambda _by, objection: objection is not None, HIDDEN),
    (waits_for_proof, _("这件异议已经确认过，凭编号可以查询处理结果。")),
    (proof_is_in_time, _("确认的期限已过，这件异议已失效。公示期内可以重新提出，也可以按公示上的联系方式告诉秘书处。")),
    for_visitors=True,
)
ENTER_OBJECTION = permission(
    "outcomes.enter_objection",
    (is_signed_in, HIDDEN),
    (runs_outcome, HIDDEN),
    (may_still_be_objected_to, _("名单没有公示，或者已经公布、更正，不能再登记异议。")),
)
RULE = permission("outcomes.rule", (is_signed_in, HIDDEN), (runs_outcome, HIDDEN))
REVOKE = permission("outcomes.revoke", (is_signed_in, HIDDEN), (runs_outcome, HIDDEN))
READ_FEEDBACK = permission("outcomes.read_feedback", (is_signed_in, HIDDEN), (is_their_report, HIDDEN))
GET_CERTIFICATE = permission(
    "outcomes.get_certificate",
    (is_signed_in, HIDDEN),
    (lambda by, award: is_their_award(by, award) or watches_outcome(by, award), HIDDEN),
)
