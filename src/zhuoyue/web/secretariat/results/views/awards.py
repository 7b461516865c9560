"""What was given: the roll with its certificates, revocation, feedback reports, and the bundle of a result."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.bundle import bundle_of
from zhuoyue.domain.outcomes.models import Award
from zhuoyue.domain.outcomes.queries import award_by_id, awards_of_cycle, reports_of
from zhuoyue.domain.outcomes.rules import MANAGE, REVOKE, WATCH
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import category_by_id, cycle_by_slug
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.kernel import clock
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.secretariat.results.forms import RevocationForm
from zhuoyue.web.shared.steps import Asked

PLACE = "results"
PER_PAGE = 50


@page(WATCH_CYCLE, find=cycle_by_slug)
def roll(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    found = Paginator(awards_of_cycle(cycle), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "today": clock.today().date()}
    return office(request, "secretariat/results/roll.html", cycle, place=PLACE, **context)


@page(REVOKE, find=award_by_id, methods=("GET", "POST"))
def revoke(request: HttpRequest, award: Award) -> HttpResponse:
    asked = Asked(
        _("撤销奖项：%(name)s") % {"name": award.name},
        _("撤销奖项"),
        reverse("secretariat:award_roll", args=[award.cycle.slug]),
        PLACE,
        lead=_("撤销以后证书失效，核验页会写明撤销的日期和理由。不能恢复。"),
        facts=[(_("奖项"), award.title), (_("证书编号"), award.certificate.number)],
        done=_("奖项已撤销。"),
        form=RevocationForm,
        faults=(MoveError,),
    )

    def act(**cleaned: str) -> None:
        actions.revoke_award(by=request.user, award=award, **cleaned)

    return step(request, award.cycle, act, asked)


@page(MANAGE, find=category_by_id, methods=("GET", "POST"))
def release(request: HttpRequest, category: Category) -> HttpResponse:
    reports = reports_of(category)
    asked = Asked(
        _("发放反馈报告"),
        _("发放反馈报告"),
        reverse("secretariat:category_results", args=[category.pk]),
        PLACE,
        lead=_("向还没有收到反馈报告的参评单位发放；已经发放的不变。"),
        facts=[(_("已发放"), reports["released"]), (_("已阅读"), reports["read"])],
        done=_("反馈报告已发放。"),
        faults=(actions.OutcomeError,),
    )

    def act(**_cleaned: Any) -> None:
        actions.release_feedback(by=request.user, category=category)

    return step(request, category.cycle, act, asked)


@page(WATCH, find=category_by_id)
def bundle(_request: HttpRequest, category: Category) -> HttpResponse:
    """The result as one file, for whoever wants to work it out again."""
    response = JsonResponse(bundle_of(category), json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{category.cycle.slug}-{category.key}.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
