"""Making, opening and deciding the stages of a category."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.enums import Outcome, StageState
from zhuoyue.domain.review.kinds import kind_of
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.domain.review.queries.blind import hides_applicants
from zhuoyue.domain.review.queries.graph import predecessors_of, upstream_of
from zhuoyue.domain.review.queries.stages import runs_after
from zhuoyue.domain.review.rules import DECIDE_STAGE, RUN_STAGE
from zhuoyue.kernel import access, audit, flow, versions

MADE = audit.verb("review.stages_made", gettext_lazy("设立评审阶段"))
ENTERED = audit.verb("review.entered", gettext_lazy("进入评审阶段"))
DUE_SET = audit.verb("review.due_set", gettext_lazy("设定阶段截止时间"))
TOTAL_PLACES = 4
OUTCOME_SET = audit.verb("review.outcome_set", gettext_lazy("确定阶段去留"))


class UndecidedError(Exception):
    """A stage cannot end while entries are undecided. `count` of them are."""

    def __init__(self, count: int) -> None:
        super().__init__(_("还有%(count)s份没有确定去留，全部确定后才能结束本阶段。") % {"count": count})
        self.count = count


@transaction.atomic
def make_stages(*, by: Any, cycle: Cycle) -> None:
    """The stage runs of every category that the rules give stages to. Once; later calls change nothing."""
    known = set(StageRun.objects.filter(category__cycle=cycle).values_list("category_id", "key"))
    made = [
        run for category in cycle.categories.all() for run in _runs(category) if (category.pk, run.key) not in known
    ]
    if made:
        StageRun.objects.bulk_create(made)
        audit.record(MADE, by=by, subject=cycle, scope=cycle, data={"stages": len(made)})


def _runs(category: Category) -> list[StageRun]:
    return [
        StageRun(
            category=category,
            key=stage.key,
            kind=stage.kind,
            position=position,
            title=stage.title.zh,
            title_en=stage.title.en,
            hides_applicants=hides_applicants(stage),
        )
        for position, stage in enumerate(stage_rules(category))
        if kind_of(stage).is_run
    ]


@transaction.atomic
def set_due(*, by: Any, run: StageRun, expected: int, due_at: datetime | None) -> None:
    access.check(RUN_STAGE, by, run)
    versions.save_edit(run, expected=expected, fields={"due_at": due_at})
    audit.record(DUE_SET, by=by, subject=run, scope=run.category.cycle, data={"due_at": due_at})


@transaction.atomic
def open_stage(*, by: Any, run: StageRun) -> None:
    flow.move(run, "open", by=by, scope=run.category.cycle)


def enter(*, by: Any, run: StageRun, application: Application) -> Entry:
    """Put an application into a stage; there already is no fault."""
    entry, made = Entry.objects.get_or_create(run=run, application=application)
    if made:
        audit.record(ENTERED, by=by, subject=application, scope=run.category.cycle, data={"stage": run.key})
    return entry


@transaction.atomic
def set_outcome(
    *, by: Any, entry: Entry, outcome: Outcome, reason: str, total: Decimal | None = None, expected: int | None = None
) -> None:
    """Decide whether an application goes on. A person decides; the cut rule's proposal stands in `reason`.

    `total` is what the decision looked at, kept beside it. Raises StaleError where `expected` is an older version.
    """
    access.check(DECIDE_STAGE, by, entry.run)
    if outcome != Outcome.PENDING and not reason.strip():
        raise flow.MoveError(_("请写明理由。"))
    fields = {"outcome": outcome, "reason": reason, "total": None if total is None else round(total, TOTAL_PLACES)}
    versions.save_edit(entry, expected=entry.version if expected is None else expected, fields=fields)
    facts = {
        "stage": entry.run.key,
        "outcome": outcome,
        "reason": reason,
        "total": None if total is None else str(total),
    }
    audit.record(OUTCOME_SET, by=by, subject=entry.application, scope=entry.run.category.cycle, data=facts)


@transaction.atomic
def set_outcomes(
    *,
    by: Any,
    run: StageRun,
    through: Mapping[UUID, str],
    stopped: Mapping[UUID, str],
    totals: Mapping[UUID, Decimal | None] | None = None,
) -> None:
    """Confirm a proposal for many entries at once: application id -> reason, and the totals that it looked at."""
    seen = totals or {}
    for entry in run.entries.select_related("application", "run__category__cycle__programme__organiser"):
        for outcome, chosen in ((Outcome.THROUGH, through), (Outcome.STOPPED, stopped)):
            key = entry.application_id
            if key in chosen:
                set_outcome(by=by, entry=entry, outcome=outcome, reason=chosen[key], total=seen.get(key))


@transaction.atomic
def decide_stage(*, by: Any, run: StageRun) -> None:
    """End a stage: whoever is through goes on, whoever is stopped has their review concluded."""
    pending = run.entries.filter(outcome=Outcome.PENDING).count()
    if pending:
        raise UndecidedError(pending)
    flow.move(run, "decide", by=by, scope=run.category.cycle)
    following = runs_after(run)
    for entry in run.entries.select_related("application__cycle"):
        if entry.outcome != Outcome.THROUGH:
            _conclude(by, entry.application)
        elif following:
            go_on(by=by, run=run, application=entry.application, following=following)
        elif not _stands_beside(run, entry.application):
            _conclude(by, entry.application)


def go_on(*, by: Any, run: StageRun, application: Application, following: Sequence[StageRun]) -> None:
    """Into the stages after `run`; where one comes after several side by side, the last of them to end lets it in."""
    predecessors = predecessors_of(run.category)
    through = set(
        application.entries.filter(outcome=Outcome.THROUGH)
        .filter(Q(run__state=StageState.DECIDED) | Q(run=run))
        .values_list("run__key", flat=True)
    )
    for after in following:
        if predecessors[after.key] <= through:
            enter(by=by, run=after, application=application)


def _stands_beside(run: StageRun, application: Application) -> bool:
    """Whether it is still judged in a stage that is not on the way to the one that ends."""
    beside = application.entries.exclude(run__key__in=upstream_of(run.category, run.key))
    return beside.exclude(run__state=StageState.DECIDED).exists()


def _conclude(by: Any, application: Application) -> None:
    if application.state == "in_review":
        flow.move(application, "conclude", by=by, scope=application.cycle)


@transaction.atomic
def reopen_stage(*, by: Any, run: StageRun, reason: str) -> None:
    flow.move(run, "reopen", by=by, scope=run.category.cycle, reason=reason)
