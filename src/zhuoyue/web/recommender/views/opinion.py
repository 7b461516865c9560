"""One application: the submitted version, the opinion, taking it back, returning it for correction."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState, Opinion
from zhuoyue.domain.applications.errors import QuotaFullError, RankTakenError, ReturnRuleError
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.applications.queries import (
    application_by_id,
    latest_return,
    quota_state,
    recommendation_level,
    recommendations_of,
    returns_rule,
    sent_dossier,
)
from zhuoyue.domain.applications.terms import term_of
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.dossiers.queries import file_in, sections_in
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.files import as_attachment
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.recommender.forms import OpinionForm, ReturnForm
from zhuoyue.web.recommender.navigation import frame
from zhuoyue.web.recommender.views.overview import BADGES
from zhuoyue.web.shared.deadlines import deadline_words
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.steps import Asked, framed_step

RETURNABLE = (ApplicationState.SUBMITTED, ApplicationState.RECOMMENDED)


def _of(application: Application, **context: Any) -> dict[str, Any]:
    crumbs = [
        {"label": _("申报单位"), "url": reverse("recommender:applications")},
        {"label": application.number, "url": reverse("recommender:application", args=[application.pk])},
    ]
    badge = BADGES[ApplicationState(application.state)]
    return frame(application.recommender, application=application, crumbs=crumbs, badge=badge, **context)


def _ranked(application: Application) -> bool:
    level = recommendation_level(application.category)
    return level is not None and level.ranked


@page("applications.recommender_sees", find=application_by_id, methods=("GET", "POST"))
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """Read on the left, the opinion on the right. What is read is the submitted version, never the draft."""
    form = OpinionForm(request.POST or None, ranked=_ranked(application))
    if request.method == "POST" and form.is_valid():
        done = _give(request, application, form)
        if done is not None:
            return done
    snapshot = sent_dossier(application)
    assert snapshot is not None  # noqa: S101 - the permission asks for a submission
    reader = Reader(
        file_url=lambda file_id: reverse("recommender:file", args=[application.pk, file_id]),
        mask=None,
        options=options_of(rules_of(application.rules)),
    )
    assert application.recommender is not None  # noqa: S101 - the permission asks for a body
    term = term_of(application.category, application.recommender_id)
    over = term.is_over(clock.now())
    context = _of(
        application,
        view=dossier_view(snapshot, reader=reader),
        snapshot=snapshot,
        form=form,
        quota=quota_state(application.recommender, application.category),
        opinions=recommendations_of(application),
        waits=form.is_bound or (application.state == ApplicationState.SUBMITTED and not over),
        term=term,
        is_over=over,
        may_return=application.state in RETURNABLE,
        may_take_back=not over and application.state in (ApplicationState.RECOMMENDED, ApplicationState.DECLINED),
    )
    return render(request, "recommender/application.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, application: Application, form: OpinionForm) -> HttpResponse | None:
    """None: refused with a reason, which the form now carries."""
    given = form.cleaned_data
    try:
        actions.give_opinion(
            by=request.user,
            application=application,
            outcome=given["outcome"],
            opinion=given["opinion"],
            rank=given.get("rank"),
        )
    except (QuotaFullError, MoveError) as error:
        form.add_error(None, str(error))
    except RefusedError as error:
        if error.hidden:
            raise
        form.add_error(None, str(error.reason))
    except RankTakenError as error:
        form.add_error("rank", str(error))
    else:
        recommended = given["outcome"] == Opinion.RECOMMEND
        messages.success(request, _("已同意推荐。") if recommended else _("已登记不予推荐。"))
        return redirect("recommender:application", application.pk)
    return None


@page("applications.take_back", find=application_by_id, methods=("GET", "POST"))
def take_back(request: HttpRequest, application: Application) -> HttpResponse:
    asked = Asked(
        title=_("撤回推荐意见"),
        verb=_("撤回意见"),
        back=reverse("recommender:application", args=[application.pk]),
        lead=_("撤回后空出名额，可以重新出具意见；撤回的意见仍留在记录里。"),
        facts=(
            (_("申报单位"), application.title),
            (_("申报编号"), application.number),
            (_("现在的状态"), application.get_state_display()),
        ),
        done=_("推荐意见已撤回，可以重新出具。"),
        leaves=True,
    )
    act = partial(actions.take_back_opinion, by=request.user, application=application)
    return framed_step(request, act, asked, partial(_of, application))


@page("applications.recommender_sees", find=application_by_id, methods=("GET", "POST"))
def send_back(request: HttpRequest, application: Application) -> HttpResponse:
    """Return for correction, section by section."""
    latest = latest_return(application, clock.now())
    words = _("按规则最迟%(at)s。") % {"at": deadline_words(latest)} if latest else ""
    form = ReturnForm(request.POST or None, latest=latest, words=words, initial={"until": latest})
    language = get_language() or "zh-hans"
    typed = {key.removeprefix("i-"): text.strip() for key, text in request.POST.items() if key.startswith("i-")}
    if request.method == "POST" and form.is_valid():
        items = [{"part": key, "text": text} for key, text in typed.items() if text and key != "other"]
        items += [{"part": "", "text": typed["other"]}] if typed.get("other") else []
        try:
            actions.send_back(
                by=request.user,
                application=application,
                items=items,
                until=form.cleaned_data["until"],
                article=form.cleaned_data["article"],
            )
        except (ReturnRuleError, MoveError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已退回补正，申报单位会收到邮件。"))
            return redirect("recommender:application", application.pk)
    sections = [
        (section.key, section.title_in(language), typed.get(section.key, ""))
        for section in sections_in(application.dossier)
    ]
    context = _of(
        application,
        form=form,
        sections=sections,
        other=typed.get("other", ""),
        rule=returns_rule(application),
        back_url=reverse("recommender:application", args=[application.pk]),
    )
    return render(request, "recommender/send_back.html", context, status=422 if form.errors else 200)


@page("applications.recommender_sees", find=application_by_id)
def file(_request: HttpRequest, application: Application, *, file_id: UUID) -> FileResponse:
    """A file of the submitted version."""
    assert application.snapshot is not None  # noqa: S101 - the permission asks for a submission
    found = file_in(application.snapshot, file_id)
    if found is None:
        raise Http404
    return as_attachment(found)
