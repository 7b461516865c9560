"""Who works in the office, and who watches over it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import KnownPersonError
from zhuoyue.domain.orgs import actions
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.orgs.queries import OFFICE_DUTIES, bodies_of, named_in, office_member_by_id, organisations_with
from zhuoyue.domain.orgs.rules import BE_SECRETARIAT, MANAGE_OFFICE
from zhuoyue.domain.programmes.rules import OFFICE
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import chosen_cycle
from zhuoyue.web.secretariat.pages import edit_page, step
from zhuoyue.web.secretariat.people.forms import ColleagueForm
from zhuoyue.web.secretariat.settings.views.start import PLACE, settings_page
from zhuoyue.web.shared.steps import Asked, attempt


@page(OFFICE)
def people(request: HttpRequest) -> HttpResponse:
    bodies = bodies_of(request.user, *OFFICE_DUTIES)
    runs = organisations_with(request.user, Duty.SECRETARY)
    members = list(named_in([body.organisation for body in bodies], *OFFICE_DUTIES))
    groups = [
        {
            "name": body.organisation.name,
            "members": [member for member in members if member.organisation_id == body.organisation_id],
            "may_act": body.organisation_id in runs,
        }
        for body in bodies
    ]
    return settings_page(request, "secretariat/people/people.html", groups=groups)


@page(BE_SECRETARIAT, methods=("GET", "POST"))
def add_colleague(request: HttpRequest) -> HttpResponse:
    form = ColleagueForm(
        request.POST if request.method == "POST" else None, bodies=bodies_of(request.user, Duty.SECRETARY)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.appoint_colleague(
                by=request.user,
                organisation=given["body"].organisation,
                email=given["email"],
                name=given["name"],
                duty=Duty(given["duty"]),
                known=form.is_known(),
            )
        except KnownPersonError as error:
            form.ask(error)
        else:
            messages.success(request, _("已添加%(name)s，信件已放入发件箱。") % {"name": made.person.name})
            return redirect("secretariat:people")
    lead = _("对方会收到一封信；没有账号的人用信里的链接确认邮箱、设置密码以后，职责才生效。")
    asked = Asked(_("添加人员"), _("添加并发信"), reverse("secretariat:people"), PLACE, lead=lead)
    return edit_page(request, chosen_cycle(request), form, asked)


@page(MANAGE_OFFICE, find=office_member_by_id, methods=("POST",))
def call_colleague(request: HttpRequest, found: Membership) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.call_again(by=request.user, membership=found),
        done=_("新的信件已放入发件箱；以前的链接在用过或到期以前仍然有效。"),
        to=reverse("secretariat:people"),
        faults=(),
    )


@page(MANAGE_OFFICE, find=office_member_by_id, methods=("GET", "POST"))
def end_colleague(request: HttpRequest, found: Membership) -> HttpResponse:
    asked = Asked(
        _("结束这项职责"),
        _("结束职责"),
        reverse("secretariat:people"),
        PLACE,
        lead=_("立即生效：对方下一次打开页面时就不能再以这项职责工作。已做的事留在记录里。"),
        facts=[
            (_("姓名"), found.person.name),
            (_("职责"), found.get_duty_display()),  # type: ignore[attr-defined] - Django adds it to a field of choices
            (_("机构"), found.organisation.name),
        ],
        done=_("职责已结束。"),
        faults=(actions.LastSecretaryError,),
    )
    return step(request, chosen_cycle(request), lambda: actions.dismiss(by=request.user, membership=found), asked)
