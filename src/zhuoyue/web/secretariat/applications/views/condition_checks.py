"""The condition check of one application: every condition explained or asked, then accepted, rejected or returned."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.errors import ReturnRuleError
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import latest_return, open_return, returns_rule
from zhuoyue.domain.applications.rules import CHECK_CONDITIONS
from zhuoyue.domain.dossiers.queries import sections_in
from zhuoyue.domain.office.queries.arrivals import checks_of, sent_application
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.domain.review.actions import condition_check as actions
from zhuoyue.domain.review.queries.conditions import Conditions, conditions_of
from zhuoyue.kernel import clock, typed
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.applications.forms import CorrectionForm
from zhuoyue.web.secretariat.frame import office

PLACE = "applications"
OPEN = (ApplicationState.SUBMITTED, ApplicationState.RECOMMENDED)
HOLDS = {"yes": True, "no": False}
ROWS, MORE = 3, 3


def _address(application: Application, name: str = "condition_check") -> str:
    return reverse(f"secretariat:{name}", kwargs={"application_id": application.pk})


@page(WATCH_CYCLE, find=sent_application, methods=("GET", "POST"))
def condition_check(request: HttpRequest, found: Application) -> HttpResponse:
    """The check; the button that was pressed says what it comes to."""
    language = get_language() or "zh"
    checks = checks_of(found)
    answers = _answers(request) if request.method == "POST" else _earlier(checks)
    notes = {key.removeprefix("note_"): text for key, text in request.POST.items() if key.startswith("note_")}
    conditions = conditions_of(found, answers, language)
    error, status = "", 200
    if request.method == "POST" and request.POST.get("then") in ("accept", "reject"):
        try:
            actions.decide_check(
                by=request.user,
                application=found,
                answers=answers,
                notes=notes,
                passed=request.POST["then"] == "accept",
                note=request.POST.get("note", ""),
            )
        except (MoveError, actions.OpenConditionsError) as fault:
            error, status = str(fault), 409
        else:
            messages.success(request, _("条件审查已完成，结果已通知申报单位。"))
            return redirect(_address(found))
    content = {
        "application": found,
        "conditions": conditions,
        "rows": _rows(conditions, notes, language),
        "checks": checks,
        "note": request.POST.get("note", ""),
        "error": error,
        "open": found.state in OPEN,
        "returned": open_return(found),
    }
    return office(
        request, "secretariat/applications/condition_check.html", found.cycle, place=PLACE, status=status, **content
    )


def _answers(request: HttpRequest) -> dict[str, bool]:
    given = {key.removeprefix("holds_"): value for key, value in request.POST.items() if key.startswith("holds_")}
    return {key: HOLDS[value] for key, value in given.items() if value in HOLDS}


def _earlier(checks: list[Any]) -> dict[str, bool]:
    """What the last check of this application found."""
    if not checks:
        return {}
    return {row["key"]: row["holds"] for row in checks[0].results if row.get("holds") is not None}


def _rows(conditions: Conditions, notes: dict[str, str], language: str) -> list[dict[str, Any]]:
    english = language.startswith("en")
    return [
        {
            "key": row.leaf.id,
            "title": row.leaf.title.in_language(language),
            "outcome": row.finding.outcome,
            "reason": row.finding.reason_en if english else row.finding.reason_zh,
            "asked": row.asked,
            "declared": row.declared,
            "veto": row.leaf.veto,
            "preferred": row.leaf.preferred,
            "facts": row.facts,
            "evidence": [ask.title.in_language(language) for ask in row.leaf.evidence],
            "note": notes.get(row.leaf.id, ""),
        }
        for row in conditions.rows
    ]


@page(CHECK_CONDITIONS, find=sent_application, methods=("GET", "POST"))
def send_back(request: HttpRequest, found: Application) -> HttpResponse:
    """Return for correction: which places, what, under which article. The term follows from the rules."""
    rule = returns_rule(found)
    asked = request.POST.get("rows", "") or request.GET.get("rows", "")
    rows = typed.whole(asked, otherwise=ROWS)
    form = CorrectionForm(request.POST or None, parts=_places(found), by_rule=rule is not None, rows=rows)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(
                by=request.user,
                application=found,
                items=form.items(),
                until=form.cleaned_data.get("until"),
                article=form.cleaned_data["article"],
            )
        except (MoveError, ReturnRuleError, actions.DeadlineMissingError) as fault:
            status = 409
            messages.error(request, str(fault))
        else:
            messages.success(request, _("已退回补正，并通知申报单位。"))
            return redirect(_address(found))
    limit = latest_return(found, clock.now())
    content = {
        "application": found,
        "form": form,
        "rule": rule,
        "deadline": limit - timedelta(minutes=1) if limit else None,  # midnight would read as the day after
        "more": f"?rows={form.rows + MORE}",
    }
    return office(
        request, "secretariat/applications/send_back.html", found.cycle, place=PLACE, status=status, **content
    )


def _places(application: Application) -> list[tuple[str, str]]:
    """The sections of the form, as an officer names them."""
    language = get_language() or "zh"
    return [(section.key, section.title_in(language)) for section in sections_in(application.dossier)]
