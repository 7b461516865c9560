"""The settings: what the office stands on, each with how it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.criteria.enums import EditionState
from zhuoyue.domain.criteria.queries import editions_shown_to
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.rules import BE_SECRETARIAT
from zhuoyue.domain.programmes.queries import programmes_run_by
from zhuoyue.domain.programmes.rules import OFFICE
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import chosen_cycle, office

PLACE = "settings"


def crumbs() -> list[dict[str, str]]:
    return [{"label": _("设置"), "url": reverse("secretariat:settings")}]


def acts(request: HttpRequest) -> bool:
    """Whether the reader runs something, or only watches."""
    return access.allowed(BE_SECRETARIAT, request.user)


def body_in_view(request: HttpRequest) -> Body | None:
    """The body whose year frames the page: what is loaded there is meant for it."""
    cycle = chosen_cycle(request)
    return cycle.programme.organiser if cycle else None


def settings_page(request: HttpRequest, template: str, *, status: int = 200, **content: Any) -> HttpResponse:
    """A page of the settings that belongs to no year: framed by the year last looked at."""
    given = {"crumbs": crumbs(), "may_act": acts(request)} | content
    return office(request, template, chosen_cycle(request), place=PLACE, status=status, **given)


@page(OFFICE)
def settings(request: HttpRequest) -> HttpResponse:
    cycle = chosen_cycle(request)
    slug = {"slug": cycle.slug} if cycle else None
    places = [
        (_("标准"), _standards(request), "standards", {}),
        (_("项目包"), _packs(request), "packs", {}),
        (_("秘书处人员"), _("谁以秘书处或监督人员的身份工作"), "people", {}),
        (_("阶段日程"), _("本年度每一阶段从何时到何时"), "phases", slug),
        (_("发件箱"), _("系统写出的信件，以及是否已经发出"), "letters", slug),
        (_("操作记录"), _("谁在何时做了什么；可以当场核验有没有被改动"), "record", slug),
        (_("数据可靠性"), _("数据库的设置是否保证回执可信"), "health", {}),
    ]
    rows = [
        {"title": title, "note": note, "url": reverse(f"secretariat:{name}", kwargs=kwargs)}
        for title, note, name, kwargs in places
        if kwargs is not None
    ]
    return office(request, "secretariat/settings/start.html", cycle, place=PLACE, rows=rows)


def _standards(request: HttpRequest) -> str:
    found = list(editions_shown_to(request.user).values_list("state", flat=True))
    drafts = sum(state == EditionState.DRAFT for state in found)
    words = ngettext("%(count)s个版本", "%(count)s个版本", len(found)) % {"count": len(found)}
    return _("%(all)s，其中%(drafts)s个待核对") % {"all": words, "drafts": drafts} if drafts else words


def _packs(request: HttpRequest) -> str:
    count = programmes_run_by(request.user).count()
    return ngettext("%(count)s个项目的规则已载入", "%(count)s个项目的规则已载入", count) % {"count": count}
