"""One's applications: the list, the task list, the check before sending, versions, withdrawal."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import (
    application_by_id,
    edit_window,
    receipts_of,
    registrations_for_user,
    submission_rules,
)
from zhuoyue.domain.dossiers.actions import content_of
from zhuoyue.domain.dossiers.checks import Fault, words_of
from zhuoyue.domain.dossiers.queries import Contents, contents_of, form_of, snapshot_by_number, titles_of
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.navigation import frame_of, of_application
from zhuoyue.web.applicant.tasks import groups_of, next_numeral, section_url, title_of
from zhuoyue.web.applicant.views.evidence import file_url
from zhuoyue.web.applicant.views.moves import carried_out
from zhuoyue.web.shared.dossier_view import dossier_view, options_of

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
    groups = groups_of(application, contents, window.returned)
    receipts = receipts_of(application)
    done = sum(state.is_complete for state in contents.states)
    context = of_application(
        application,
        window=window,
        groups=groups,
        last_numeral=next_numeral(groups),
        receipts=receipts,
        done=done,
        count=len(contents.states),
        complete=contents.is_complete,
        draft_number=(application.snapshot.number if application.snapshot else 0) + 1,
        saved_at=max((answer.changed_at for answer in contents.answers.values()), default=None),
        returned=_returned(application, contents, window.returned),
        may_reopen=application.state == ApplicationState.WITHDRAWN
        and access.allowed("applications.reopen", request.user, application),
        may_withdraw=access.allowed("applications.withdraw", request.user, application),
        rule=submission_rules(application),
        contact=next(iter(rules_of(application.rules).contacts), None),
        badge=BADGES[ApplicationState(application.state)],
        english=(get_language() or "").startswith("en"),
    )
    return render(request, "applicant/application.html", context)


def _returned(application: Application, contents: Contents, returned: Any) -> dict[str, Any] | None:
    """The note of a return: its items, each with the place to mend, and the button to the first of them."""
    if returned is None:
        return None
    titles = {state.section.key: title_of(state.section) for state in contents.states}
    items = [
        {
            "title": titles.get(item.get("part", ""), ""),
            "text": item["text"],
            "url": section_url(application, item["part"]) if item.get("part") in titles else "",
        }
        for item in returned.items
    ]
    first = next((item for item in items if item["url"]), None)
    return {"items": items, "first": first, "of": returned}


@page("applications.own", find=application_by_id)
def check(request: HttpRequest, application: Application) -> HttpResponse:
    """Check your answers: what is missing, linked; every section in short, with a link to change it."""
    contents = contents_of(application.dossier)
    titles = {state.section.key: title_of(state.section) for state in contents.states}
    context = of_application(
        application,
        window=edit_window(application),
        errors=[
            {"text": f"{titles.get(fault.section, '')}：{words_of(fault)}", "url": _place_of(application, fault)}
            for fault in contents.faults
            if fault.blocks
        ],
        parts=_in_short(application, contents),
        complete=contents.is_complete,
    )
    return render(request, "applicant/check.html", context)


def _place_of(application: Application, fault: Fault) -> str:
    kinds = {"too_few_series", "too_many_series", "too_few_years", "no_target", "no_comparator"}
    anchor = (
        f"i-{fault.key}"
        if fault.code in kinds
        else f"id_{fault.key}"
        if fault.code.startswith("file")
        else f"id_f-{fault.key}"
    )
    if fault.code == "over_total":
        return reverse("applicant:application", args=[application.pk])
    return f"{section_url(application, fault.section)}?check=1#{anchor}"


def _in_short(application: Application, contents: Contents) -> list[dict[str, Any]]:
    """Section by section: what was answered, long texts by their beginning and length."""
    view = dossier_view(
        content_of(application.dossier, contents),
        form_of(application.dossier),
        titles_of(application.dossier.edition_id),
        file_url=lambda file_id: file_url(application, file_id),
        options=options_of(rules_of(application.rules)),
    )
    faults = {fault.section: words_of(fault) for fault in reversed(contents.faults) if fault.blocks}
    return [
        {
            "title": part.title,
            "sections": [
                (section, section_url(application, section.key), faults.get(section.key, ""))
                for section in part.sections
            ],
        }
        for part in view.parts
    ]


@page("applications.own", find=application_by_id)
def version(request: HttpRequest, application: Application, *, number: int) -> HttpResponse:
    """A submitted version, as it was."""
    snapshot = snapshot_by_number(application.dossier, number)
    if snapshot is None:
        raise Http404
    view = dossier_view(
        snapshot.content,
        form_of(application.dossier),
        titles_of(application.dossier.edition_id),
        file_url=lambda file_id: file_url(application, file_id),
        options=options_of(rules_of(application.rules)),
    )
    receipt = next((entry for entry in receipts_of(application) if entry.snapshot_id == snapshot.pk), None)
    context = of_application(application, snapshot=snapshot, view=view, receipt=receipt)
    return render(request, "applicant/version.html", context)


@page("applications.withdraw", find=application_by_id, methods=("GET", "POST"))
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        act = lambda: actions.withdraw(by=request.user, application=application, reason=reason)  # noqa: E731 - the act itself
        carried_out(request, act, _("申报已撤回。申报截止前可以恢复填写。"))
        return redirect("applicant:application", application.pk)
    context = of_application(
        application,
        title=_("撤回申报"),
        lead=_("撤回后不再参加本届评审。已写的内容保留，申报截止前可以恢复填写。"),
        facts=[
            {"label": _("申报编号"), "value": application.number},
            {"label": _("申报单位"), "value": application.title},
            {"label": _("现在的状态"), "value": application.get_state_display()},
        ],
        verb=_("撤回申报"),
        ask_reason=True,
        back_url=reverse("applicant:application", args=[application.pk]),
    )
    return render(request, "applicant/confirm.html", context)


@page("applications.reopen", find=application_by_id, methods=("POST",))
def reopen(request: HttpRequest, application: Application) -> HttpResponse:
    act = lambda: actions.reopen(by=request.user, application=application)  # noqa: E731 - the act itself
    carried_out(request, act, _("已恢复，可以继续填写。"))
    messages.info(request, _("以前写的内容都在。"))
    return redirect("applicant:application", application.pk)
