"""The cycle on one page, in words: what runs, what is late and whose it is, what to decide, where it may jam."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhuoyue.domain.office.queries.overview import Overview, overview_of
from zhuoyue.domain.outcomes.queries import CategoryOutcome, outcomes_of, with_results
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug, failed_letters
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.domain.review.actions.reminders import Reminder, letter_of, remind
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.queries.stages import runs_of_cycle
from zhuoyue.kernel import clock, formats
from zhuoyue.kernel.exports import sheets_as_xlsx
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office, words_of
from zhuoyue.web.secretariat.overview import dues
from zhuoyue.web.secretariat.overview.decisions import decisions
from zhuoyue.web.secretariat.overview.funnel import funnel, funnel_aside, funnel_words
from zhuoyue.web.secretariat.overview.heading import forecast, heading
from zhuoyue.web.secretariat.overview.report import sheets_of
from zhuoyue.web.secretariat.overview.risks import SOON, risks_of
from zhuoyue.web.secretariat.overview.timeline import timeline
from zhuoyue.web.secretariat.pages import step
from zhuoyue.web.shared.steps import Asked

SHOWN = 8
MOST_RISKS = 5
PLACE = "overview"


@dataclass(frozen=True, slots=True)
class _Read:
    facts: Overview
    outcomes: list[CategoryOutcome]
    now: datetime


def _read(cycle: Cycle, person: Any) -> _Read:
    """The results are asked for once a jury has begun."""
    facts = overview_of(cycle, failed_letters(cycle, person), with_results(runs_of_cycle(cycle)))
    juries = [one.run for one in facts.that(lambda kind: kind.votes)]
    begun = any(run.state != StageState.WAITING for run in juries)
    return _Read(facts, outcomes_of(juries) if begun else [], clock.now())


@page(WATCH_CYCLE, find=cycle_by_slug)
def cycle(request: HttpRequest, found: Cycle) -> HttpResponse:
    read = _read(found, request.user)
    facts, now = read.facts, read.now
    near = [due for due in facts.dues if due.due_at < now + SOON]
    everything = request.GET.get("due") == "all"
    risks = risks_of(found, facts, now)
    content = {
        "heading": heading(found, facts, now),
        "late": sum(due.due_at < now for due in near),
        "soon": sum(due.due_at >= now for due in near),
        "forecast": forecast(facts, now),
        "remindable": sum(due.due_at < now for due in near),
        "phases": timeline(facts, read.outcomes),
        "undated": [words_of(phase) for phase in facts.phases if phase.starts_at is None],
        "dues": [dues.row(found, due) for due in (facts.dues if everything else near[:SHOWN])],
        "more": 0 if everything else len(facts.dues) - len(near[:SHOWN]),
        "decisions": decisions(found, facts, read.outcomes, request.user),
        "steps": funnel(facts),
        "funnel_words": funnel_words(facts),
        "funnel_aside": funnel_aside(facts),
        "risks": risks[:MOST_RISKS],
        "more_risks": max(0, len(risks) - MOST_RISKS),
    }
    return office(request, "secretariat/overview/overview.html", found, place=PLACE, **content)


@page(WATCH_CYCLE, find=cycle_by_slug)
def weekly_report(request: HttpRequest, found: Cycle) -> HttpResponseBase:
    """The same facts as the page, all of them, as a workbook."""
    read = _read(found, request.user)
    facts, now = read.facts, timezone.localtime(read.now)
    lead = [words for words in (heading(found, facts, now), forecast(facts, now)) if words]
    sheets = sheets_of(
        lead, timeline(facts, read.outcomes), facts.dues, funnel(facts), risks_of(found, facts, now), now
    )
    title = _("%(cycle)s周报%(day)s") % {"cycle": words_of(found), "day": formats.long_date(now)}
    return sheets_as_xlsx(title, sheets)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("GET", "POST"))
def remind_late(request: HttpRequest, found: Cycle) -> HttpResponse:
    """Remind one (`?of=kind:id`), or everybody who is late; first shows who gets what."""
    now = clock.now()
    asked_for = request.GET.get("of", "")
    all_due = overview_of(found).dues
    chosen = [due for due in all_due if (dues.key(due) == asked_for if asked_for else due.due_at < now)]
    letters = [
        Reminder(
            due.email,
            _("催办：%(matter)s") % {"matter": dues.matter(due)},
            letter_of(due.who, dues.matter(due), formats.moment(due.due_at)),
            dues.path_to(due),
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
