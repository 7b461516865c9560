"""Putting examiners on applications: by the engine, and by hand."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.experts.enums import ExpertLevel
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.review.enums import AssignmentState, TeamRole
from zhuoyue.domain.review.models import Assignment, AssignmentRun, StageRun
from zhuoyue.domain.review.queries.matching import Matching, fit_of, matching_of, may_be_asked
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.teams import conflict_with, invitation_of, may_work
from zhuoyue.domain.review.rules import ASSIGN
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, flow

ASSIGNED = audit.verb("review.assigned", gettext_lazy("分配评审员"))
RUN_DONE = audit.verb("review.assignment_run", gettext_lazy("计算分配方案"))
LED = audit.verb("review.leader_named", gettext_lazy("指定组长"))

ALIASES = tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")


class AssignmentRefusedError(Exception):
    """A pair that must not be, or a question without an answer; says why and what would mend it."""


class NoAssignmentError(AssignmentRefusedError):
    """No assignment keeps every rule. `diagnosis` numbers the applications and experts of `matching`."""

    def __init__(self, diagnosis: Any, matching: Matching) -> None:
        super().__init__(str(diagnosis))
        self.diagnosis = diagnosis
        self.matching = matching


@transaction.atomic
def assign_by_engine(*, by: Any, run: StageRun, seed: int) -> AssignmentRun:
    """Ask the engine for the best teams. Pinned pairs stay, pairs it no longer wants end, the others keep their work.

    The question, the seed and the answer are kept: the same question with the same seed gives the same answer.
    """
    from zhuoyue.engine import assignment as engine  # noqa: PLC0415 - heavy, loaded where teams are computed

    access.check(ASSIGN, by, run)
    _hold(run)
    if not may_be_asked(run):
        raise AssignmentRefusedError(_("还没有申报进入这个阶段，或者还没有可以派出的评审员，无从分配。"))
    matching = matching_of(run)
    try:
        result = engine.assign(matching.problem, seed=seed, objective="worst_first", price=0.02)
    except engine.InfeasibleError as error:
        raise NoAssignmentError(error.diagnosis, matching) from error
    wanted = {(matching.applications[i].pk, matching.experts[j].pk): (i, j) for i, j in result.pairs}
    leaders = {matching.applications[i].pk: matching.experts[j].pk for i, j in enumerate(result.leaders) if j >= 0}
    standing = {
        (pair.application_id, pair.expert_id): pair
        for pair in Assignment.objects.filter(run=run, state=AssignmentState.ACTIVE).select_related(
            "run__category__cycle"
        )
    }
    for key, pair in standing.items():
        if key not in wanted:
            flow.move(pair, "end", by=by, scope=run.category.cycle, reason=_("按新的分配方案调整"))
    for key, (i, j) in wanted.items():
        if key not in standing:
            _put(by, run, matching.applications[i], matching.experts[j])
    _name_leaders(run, leaders)
    return _keep(by, run, seed, matching, result)


def _keep(by: Any, run: StageRun, seed: int, matching: Matching, result: Any) -> AssignmentRun:
    digest = hashlib.sha256(chain.canonical(matching.inputs)).hexdigest()
    answer = {
        "pairs": [list(pair) for pair in result.pairs],
        "total": str(round(result.total, 6)),
        "optimum": str(round(result.optimum, 6)),
        "worst": str(round(result.worst, 6)),
        "method": result.method,
    }
    kept = AssignmentRun.objects.create(
        run=run, seed=seed, inputs=matching.inputs, digest=digest, result=answer, by=by, at=clock.now()
    )
    facts = {"seed": seed, "digest": digest, "pairs": len(result.pairs)}
    audit.record(RUN_DONE, by=by, subject=kept, scope=run.category.cycle, data=facts)
    return kept


def _hold(run: StageRun) -> None:
    """Two who put examiners on applications of a stage at once take turns, and the second sees what the first did."""
    StageRun.objects.select_for_update().values_list("pk", flat=True).get(pk=run.pk)


def _put(by: Any, run: StageRun, application: Application, expert: Expert, *, pinned: bool = False) -> Assignment:
    """A new assignment under an alias that nobody of the team has had; one that ended is restored."""
    ended = Assignment.objects.filter(run=run, application=application, expert=expert).first()
    if ended is not None:
        flow.move(ended, "restore", by=by, scope=run.category.cycle)
        ended.pinned = pinned
        ended.save(update_fields=["pinned"])
        return ended
    taken = set(Assignment.objects.filter(run=run, application=application).values_list("alias", flat=True))
    fit, why = fit_of(expert, application)
    role = TeamRole.TRAINEE if expert.level == ExpertLevel.TRAINEE else TeamRole.MEMBER
    pair = Assignment.objects.create(
        run=run,
        application=application,
        expert=expert,
        role=role,
        alias=secrets.choice([alias for alias in ALIASES if alias not in taken]),
        pinned=pinned,
        reason={"fit": str(fit), "why": why},
        assigned_at=clock.now(),
    )
    facts = {"expert": str(expert.pk), "role": role, "pinned": pinned}
    audit.record(ASSIGNED, by=by, subject=application, scope=run.category.cycle, data=facts)
    return pair


def _name_leaders(run: StageRun, leaders: dict[Any, Any]) -> None:
    for pair in Assignment.objects.filter(run=run, state=AssignmentState.ACTIVE).exclude(role=TeamRole.TRAINEE):
        role = TeamRole.LEADER if leaders.get(pair.application_id) == pair.expert_id else TeamRole.MEMBER
        if pair.role != role:
            pair.role = role
            pair.save(update_fields=["role"])


@transaction.atomic
def assign_by_hand(*, by: Any, run: StageRun, application: Application, expert: Expert) -> Assignment:
    """Fix a pair. The engine keeps it; a conflict or a missing undertaking refuses it."""
    access.check(ASSIGN, by, run)
    _hold(run)
    if conflict_with(expert, application):
        raise AssignmentRefusedError(_("%(name)s与申报单位有利益冲突，不能分配。") % {"name": expert.person.name})
    if not may_work(invitation_of(expert.person, run.category.cycle)):
        raise AssignmentRefusedError(
            _("%(name)s还没有接受邀请、签署承诺并声明利益冲突，不能分配。") % {"name": expert.person.name}
        )
    standing = Assignment.objects.filter(
        run=run, application=application, expert=expert, state=AssignmentState.ACTIVE
    ).first()
    if standing is not None:
        return standing
    _check_size(run, application)
    return _put(by, run, application, expert, pinned=True)


def _check_size(run: StageRun, application: Application) -> None:
    """A team of the size that the rules allow at most takes nobody more."""
    team = settings_of(run).team
    if team is None or team.at_most is None:
        return
    active = Assignment.objects.filter(run=run, application=application, state=AssignmentState.ACTIVE)
    if active.count() >= team.at_most:
        facts = {"name": application.title, "most": team.at_most}
        words = _("%(name)s的专家组至多%(most)s人，人数已满；请先解除一人。") % facts
        raise AssignmentRefusedError(words)


@transaction.atomic
def end_assignment(*, by: Any, pair: Assignment, reason: str) -> None:
    """Take an examiner off. Their scores stay readable to auditors and count no more."""
    flow.move(pair, "end", by=by, scope=pair.run.category.cycle, reason=reason)


@transaction.atomic
def name_leader(*, by: Any, pair: Assignment) -> None:
    """One leader for each team; the earlier one becomes a member."""
    access.check(ASSIGN, by, pair.run)
    team = Assignment.objects.filter(run=pair.run, application=pair.application, state=AssignmentState.ACTIVE)
    team.filter(role=TeamRole.LEADER).update(role=TeamRole.MEMBER)
    pair.role = TeamRole.LEADER
    pair.save(update_fields=["role"])
    facts = {"expert": str(pair.expert_id)}
    audit.record(LED, by=by, subject=pair.application, scope=pair.run.category.cycle, data=facts)
