"""Finishing an assessment, taking it up again, withdrawing it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.queries import assessment_by_id, common_book
from zhuoyue.domain.assessments.rules import FINISH, REOPEN, RESTORE, WITHDRAW
from zhuoyue.domain.judging.judgements import UnfinishedError
from zhuoyue.domain.judging.queries.books import items_by_node, unfinished_of
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.applicant.assessments.desk import named, of_assessment
from zhuoyue.web.applicant.assessments.forms import ReopenForm, edition_words
from zhuoyue.web.applicant.forms import ReasonForm
from zhuoyue.web.shared.steps import Asked, attempt, framed_step


def _facts(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    return (
        (_("单位"), assessment.organisation.name),
        (_("标准"), edition_words(assessment.edition)),
        (_("自评"), named(assessment)),
        (_("现在的状态"), assessment.get_state_display()),
    )


def _home(assessment: Assessment) -> str:
    return reverse("applicant:assessment", args=[assessment.pk])


@page(FINISH, find=assessment_by_id, methods=("GET", "POST"))
def finish(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    book = common_book(assessment)
    missing = unfinished_of(book, items_by_node(book), comments=False)
    why_not = None
    if missing:
        count = len(missing)
        words = ngettext("还有%(n)s条没有评分。", "还有%(n)s条没有评分。", count) % {"n": count}
        first = reverse("applicant:assess_item", args=[assessment.pk, missing[0].node.code])
        why_not = (words, _("继续评分"), first)
    asked = Asked(
        title=_("完成自评"),
        verb=_("完成自评"),
        back=_home(assessment),
        lead=_("完成后评分和材料锁定，生成结果页；需要修改时可以写明理由重新打开。只有本单位的人能看到。"),
        facts=_facts(assessment),
        done=_("自评已完成。可以在结果页列改进计划。"),
        faults=(MoveError, UnfinishedError),
        why_not=why_not,
    )
    act = partial(actions.finish, by=request.user, assessment=assessment)
    return framed_step(request, act, asked, partial(of_assessment, assessment))


@page(REOPEN, find=assessment_by_id, methods=("GET", "POST"))
def reopen(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    asked = Asked(
        title=_("重新打开自评"),
        verb=_("重新打开"),
        back=_home(assessment),
        lead=_("打开后可以修改评分和材料，再次完成后结果按新的评分计算。改进计划保留。"),
        facts=_facts(assessment),
        done=_("自评已重新打开。"),
        form=ReopenForm,
        leaves=True,
    )
    act = partial(actions.reopen, by=request.user, assessment=assessment)
    return framed_step(request, act, asked, partial(of_assessment, assessment))


@page(WITHDRAW, find=assessment_by_id, methods=("GET", "POST"))
def withdraw(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    asked = Asked(
        title=_("撤回自评"),
        verb=_("撤回自评"),
        back=_home(assessment),
        lead=_("撤回后不再计入比较。已写的内容保留，可以随时恢复。"),
        facts=_facts(assessment),
        done=_("自评已撤回。"),
        form=ReasonForm,
        leaves=True,
    )
    act = partial(actions.withdraw, by=request.user, assessment=assessment)
    return framed_step(request, act, asked, partial(of_assessment, assessment))


@page(RESTORE, find=assessment_by_id, methods=("POST",))
def restore(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.restore(by=request.user, assessment=assessment),
        done=_("已恢复，可以继续评价。"),
        to=_home(assessment),
    )
