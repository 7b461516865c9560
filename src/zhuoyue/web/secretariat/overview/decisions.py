"""What the office has to decide next, each with the page where it is done."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Overview, StageFacts
from zhuoyue.domain.outcomes.queries import CategoryOutcome
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import is_entrance
from zhuoyue.kernel import clock
from zhuoyue.web.secretariat.frame import words_of
from zhuoyue.web.secretariat.results.next_steps import result_decisions


def decisions(cycle: Cycle, facts: Overview, outcomes: Sequence[CategoryOutcome], person: Any) -> list[dict[str, Any]]:
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
    found += result_decisions(outcomes, person)
    return sorted(found, key=lambda row: (row["at"] is None, row["at"] or clock.now()))


def _at_the_jury(run: StageRun) -> bool:
    """Its steps are those of the results."""
    return run.nature.votes and run.state != StageState.WAITING


def _stage_decision(stage: StageFacts) -> dict[str, Any] | None:
    run = stage.run
    names = {"stage": words_of(run), "category": words_of(run.category)}
    url = reverse("secretariat:stage", kwargs={"run_id": run.pk})
    if is_entrance(run) or not stage.entered or _at_the_jury(run):
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
