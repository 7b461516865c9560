from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import has_duty, organisations_with
from zhuoyue.domain.orgs.rules import runs_something
from zhuoyue.domain.programmes.enums import CycleState, NoticeState
from zhuoyue.domain.programmes.models import Cycle, Notice, Programme
from zhuoyue.kernel.access import HIDDEN, permission


def organiser_id(thing: Any) -> Any:
    """The organisation that runs what `thing` (a programme, or anything with a cycle or programme) belongs to."""
    if isinstance(thing, Programme):
        return thing.organiser.organisation_id
    programme = getattr(thing, "programme", None) or thing.cycle.programme
    return programme.organiser.organisation_id


def runs(by: Any, thing: Any) -> bool:
    return thing is not None and has_duty(by, organiser_id(thing), Duty.SECRETARY)


def watches(by: Any, thing: Any) -> bool:
    return thing is not None and has_duty(by, organiser_id(thing), Duty.SECRETARY, Duty.AUDITOR)


def works_in_office(by: Any, _obj: Any) -> bool:
    """For the secretariat of any body, or its auditor."""
    return bool(organisations_with(by, Duty.SECRETARY, Duty.AUDITOR))


def is_shown(_by: Any, cycle: Cycle | None) -> bool:
    return cycle is not None and cycle.state != CycleState.DRAFT


def may_be_read(by: Any, notice: Notice | None) -> bool:
    """Published, or one's own draft."""
    return notice is not None and (notice.state == NoticeState.PUBLISHED or runs(by, notice))


def is_draft(_by: Any, notice: Notice) -> bool:
    return notice.state == NoticeState.DRAFT


OFFICE = permission("programmes.office", (is_signed_in, _("请先登录。")), (works_in_office, HIDDEN))
LOAD_PACK = permission("programmes.load_pack", (is_signed_in, _("请先登录。")), (runs_something, HIDDEN))
SEE_CYCLE = permission("programmes.see_cycle", (is_shown, HIDDEN), for_visitors=True)
MANAGE_CYCLE = permission("programmes.manage_cycle", (is_signed_in, HIDDEN), (runs, HIDDEN))
WATCH_CYCLE = permission("programmes.watch_cycle", (is_signed_in, HIDDEN), (watches, HIDDEN))
READ_NOTICE = permission("programmes.read_notice", (may_be_read, HIDDEN), for_visitors=True)
MANAGE_NOTICE = permission("programmes.manage_notice", (is_signed_in, HIDDEN), (runs, HIDDEN))
EDIT_NOTICE = permission(
    "programmes.edit_notice",
    (is_signed_in, HIDDEN),
    (runs, HIDDEN),
    (is_draft, _("通知已经发布，不能再改；可以另发补充通知。")),
)
