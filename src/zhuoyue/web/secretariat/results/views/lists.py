"""Versions of the list: proposed, put on notice, approved, announced, told to the public."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import ResultList
from zhuoyue.domain.outcomes.queries import current_list, list_by_id, list_put_on_notice, notice_rules
from zhuoyue.domain.outcomes.rules import ANNOUNCE, APPROVE, MANAGE, PUBLISH, WATCH
from zhuoyue.domain.programmes.actions import draft_notice
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import category_by_id, tier_titles
from zhuoyue.domain.review.queries.places import places_of, winners_of
from zhuoyue.kernel import clock, formats
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.working_days import UnknownCalendarError
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.secretariat.results.forms import ApprovalForm, PublicNoticeForm
from zhuoyue.web.shared.steps import Asked

PLACE = "results"
FAULTS = (MoveError, actions.OutcomeError, UnknownCalendarError)


def _category(category: Any) -> str:
    return reverse("secretariat:category_results", args=[category.pk])


def named_entries(result_list: ResultList) -> list[dict[str, str]]:
    titles = tier_titles(result_list.category)
    return [{**entry, "tier_title": titles.get(entry["tier"], entry["tier"])} for entry in result_list.entries]


@page(WATCH, find=list_by_id)
def result_list(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    context = {
        "list": result_list,
        "entries": named_entries(result_list),
        "notice": list_put_on_notice(result_list),
        "back": _category(result_list.category),
    }
    return office(request, "secretariat/results/list.html", result_list.category.cycle, place=PLACE, **context)


@page(MANAGE, find=category_by_id, methods=("GET", "POST"))
def propose(request: HttpRequest, category: Category) -> HttpResponse:
    """The first list as it was decided, or a corrected one that says what changed and whom it leaves out."""
    earlier = current_list(category)
    titles = tier_titles(category)
    winners = winners_of(category)
    left_out = request.POST.getlist("leave_out")
    change = request.POST.get("change", "")
    fault = ""
    if request.method == "POST":
        try:
            actions.propose_list(by=request.user, category=category, change=change, leave_out=left_out)
        except FAULTS as error:
            fault = str(error)
        else:
            messages.success(request, _("名单已拟定；须由另一位工作人员发布公示。"))
            return redirect(_category(category))
    elif earlier is not None:
        kept = {entry["application"] for entry in earlier.entries}
        left_out = [str(found.application_id) for found in winners if str(found.application_id) not in kept]
    rows = [
        {
            "key": str(found.application_id),
            "name": found.application.title,
            "tier": titles.get(found.tier, found.tier),
            "out": str(found.application_id) in left_out,
        }
        for found in winners
    ]
    listed = {found.application_id: found.tier for found in winners if str(found.application_id) not in left_out}
    context = {
        "category": category,
        "earlier": earlier,
        "rows": rows,
        "fault": fault,
        "change": change,
        "places": places_of(category, listed),
    }
    status = 422 if fault else 200
    return office(
        request,
        "secretariat/results/propose.html",
        category.cycle,
        place=PLACE,
        status=status,
        back=_category(category),
        **context,
    )


def _days(result_list: ResultList) -> list[tuple[str, Any]]:
    rules = notice_rules(result_list.category)
    try:
        first, last = actions.notice_days(rules, clock.today().date())
    except UnknownCalendarError as error:
        return [(_("公示期"), str(error))]
    if rules is None or rules.days is None:
        length = _("规则没有写明天数")
    elif rules.unit == "working_days":
        length = _("%(n)s个工作日") % {"n": rules.days}
    else:
        length = _("%(n)s天") % {"n": rules.days}
    return [
        (_("规则"), length),
        (_("第一天"), formats.long_date(first)),
        (_("最后一天"), formats.long_date(last)),
    ]


@page(PUBLISH, find=list_by_id, methods=("GET", "POST"))
def publish(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    """The list and its days as the public will see them, then the one button."""
    category = result_list.category
    names = "\n".join(f"{entry['name']}　{entry['tier_title']}" for entry in named_entries(result_list))
    facts = [*_days(result_list), (_("名单"), names or _("没有拟授奖的申报，奖项空缺"))]
    title = _("%(cycle)s%(category)s拟获奖名单公示") % {"cycle": category.cycle.title, "category": category.title}
    text = _("经审定委员会审定，现将拟获奖名单予以公示。对名单有异议的，请在公示期内实名提出，并写明事实和依据。")
    asked = Asked(
        _("预览并发布公示"),
        _("发布公示"),
        _category(category),
        PLACE,
        lead=_("发布以后不能修改；需要更正时另出一版名单，重新公示。"),
        facts=facts,
        done=_("公示已发布。"),
        form=PublicNoticeForm,
        initial={"title": title, "text": text},
        faults=FAULTS,
    )

    def act(**cleaned: str) -> None:
        actions.publish_notice(by=request.user, result_list=result_list, **cleaned)

    return step(request, category.cycle, act, asked)


@page(APPROVE, find=list_by_id, methods=("GET", "POST"))
def approve(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    asked = Asked(
        _("登记批准"),
        _("登记批准"),
        _category(result_list.category),
        PLACE,
        facts=[(_("名单"), _("第%(n)s版") % {"n": result_list.number}), (_("授奖"), len(result_list.entries))],
        done=_("名单已批准。"),
        form=ApprovalForm,
        faults=FAULTS,
    )

    def act(**cleaned: str) -> None:
        actions.approve(by=request.user, result_list=result_list, **cleaned)

    return step(request, result_list.category.cycle, act, asked)


@page(ANNOUNCE, find=list_by_id, methods=("GET", "POST"))
def announce(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    asked = Asked(
        _("公布名单"),
        _("公布名单"),
        _category(result_list.category),
        PLACE,
        lead=_("公布以后授予奖项、生成证书，向每一家参评单位发放反馈报告，并发出邮件。"),
        facts=[(_("批准文号"), result_list.approval_number), (_("授奖"), len(result_list.entries))],
        done=_("名单已公布，证书和反馈报告已生成。"),
        faults=FAULTS,
    )
    return step(
        request,
        result_list.category.cycle,
        lambda: actions.announce(by=request.user, result_list=result_list),
        asked,
    )


@page(MANAGE, find=list_by_id, methods=("POST",))
def announcement(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    """A notice of the final list, drafted from it; the office reads it over and publishes it."""
    category = result_list.category
    cycle = category.cycle
    if result_list.announced_at is None:
        messages.error(request, _("名单公布以后才能起草公布通知。"))
        return redirect(_category(category))
    lines = [f"{entry['name']}　{entry['tier_title']}" for entry in named_entries(result_list)]
    opening = _("%(cycle)s%(category)s经公示无未决异议，已获批准，现将获奖名单公布如下。") % {
        "cycle": cycle.title,
        "category": category.title,
    }
    notice = draft_notice(
        by=request.user,
        programme=cycle.programme,
        issuer=cycle.programme.organiser,
        cycle=cycle,
        number=result_list.approval_number,
        title=_("关于公布%(cycle)s%(category)s获奖名单的通知") % {"cycle": words_of(cycle), "category": category.title},
        body="\n\n".join([opening, *(lines or [_("本次奖项空缺。")])]),
        signed_on=clock.today().date(),
    )
    messages.success(request, _("通知已起草，请核对后发布。"))
    return redirect("secretariat:notice", notice_id=notice.pk)
