from typing import Any

from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.rules import is_signed_in
from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.queries import edit_window
from zhuoyue.domain.applications.terms import may_still_recommend
from zhuoyue.domain.orgs.rules import applies_for_someone, speaks_for
from zhuoyue.domain.programmes.bodies import acts_for
from zhuoyue.domain.programmes.enums import CycleState, Opens
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.rules import runs, watches
from zhuoyue.domain.programmes.windows import window_in
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import HIDDEN, permission


def is_signed_up(_by: Any, registration: Registration) -> bool:
    return registration.state in (RegistrationState.SENT, RegistrationState.CONFIRMED)


def may_start_again(_by: Any, application: Application) -> bool:
    """A withdrawn application goes on while it is not too late."""
    return not window_in(application.category, Opens.APPLICATION, clock.now()).is_late(clock.now())


def owns(by: Any, thing: Registration | Application | None) -> bool:
    return thing is not None and speaks_for(by, thing.organisation)


def registration_is_open(_by: Any, thing: Category | Registration) -> bool:
    category = thing if isinstance(thing, Category) else thing.category
    return thing.cycle.state == CycleState.OPEN and window_in(category, Opens.REGISTRATION, clock.now()).is_open


def not_yet_submitted(_by: Any, registration: Registration) -> bool:
    application = Application.objects.filter(registration=registration).first()
    return application is None or application.state in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


def may_be_written(_by: Any, application: Application) -> bool:
    return application.state in (ApplicationState.DRAFT, ApplicationState.RETURNED)


def is_in_time(_by: Any, application: Application) -> bool:
    return edit_window(application).may_edit


def registration_stands(_by: Any, application: Application) -> bool:
    return is_signed_up(_by, application.registration)


def recommends(by: Any, application: Application | None) -> bool:
    """Who acts, in the cycle of the application, for the body that it names as its recommender."""
    return application is not None and acts_for(by, application.recommender_id, application.cycle_id)


def in_recommending_time(_by: Any, application: Application) -> bool:
    return may_still_recommend(application, clock.now())


def has_been_sent(_by: Any, application: Application) -> bool:
    return application.snapshot_id is not None


def may_see(by: Any, application: Application | None) -> bool:
    """The applicant always; the body that recommends and the secretariat once it has been submitted."""
    if application is None:
        return False
    if owns(by, application):
        return True
    return application.snapshot_id is not None and (recommends(by, application) or watches(by, application))


def not_in_review(_by: Any, application: Application) -> bool:
    return application.state not in (
        ApplicationState.IN_REVIEW,
        ApplicationState.CONCLUDED,
        ApplicationState.INELIGIBLE,
        ApplicationState.WITHDRAWN,
    )


LATE = _("已过截止时间，不能再修改或提交；截止时间见申报页右侧。")
NOT_YET = _("现在还不能提交；可以先填写，到申报时间再提交。")
TERM_OVER = _("推荐截止时间已过，不能再出具意见；确需延期的，请联系秘书处。")
REGISTER = permission(
    "applications.register",
    (is_signed_in, _("请先登录。")),
    (applies_for_someone, _("请先登记单位，再报名。")),
    (registration_is_open, _("现在不在报名时间内；报名时间见项目页。")),
)
SEE_REGISTRATION = permission(
    "applications.see_registration",
    (lambda by, registration: owns(by, registration) or watches(by, registration), HIDDEN),
)
HANDLE_REGISTRATION = permission("applications.handle_registration", (is_signed_in, HIDDEN), (runs, HIDDEN))
WITHDRAW_REGISTRATION = permission(
    "applications.withdraw_registration",
    (owns, HIDDEN),
    (not_yet_submitted, _("申报材料已经提交，请先撤回申报。")),
)
ATTACH_SCAN = permission(
    "applications.attach_scan",
    (owns, HIDDEN),
    (is_signed_up, _("报名已撤回或未受理，不能上传。")),
    (registration_is_open, _("报名时间已过，请把盖章报名表寄到秘书处。")),
)
OPEN_APPLICATION = permission(
    "applications.open", (owns, HIDDEN), (is_signed_up, _("报名已撤回或未受理，不能填写申报。"))
)
OWN = permission("applications.own", (owns, HIDDEN))
SEE = permission("applications.see", (may_see, HIDDEN))
EDIT = permission(
    "applications.edit",
    (owns, HIDDEN),
    (may_be_written, _("申报已经提交，不能修改；退回补正后才能再改。")),
    (is_in_time, LATE),
)
SUBMIT = permission(
    "applications.submit",
    (owns, HIDDEN),
    (may_be_written, _("申报已经提交，请刷新页面查看回执。")),
    (registration_stands, _("报名已被撤回或不予受理，不能提交申报。")),
)
REOPEN = permission(
    "applications.reopen",
    (owns, HIDDEN),
    (registration_stands, _("报名已被撤回或不予受理；请先重新报名。")),
    (may_start_again, LATE),
)
WITHDRAW = permission("applications.withdraw", (owns, HIDDEN), (not_in_review, _("申报已进入评审，撤回请联系秘书处。")))
RECOMMENDER_SEES = permission(
    "applications.recommender_sees",
    (recommends, HIDDEN),
    (has_been_sent, _("申报单位还没有提交，提交后才能查看材料。")),
)
RECOMMEND = permission(
    "applications.recommend",
    (recommends, HIDDEN),
    (has_been_sent, _("申报单位还没有提交。")),
    (in_recommending_time, TERM_OVER),
)
DECLINE = permission(
    "applications.decline",
    (recommends, HIDDEN),
    (has_been_sent, _("申报单位还没有提交。")),
    (in_recommending_time, TERM_OVER),
)
TAKE_BACK = permission(
    "applications.take_back",
    (recommends, HIDDEN),
    (has_been_sent, _("申报单位还没有提交。")),
    (in_recommending_time, _("推荐截止时间已过，意见不能再撤回；确需撤回的，请联系秘书处延期。")),
)
SEND_BACK = permission(
    "applications.send_back", (lambda by, application: runs(by, application) or recommends(by, application), HIDDEN)
)
CHECK_CONDITIONS = permission("applications.check_conditions", (is_signed_in, HIDDEN), (runs, HIDDEN))
