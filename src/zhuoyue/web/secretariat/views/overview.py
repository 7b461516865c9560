"""The cycle on one page, in words: what runs, what is late and whose it is, what to decide, where it may jam."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.programmes.enums import CycleState
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, failed_letters
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.domain.review.actions.reminders import Reminder, letter_of, remind
from zhuoyue.domain.review.enums import StageKind, StageState
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.overview import Due, Overview, StageFacts, overview_of
from zhuoyue.kernel import clock, formats
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.secretariat.next_results import result_decisions
from zhuoyue.web.secretariat.risks import SOON, days_words, risks_of
from zhuoyue.web.secretariat.views.steps import Asked, step
from zhuoyue.web.shared.charts import Phase, Step

SHOWN = 8
PLACE = "overview"


@page(WATCH_CYCLE, find=cycle_by_slug)
def cycle(request: HttpRequest, found: Cycle) -> HttpResponse:
    now = clock.now()
    facts = overview_of(found, failed_letters(found, request.user))
    near = [due for due in facts.dues if due.due_at < now + SOON]
    everything = request.GET.get("due") == "all"
    content = {
        "heading": _heading(found, facts, now),
        "late": sum(due.due_at < now for due in near),
        "soon": sum(due.due_at >= now for due in near),
        "remindable": sum(due.due_at < now for due in near),
        "phases": _timeline(facts),
        "undated": [words_of(phase) for phase in facts.phases if phase.starts_at is None],
        "dues": [_due_row(found, due) for due in (facts.dues if everything else near[:SHOWN])],
        "more": 0 if everything else len(facts.dues) - len(near[:SHOWN]),
        "decisions": _decisions(found, facts, request.user),
        "steps": _funnel(facts),
        "funnel_words": _funnel_words(facts),
        "risks": risks_of(found, facts, now),
    }
    return office(request, "secretariat/overview.html", found, place=PLACE, **content)


# ---- what runs


def _heading(cycle: Cycle, facts: Overview, now: datetime) -> str:
    if cycle.state == CycleState.DRAFT:
        return _("年度尚未启动")
    if cycle.state == CycleState.CLOSED:
        return _("年度已结束")
    for stage in facts.open_stages:
        return _running(words_of(stage.run), stage.run.due_at, now)
    running = [phase for phase in facts.phases if phase.starts_at and phase.starts_at <= now]
    current = [phase for phase in running if phase.ends_at and phase.ends_at > now]
    if current:
        nearest = min(current, key=lambda phase: phase.ends_at or now)
        assert nearest.ends_at is not None  # noqa: S101 - only phases with an end are current
        return _running(words_of(nearest), nearest.ends_at - timedelta(seconds=1), now)
    coming = [phase for phase in facts.phases if phase.starts_at and phase.starts_at > now]
    if coming:
        following = coming[0]
        assert following.starts_at is not None  # noqa: S101 - only phases with a beginning are coming
        day = formats.long_date(timezone.localtime(following.starts_at))
        return _("%(phase)s将于%(day)s开始") % {"phase": words_of(following), "day": day}
    open_ended = [phase for phase in running if phase.ends_at is None]
    return _running(words_of(open_ended[-1]), None, now) if open_ended else _("没有正在进行的阶段")


def _running(title: str, until: datetime | None, now: datetime) -> str:
    if until is None:
        return _("%(title)s进行中") % {"title": title}
    return _("%(title)s进行中，%(days)s") % {"title": title, "days": days_words(now, until)}


def _timeline(facts: Overview) -> list[Phase]:
    """The dated phases; the one that opens the review says how far the scorebooks are."""
    books = [stage for stage in facts.stages if stage.run.state == StageState.OPEN and stage.books]
    found = []
    for phase in facts.phases:
        if phase.starts_at is None:
            continue
        opens = timezone.localtime(phase.starts_at).date()
        closes = timezone.localtime(phase.ends_at - timedelta(seconds=1)).date() if phase.ends_at else None
        words = ""
        if "review" in phase.opens and books:
            total = {"done": sum(one.submitted for one in books), "all": sum(one.books for one in books)}
            words = _("已评%(done)s／%(all)s份") % total
        found.append(Phase(words_of(phase).removesuffix("阶段"), opens, closes, words))
    return found


# ---- what is due


def _matter(due: Due) -> str:
    count = len(due.names)
    match due.kind:
        case "books":
            words = ngettext("%(stage)s未提交（%(n)s份）", "%(stage)s未提交（%(n)s份）", count)
            return words % {"stage": words_of(due), "n": count}
        case "answer":
            return _("未答复评审邀请")
        case "declaration":
            return _("未交利益冲突声明")
        case "opinion":
            words = ngettext("未出具推荐意见（%(n)s份）", "未出具推荐意见（%(n)s份）", count)
            return words % {"n": count}
        case _:
            return _("退回补正未重新提交")


def _note(due: Due) -> str:
    if due.kind == "declaration":
        return _("未交前不能打开任何材料")
    most = 3
    names = _("、").join(due.names[:most])
    return _("%(names)s等") % {"names": names} if len(due.names) > most else names


def _due_row(cycle: Cycle, due: Due) -> dict[str, Any]:
    url = {
        "books": lambda: reverse("secretariat:expert", kwargs={"expert_id": due.ref}),
        "correction": lambda: reverse("secretariat:application", kwargs={"application_id": due.ref}),
        "opinion": lambda: reverse("secretariat:bodies", kwargs={"slug": cycle.slug}),
    }.get(due.kind, lambda: reverse("secretariat:experts", kwargs={"slug": cycle.slug}))()
    role = {"correction": _("申报单位"), "opinion": _("推荐单位")}.get(due.kind, _("专家"))
    return {"due": due, "title": _matter(due), "note": _note(due), "url": url, "role": role, "key": _key(due)}


def _key(due: Due) -> str:
    return f"{due.kind}:{due.ref}"


_PATHS = {
    "books": "/expert/",
    "answer": "/expert/invitations/{ref}/",
    "declaration": "/expert/invitations/{ref}/",
    "correction": "/apply/",
    "opinion": "/recommend/",
}


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def remind_late(request: HttpRequest, found: Cycle) -> HttpResponse:
    """Remind one (`?of=kind:id`), or everybody who is late; first shows who gets what."""
    now = clock.now()
    asked_for = request.GET.get("of", "")
    dues = overview_of(found).dues
    chosen = [due for due in dues if _key(due) == asked_for] if asked_for else [d for d in dues if d.due_at < now]
    letters = [
        Reminder(
            due.email,
            _("催办：%(matter)s") % {"matter": _matter(due)},
            letter_of(due.who, _matter(due), formats.moment(due.due_at)),
            _PATHS[due.kind].format(ref=due.ref),
        )
        for due in chosen
        if due.email
    ]
    asked = Asked(
        _("催办"),
        _("发送%(n)s封邮件") % {"n": len(letters)},
        reverse("secretariat:cycle", kwargs={"slug": found.slug}),
        PLACE,
        lead=_("每人每件事一天至多一封，内有办理链接。") if letters else _("没有逾期的事项，不用催办。"),
        facts=[(letter.to, letter.text) for letter in letters],
        done=_("催办邮件已放入发件箱。"),
    )
    return step(request, found, lambda: remind(by=request.user, cycle=found, reminders=letters), asked)


# ---- what to decide


def _decisions(cycle: Cycle, facts: Overview, person: Any) -> list[dict[str, Any]]:
    """Dated ones first, in their order; then those that may be done at any time."""
    slug = {"slug": cycle.slug}
    found: list[dict[str, Any]] = []
    if facts.to_confirm:
        words = ngettext("%(n)s份报名待确认", "%(n)s份报名待确认", facts.to_confirm) % {"n": facts.to_confirm}
        url = f"{reverse('secretariat:registrations', kwargs=slug)}?state=sent"
        found.append({"at": None, "title": words, "url": url, "note": _("确认后对方才知道已经受理。")})
    if facts.to_check:
        words = ngettext("%(n)s份待条件审查", "%(n)s份待条件审查", facts.to_check) % {"n": facts.to_check}
        url = reverse("secretariat:applications", kwargs=slug)
        found.append({"at": None, "title": words, "url": url, "note": _("通过、不通过或退回补正。")})
    if facts.conflicts:
        words = ngettext("%(n)s件利益冲突待裁定", "%(n)s件利益冲突待裁定", facts.conflicts) % {"n": facts.conflicts}
        url = reverse("secretariat:experts", kwargs=slug)
        found.append({"at": None, "title": words, "url": url, "note": _("裁定以前按应当回避处理。")})
    found += [row for stage in facts.stages if (row := _stage_decision(stage)) is not None]
    if any(stage.run.state != StageState.WAITING for stage in facts.of_kind(StageKind.JURY)):
        found += result_decisions(cycle, person)
    return sorted(found, key=lambda row: (row["at"] is None, row["at"] or clock.now()))


def _at_the_jury(run: StageRun) -> bool:
    """Its steps are those of the results."""
    return run.kind == StageKind.JURY and run.state != StageState.WAITING


def _stage_decision(stage: StageFacts) -> dict[str, Any] | None:
    run = stage.run
    names = {"stage": words_of(run), "category": words_of(run.category)}
    url = reverse("secretariat:stage", kwargs={"run_id": run.pk})
    if run.kind == StageKind.CONDITION_CHECK or not stage.entered or _at_the_jury(run):
        return None
    if run.state == StageState.OPEN and stage.pending:
        note = _("%(category)s：已定%(done)s份，待定%(pending)s份。") % {
            **names,
            "done": stage.entered - stage.pending,
            "pending": stage.pending,
        }
        return {"at": run.due_at, "title": _("%(stage)s的去留") % names, "url": url, "note": note}
    if run.state == StageState.WAITING:
        note = _("%(category)s：%(n)s份已列入。") % {**names, "n": stage.entered}
        return {"at": None, "title": _("启动%(stage)s") % names, "url": url, "note": note}
    return None


# ---- how many are left at each step


def _funnel(facts: Overview) -> list[Step]:
    steps = [
        Step(_("报名"), facts.registered),
        Step(_("提交"), facts.sent),
        Step(_("条件审查通过"), facts.accepted),
    ]
    for kind in (StageKind.DOCUMENT_REVIEW, StageKind.CONSENSUS, StageKind.SITE_VISIT, StageKind.JURY):
        stages = facts.of_kind(kind)
        if not stages:
            continue
        label = words_of(stages[0].run)
        entered, through = sum(one.entered for one in stages), sum(one.through for one in stages)
        if any(one.run.state == StageState.OPEN for one in stages):
            done = sum(max(one.judged, one.entered - one.pending) for one in stages)
            steps.append(Step(label, done, "now", of=entered))
        elif all(one.run.state == StageState.WAITING for one in stages):
            steps.append(Step(label, entered, "next"))
        else:
            steps.append(Step(label, through))
    return steps


def _funnel_words(facts: Overview) -> str:
    lost = facts.registered - facts.sent
    if facts.registered and lost > 0:
        words = ngettext(
            "报名后尚未提交%(n)s份；空心为还没有开始的阶段。", "报名后尚未提交%(n)s份；空心为还没有开始的阶段。", lost
        )
        return words % {"n": lost}
    return ""
