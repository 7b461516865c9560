"""Notices: drafted, looked at as the document they will be, published, supplemented, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.models import Cycle, Notice
from zhuoyue.domain.programmes.queries import cycle_by_slug, notice_by_id, notices_of
from zhuoyue.domain.programmes.rules import EDIT_NOTICE, MANAGE_CYCLE, MANAGE_NOTICE, WATCH_CYCLE
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.frame import conflict, office
from zhuoyue.web.secretariat.notices.forms import NoticeForm
from zhuoyue.web.secretariat.pages import edit_page, step, version_in
from zhuoyue.web.secretariat.reasons import ReasonForm
from zhuoyue.web.shared.steps import Asked

PLACE = "notices"


def _address(notice: Notice, name: str = "notice") -> str:
    return reverse(f"secretariat:{name}", kwargs={"notice_id": notice.pk})


def _list_of(cycle: Cycle | None) -> str:
    return reverse("secretariat:notices", kwargs={"slug": cycle.slug}) if cycle else reverse("secretariat:home")


@page(WATCH_CYCLE, find=cycle_by_slug)
def notices(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    return office(request, "secretariat/notices/notices.html", cycle, place=PLACE, notices=list(notices_of(cycle)))


def _written(form: NoticeForm) -> dict[str, Any]:
    return dict(form.cleaned_data)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def new_notice(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """A notice of the cycle; `?supplements=<id>` adds to one that is published."""
    earlier = next((known for known in notices_of(cycle) if str(known.pk) == request.GET.get("supplements")), None)
    initial = {"title": _("关于“%(title)s”的补充通知") % {"title": earlier.title}} if earlier else None
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafted = actions.draft_notice(
            by=request.user,
            programme=cycle.programme,
            issuer=cycle.programme.organiser,
            cycle=cycle,
            supplements=earlier,
            **_written(form),
        )
        messages.success(request, _("通知已保存为草稿，尚未发布。"))
        return redirect(_address(drafted))
    title = _("起草补充通知") if earlier else _("起草通知")
    return edit_page(request, cycle, form, Asked(title, _("保存草稿"), _list_of(cycle), PLACE))


@page(WATCH_CYCLE, find=notice_by_id)
def notice(request: HttpRequest, found: Notice) -> HttpResponse:
    return office(request, "secretariat/notices/notice.html", found.cycle, place=PLACE, notice=found)


@page(EDIT_NOTICE, find=notice_by_id, methods=("GET", "POST"))
def edit_notice(request: HttpRequest, found: Notice) -> HttpResponse:
    initial = {name: getattr(found, name) for name in ("title", "number", "signed_on", "body", "contact")}
    initial["joint_issuers"] = "\n".join(found.joint_issuers)
    initial["attachments"] = "\n".join(entry.title for entry in found.attachments.all())
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_notice(by=request.user, notice=found, expected=version_in(request), **_written(form))
        except StaleError as error:
            labels = {name: str(field.label) for name, field in form.fields.items()}
            kept = [("attachments", "\n".join(form.cleaned_data["attachments"]))]
            return conflict(request, error, labels=labels, back=_address(found), kept=kept, shown=_as_typed)
        messages.success(request, _("修改已保存。"))
        return redirect(_address(found))
    version = version_in(request) if request.method == "POST" else found.version
    asked = Asked(_("修改通知草稿"), _("保存"), _address(found), PLACE)
    return edit_page(request, found.cycle, form, asked, version=version)


def _as_typed(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else value


@page(WATCH_CYCLE, find=notice_by_id)
def preview_notice(request: HttpRequest, found: Notice) -> HttpResponse:
    """The notice as an official document, on paper size."""
    issuers = [found.issuer.organisation.name, *found.joint_issuers]
    return render(request, "secretariat/notices/notice_document.html", {"notice": found, "issuers": issuers})


@page(MANAGE_NOTICE, find=notice_by_id, methods=("GET", "POST"))
def publish_notice(request: HttpRequest, found: Notice) -> HttpResponse:
    opens = found.cycle is not None and found.cycle.state == "draft"
    lead = _("发布后全文公开，不能再改；需要更正时另发补充通知或撤回。")
    facts = [(_("标题"), found.title), (_("文号"), found.number or _("未填写"))]
    if opens and found.cycle:
        facts.append((_("同时启动"), _("%(title)s（所用标准随之锁定）") % {"title": found.cycle.title}))
    asked = Asked(
        _("发布这份通知"), _("发布通知"), _address(found), PLACE, lead=lead, facts=facts, done=_("通知已发布。")
    )
    return step(request, found.cycle, lambda: actions.publish_notice(by=request.user, notice=found), asked)


@page(MANAGE_NOTICE, find=notice_by_id, methods=("GET", "POST"))
def withdraw_notice(request: HttpRequest, found: Notice) -> HttpResponse:
    asked = Asked(
        _("撤回这份通知"),
        _("撤回通知"),
        _address(found),
        PLACE,
        lead=_("撤回后公众不再看到它；撤回的理由留在记录里。"),
        facts=[(_("标题"), found.title)],
        done=_("通知已撤回。"),
        form=ReasonForm,
    )
    return step(
        request,
        found.cycle,
        lambda reason: actions.withdraw_notice(by=request.user, notice=found, reason=reason),
        asked,
    )
