"""One's applications: the list, the task list, the check before sending, versions, withdrawal."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.models import Application, Return
from zhuoyue.domain.applications.queries import (
    application_by_id,
    edit_window,
    receipts_of,
    registrations_for_user,
    submission_rules,
)
from zhuoyue.domain.dossiers.desk import Wanted
from zhuoyue.domain.dossiers.queries import Contents, contents_of
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.programmes.windows import by_other_media
from zhuoyue.kernel import access
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.desk import DESK
from zhuoyue.web.applicant.forms import ReasonForm
from zhuoyue.web.applicant.navigation import frame_of, of_application
from zhuoyue.web.shared.dossier.mount import Sitting, sitting
from zhuoyue.web.shared.dossier.tasks import groups_of, next_numeral, returned_items
from zhuoyue.web.shared.steps import Asked, attempt, framed_step

BADGES = {
    "": "draft",
    ApplicationState.DRAFT: "draft",
    ApplicationState.SUBMITTED: "open",
    ApplicationState.RECOMMENDED: "done",
    ApplicationState.DECLINED: "shut",
    ApplicationState.RETURNED: "back",
    ApplicationState.IN_REVIEW: "open",
    ApplicationState.INELIGIBLE: "shut",
    ApplicationState.CONCLUDED: "done",
    ApplicationState.WITHDRAWN: "shut",
}


@page(SIGNED_IN)
def listing(request: HttpRequest) -> HttpResponse:
    """Every registration with its application, newest first."""
    found = Paginator(registrations_for_user(request.user), 50).get_page(request.GET.get("page"))
    rows = [(entry, getattr(entry, "application", None)) for entry in found]
    rows = [(entry, application, BADGES[application.state if application else ""]) for entry, application in rows]
    return render(
        request, "applicant/applications.html", frame_of((entry.organisation for entry in found), rows=rows, page=found)
    )


@page("applications.own", find=application_by_id)
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """The task list."""
    contents = contents_of(application.dossier)
    window = edit_window(application)
    seat = sitting(DESK, application, request.user)
    groups = groups_of(seat, contents)
    receipts = receipts_of(application)
    done = sum(state.is_complete for state in contents.states)
    context = of_application(
        application,
        window=window,
        by_other_media=by_other_media(application.category, Opens.APPLICATION),
        groups=groups,
        last_numeral=next_numeral(groups),
        receipts=receipts,
        done=done,
        count=len(contents.states),
        complete=contents.is_complete,
        draft_number=(application.snapshot.number if application.snapshot else 0) + 1,
        saved_at=max((answer.changed_at for answer in contents.answers.values()), default=None),
        returned=_returned(seat, contents, window.returned),
        may_reopen=application.state == ApplicationState.WITHDRAWN
        and access.allowed("applications.reopen", request.user, application),
        may_withdraw=access.allowed("applications.withdraw", request.user, application),
        rule=submission_rules(application),
        contact=next(iter(rules_of(application.rules).contacts), None),
        badge=BADGES[ApplicationState(application.state)],
        english=in_english(),
    )
    return render(request, "applicant/application.html", context)


def _returned(seat: Sitting, contents: Contents, returned: Return | None) -> dict[str, Any] | None:
    """The note of a return: its items, each with the place to mend, and the button to the first of them."""
    if returned is None:
        return None
    wanted = [Wanted(item.get("part", ""), item["text"]) for item in returned.items]
    items = returned_items(seat, contents, wanted)
    first = next((item for item in items if item["url"]), None)
    return {"items": items, "first": first, "of": returned}


@page("applications.withdraw", find=application_by_id, methods=("GET", "POST"))
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    asked = Asked(
        title=_("撤回申报"),
        verb=_("撤回申报"),
        back=reverse("applicant:application", args=[application.pk]),
        lead=_("撤回后不再参加本届评审。已写的内容保留，申报截止前可以恢复填写。"),
        facts=(
            (_("申报编号"), application.number),
            (_("申报单位"), application.title),
            (_("现在的状态"), application.get_state_display()),
        ),
        done=_("申报已撤回。申报截止前可以恢复填写。"),
        form=ReasonForm,
        leaves=True,
    )
    act = partial(actions.withdraw, by=request.user, application=application)
    return framed_step(request, act, asked, partial(of_application, application))


@page("applications.reopen", find=application_by_id, methods=("POST",))
def reopen(request: HttpRequest, application: Application) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.reopen(by=request.user, application=application),
        done=_("已恢复，可以继续填写。以前写的内容都在。"),
        to=reverse("applicant:application", args=[application.pk]),
    )
