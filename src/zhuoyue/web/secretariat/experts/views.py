"""The pool of experts, who is asked to serve this year, and the ties to be ruled on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import KnownPersonError
from zhuoyue.domain.experts import actions
from zhuoyue.domain.experts.models import Conflict, Expert
from zhuoyue.domain.experts.queries import conflict_by_id, conflicts_of, expert_by_id
from zhuoyue.domain.experts.rules import MANAGE_POOL, RULE_CONFLICT
from zhuoyue.domain.orgs.queries import organisation_called
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.programmes.rules import WATCH_CYCLE
from zhuoyue.domain.review.actions import examiners
from zhuoyue.domain.review.actions.reminders import Reminder, letter_of, remind
from zhuoyue.domain.review.enums import InvitationState
from zhuoyue.domain.review.models import Invitation
from zhuoyue.domain.review.queries.conduct import tie_words
from zhuoyue.domain.review.queries.invitations import (
    conflicts_to_rule,
    experts_for_cycle,
    invitation_in,
    not_asked,
)
from zhuoyue.domain.review.queries.teams import invitation_by_id
from zhuoyue.domain.review.rules import MANAGE_EXAMINERS
from zhuoyue.kernel import formats, links, typed
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.paging import page_with_total
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.secretariat.experts.forms import ExpertForm, InviteForm, KnownExpertForm
from zhuoyue.web.secretariat.frame import chosen_cycle, conflict, office
from zhuoyue.web.secretariat.pages import edit_page, step, version_in
from zhuoyue.web.secretariat.reasons import OptionalReasonForm, ReasonForm
from zhuoyue.web.shared.steps import Asked

PLACE = "experts"
ROWS = 50


def _list_of(cycle: Cycle | None) -> str:
    return reverse("secretariat:experts", kwargs={"slug": cycle.slug}) if cycle else reverse("secretariat:home")


def _address(expert: Expert) -> str:
    return reverse("secretariat:expert", kwargs={"expert_id": expert.pk})


@page(WATCH_CYCLE, find=cycle_by_slug)
def experts(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The pool, each with the answer to this year's invitation."""
    state, text = request.GET.get("state", ""), request.GET.get("text", "").strip()
    found = experts_for_cycle(cycle)
    if state in InvitationState.values:
        found = found.filter(invitations__cycle=cycle, invitations__state=state)
    elif state == "none":
        found = not_asked(cycle)
    if text:
        found = found.filter(person__name__icontains=text) | found.filter(employer__name__icontains=text)
    here = _list_of(cycle)
    views = [{"label": _("专家库"), "url": here, "current": not state}]
    views += [
        {"label": label, "url": f"{here}?state={value}", "current": state == value}
        for value, label in InvitationState.choices
    ]
    views.append({"label": _("还没有邀请"), "url": f"{here}?state=none", "current": state == "none"})
    number = request.GET.get("page", "1")
    rows, total = page_with_total(found, typed.whole(number, least=1, otherwise=1), ROWS)
    shown = Paginator(range(total), ROWS).get_page(number)
    shown.object_list = [{"expert": row, "asked": invitation_in(row)} for row in rows]
    content = {
        "page": shown,
        "views": views,
        "text": text,
        "conflicts": conflicts_to_rule(cycle),
        "ties": tie_words(cycle, get_language() or "zh"),
    }
    return office(request, "secretariat/experts/experts.html", cycle, place=PLACE, **content)


def _facts(form: ExpertForm) -> dict[str, Any]:
    """What is stored of an expert; the employer by its name."""
    who = ("name", "email", "known", "known_email")
    facts = {name: value for name, value in form.cleaned_data.items() if name not in who}
    facts["employer"] = organisation_called(facts["employer"]) if facts["employer"] else None
    return facts


@page(MANAGE_EXAMINERS, find=cycle_by_slug, methods=("GET", "POST"))
def new_expert(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = ExpertForm(request.POST or None, initial={"level": "examiner", "kinds": ["examiner"]})
    if request.method == "POST" and form.is_valid() and _employer_is_known(form):
        try:
            expert = actions.add_expert(
                by=request.user,
                pool=cycle.programme.organiser,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                known=form.is_known(),
                **_facts(form),
            )
        except KnownPersonError as error:
            form.ask(error)
        else:
            messages.success(request, _("%(name)s已入库。") % {"name": expert.person.name})
            return redirect(_address(expert))
    return edit_page(request, cycle, form, Asked(_("新增专家"), _("入库"), _list_of(cycle), PLACE))


def _employer_is_known(form: ExpertForm) -> bool:
    name = form.cleaned_data["employer"]
    if name and organisation_called(name) is None:
        form.add_error("employer", _("系统里没有这个单位；请写登记的全称，或留空。"))
        return False
    return True


@page(MANAGE_POOL, find=expert_by_id)
def expert(request: HttpRequest, found: Expert) -> HttpResponse:
    cycle = chosen_cycle(request)
    content = {
        "expert": found,
        "conflicts": list(conflicts_of(found)),
        "ties": tie_words(cycle, get_language() or "zh") if cycle else {},
    }
    return office(request, "secretariat/experts/expert.html", cycle, place=PLACE, **content)


@page(MANAGE_POOL, find=expert_by_id, methods=("GET", "POST"))
def edit_expert(request: HttpRequest, found: Expert) -> HttpResponse:
    names = ("level", "kinds", "region", "most_load", "about", "is_active")
    initial = {name: getattr(found, name) for name in names}
    initial |= {
        "employer": found.employer.name if found.employer else "",
        "industries": "\n".join(found.industries),
    }
    form = KnownExpertForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _employer_is_known(form):
        try:
            actions.edit_expert(by=request.user, expert=found, expected=version_in(request), **_facts(form))
        except StaleError as error:
            labels = {name: str(field.label) for name, field in form.fields.items()}
            return conflict(request, error, labels=labels, back=_address(found), shown=_as_typed)
        messages.success(request, _("修改已保存。"))
        return redirect(_address(found))
    version = version_in(request) if request.method == "POST" else found.version
    asked = Asked(_("修改%(name)s的资料") % {"name": found.person.name}, _("保存"), _address(found), PLACE)
    return edit_page(request, chosen_cycle(request), form, asked, version=version)


def _as_typed(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


@page(MANAGE_EXAMINERS, find=cycle_by_slug, methods=("GET", "POST"))
def invite(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Invite those chosen: first what will be sent and to whom, then the letters."""
    waiting = list(not_asked(cycle))
    chosen = [one for one in waiting if str(one.pk) in request.POST.getlist("chosen")]
    posted = request.method == "POST"
    form = InviteForm(request.POST if posted else None)
    sending = posted and request.POST.get("then") == "send"
    if posted and form.is_valid() and chosen and sending:
        examiners.invite(by=request.user, cycle=cycle, experts=chosen, answer_by=form.cleaned_data["answer_by"])
        words = ngettext("已邀请%(count)s人。", "已邀请%(count)s人。", len(chosen)) % {"count": len(chosen)}
        messages.success(request, words)
        return redirect(_list_of(cycle))
    ready = posted and form.is_valid() and bool(chosen)
    if posted and not chosen:
        messages.warning(request, _("请先选择要邀请的专家。"))
    content = {
        "form": form,
        "waiting": waiting,
        "chosen": chosen,
        "chosen_ids": {str(one.pk) for one in chosen},
        "preview": ready,
    }
    status = 422 if posted and not ready else 200
    return office(request, "secretariat/experts/invite.html", cycle, place=PLACE, status=status, **content)


@page(MANAGE_EXAMINERS, find=invitation_by_id, methods=("GET", "POST"))
def resend_invitation(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    cycle = invitation.cycle
    person = invitation.expert.person
    until = formats.moment(invitation.answer_by) if invitation.answer_by else _("近日")
    matter = _("答复评审邀请")
    text = letter_of(person.name, matter, until)
    asked = Asked(
        _("再发一次邀请"),
        _("发送"),
        _list_of(cycle),
        PLACE,
        facts=[(_("收件人"), f"{person.name} {person.email}"), (_("内容"), text)],
        done=_("已发送。"),
    )
    reminder = Reminder(person.email, f"{cycle.title}：{matter}", text, links.to("examiner.invitation", invitation.pk))
    return step(request, cycle, lambda: remind(by=request.user, cycle=cycle, reminders=[reminder]), asked)


@page(MANAGE_EXAMINERS, find=invitation_by_id, methods=("GET", "POST"))
def revoke_invitation(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    asked = Asked(
        _("撤回邀请"),
        _("撤回"),
        _list_of(invitation.cycle),
        PLACE,
        lead=_("撤回后，对方不再能打开任何材料；已有的评分留存备查。"),
        facts=[(_("专家"), invitation.expert.person.name)],
        done=_("邀请已撤回。"),
        form=ReasonForm,
    )

    def act(reason: str) -> None:
        examiners.revoke(by=request.user, invitation=invitation, reason=reason)

    return step(request, invitation.cycle, act, asked)


@page(RULE_CONFLICT, find=conflict_by_id, methods=("GET", "POST"))
def rule_conflict(request: HttpRequest, found: Conflict) -> HttpResponse:
    cycle = chosen_cycle(request)
    stands = request.GET.get("stands", "yes") == "yes"
    kinds = tie_words(cycle, get_language() or "zh") if cycle else {}
    asked = Asked(
        _("裁定应当回避") if stands else _("裁定无须回避"),
        _("裁定"),
        _address(found.expert),
        PLACE,
        facts=[
            (_("专家"), found.expert.person.name),
            (_("单位"), found.organisation.name),
            (_("关系"), kinds.get(found.kind, found.kind)),
            (_("范围"), found.get_grade_display()),
            (_("说明"), found.evidence or _("未填写")),
        ],
        done=_("裁定已记录。"),
        form=OptionalReasonForm if stands else ReasonForm,
        faults=(MoveError,),
    )

    def act(reason: str) -> None:
        actions.rule_conflict(by=request.user, conflict=found, stands=stands, reason=reason)

    return step(request, cycle, act, asked)
