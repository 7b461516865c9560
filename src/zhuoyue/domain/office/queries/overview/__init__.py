"""A cycle on one page: what is due and whose it is, where applications stand, what the review lacks.

Everything is computed from four statements, whatever the size of the cycle.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.office.queries.overview import rows as statements
from zhuoyue.domain.office.queries.overview.dues import dues_of
from zhuoyue.domain.office.queries.overview.facts import Before, Due, Overview, QuotaUse, StageFacts
from zhuoyue.domain.office.queries.overview.places import quotas_of
from zhuoyue.domain.office.queries.overview.stages import stages_of
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import runs_of_cycle
from zhuoyue.kernel import clock
from zhuoyue.kernel.mail import OutboxMail

__all__ = ["Before", "Due", "Overview", "QuotaUse", "StageFacts", "overview_of"]

WAITING = (ApplicationState.SUBMITTED, ApplicationState.RECOMMENDED)
Rows = Sequence[dict[str, Any]]


def overview_of(
    cycle: Cycle, letters: QuerySet[OutboxMail] | None = None, runs: QuerySet[StageRun] | None = None
) -> Overview:
    """`letters`: those to be counted as not delivered. `runs`: `runs_of_cycle` with more that the caller reads."""
    phases, told = statements.phases_of(cycle, letters)
    stages = list(statements.with_moments(runs_of_cycle(cycle) if runs is None else runs))
    for run in stages:
        run.category.cycle = cycle
    examiners = statements.examiners_of(cycle, stages)
    rows = statements.registrations_of(cycle)
    states = Counter(row["application__state"] for row in rows if row["application__state"])
    serving = [one for one in examiners if one.serves]
    return Overview(
        phases=phases,
        stages=stages_of(stages, examiners, rows, _coming(stages, rows), clock.today().date()),
        dues=dues_of(cycle, stages, examiners, rows),
        registered=sum(row["state"] not in statements.GONE for row in rows),
        to_confirm=sum(row["state"] == RegistrationState.SENT for row in rows),
        started=sum(states.values()),
        sent=sum(1 for row in rows if row["application__submitted_at"] is not None),
        to_check=sum(states[state] for state in WAITING),
        accepted=sum(states[state] for state in statements.REVIEWED),
        serving=len(serving),
        capacity=sum(one.load for one in serving),
        conflicts=sum(one.to_rule for one in examiners),
        returned=states[ApplicationState.RETURNED],
        by_state=states,
        undelivered=getattr(told, "letters", 0),
        before=_before(told),
        quotas=quotas_of(cycle, rows),
    )


def _before(told: Any) -> Before | None:
    if not told.before:
        return None
    return Before(
        label=told.before,
        registered=told.before_registered,
        sent=told.before_sent,
        accepted=told.before_accepted,
        through={kind: getattr(told, f"before_{kind}") for kind in statements.KINDS},
        entered={kind: getattr(told, f"before_in_{kind}") for kind in statements.KINDS},
    )


def _coming(runs: Sequence[Any], rows: Rows) -> dict[str, int | None]:
    """Category key -> applications that may still enter its review; None while the category takes new ones."""
    waiting = Counter(
        row["category_key"] for row in rows if row["application__state"] in (*WAITING, ApplicationState.RETURNED)
    )
    return {run.category.key: None if run.taking else waiting[run.category.key] for run in runs}
