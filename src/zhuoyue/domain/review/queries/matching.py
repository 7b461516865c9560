"""The question that the assignment engine is asked: who may review what, how well they fit, within which rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.experts.enums import ExpertLevel, RecusalGrade
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.review.enums import AssignmentState
from zhuoyue.domain.review.models import Assignment, AssignmentRun, StageRun
from zhuoyue.domain.review.queries.stages import settings_of
from zhuoyue.domain.review.queries.teams import standing_conflicts, working_experts

if TYPE_CHECKING:
    from zhuoyue.engine.assignment import Problem

ONE_LETTER = 1  # of an industry code: the same section
SAME_INDUSTRY, SAME_SECTION, ANY_INDUSTRY = "same_industry", "same_section", "any_industry"


@dataclass(frozen=True, slots=True)
class Matching:
    """`inputs` is the same question as plain data: kept with the run, so that it can be asked again."""

    applications: tuple[Application, ...]
    experts: tuple[Expert, ...]
    problem: "Problem"
    inputs: dict[str, Any]


def fit_of(expert: Expert, application: Application) -> tuple[float, str]:
    """How well an expert knows an applicant's industry (GB/T 4754 code), 0 to 1, and why."""
    fit = _fits([application], [expert], [(0, 0)])[0]
    return fit, SAME_INDUSTRY if fit == 1 else SAME_SECTION if fit else ANY_INDUSTRY


def _fits(
    applications: Sequence[Application], experts: Sequence[Expert], pairs: Sequence[tuple[int, int]]
) -> list[float]:
    """The affinity of each pair by industry: codes that share their beginning are worth the part they share."""
    from zhuoyue.engine import affinity  # noqa: PLC0415 - only assigning needs it

    if not pairs:
        return []
    found = affinity.affinities(
        [affinity.Profile((("industry", _codes([one.organisation.industry])),)) for one in applications],
        [affinity.Profile((("industry", _codes(one.industries)),)) for one in experts],
        fields=[affinity.Field("industry", 1.0, prefix=ONE_LETTER)],
        pairs=([i for i, _j in pairs], [j for _i, j in pairs]),
    )
    fits: list[float] = found.w.tolist()
    return fits


def _codes(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(code for code in given if code))


def may_be_asked(run: StageRun) -> bool:
    """Whether there is a question at all: somebody to review, and somebody to do it."""
    return run.entries.exists() and working_experts(run.category.cycle).exists()


def matching_of(run: StageRun) -> Matching:
    """Everyone in the stage, everyone who may work, the teams that stand. Conflicts are pairs that do not exist."""
    applications = tuple(
        entry.application
        for entry in run.entries.select_related("application__organisation").order_by("application__number")
    )
    experts = tuple(working_experts(run.category.cycle))
    barred, barred_from_cycle = _bars(experts)
    possible = [
        (i, j)
        for i, application in enumerate(applications)
        for j, expert in enumerate(experts)
        if _may_meet(expert, application, barred, barred_from_cycle)
    ]
    fits = _fits(applications, experts, possible)
    pairs = [(i, j, fit) for (i, j), fit in zip(possible, fits, strict=True)]
    team = settings_of(run).team
    size = team.at_least if team is not None else 1
    most = team.load_at_most if team is not None and team.load_at_most else None
    pinned = _pinned(run, applications, experts, set(possible))
    inputs = {
        "applications": [str(application.pk) for application in applications],
        "experts": [str(expert.pk) for expert in experts],
        "pairs": [[i, j, str(w)] for i, j, w in pairs],
        "size": size,
        "loads": [min(expert.most_load, most) if most else expert.most_load for expert in experts],
        "pinned": [list(pair) for pair in pinned],
    }
    return Matching(applications, experts, _problem(inputs, pairs, experts, team), inputs)


def _bars(experts: Sequence[Expert]) -> tuple[set[tuple[UUID, UUID]], set[UUID]]:
    rows = standing_conflicts(experts).values_list("expert_id", "organisation_id", "grade")
    pairs = {(expert, organisation) for expert, organisation, _grade in rows}
    return pairs, {expert for expert, _organisation, grade in rows if grade == RecusalGrade.CYCLE}


def _may_meet(expert: Expert, application: Application, barred: set[tuple[UUID, UUID]], everywhere: set[UUID]) -> bool:
    own = expert.employer_id is not None and expert.employer_id == application.organisation_id
    return not own and expert.pk not in everywhere and (expert.pk, application.organisation_id) not in barred


def _pinned(
    run: StageRun, applications: Sequence[Application], experts: Sequence[Expert], possible: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs that a person has fixed and that still may stand."""
    rows = {application.pk: i for i, application in enumerate(applications)}
    people = {expert.pk: j for j, expert in enumerate(experts)}
    fixed = Assignment.objects.filter(run=run, pinned=True, state=AssignmentState.ACTIVE)
    found = [(rows.get(pair.application_id, -1), people.get(pair.expert_id, -1)) for pair in fixed]
    return sorted(pair for pair in found if pair in possible)


def _problem(
    inputs: dict[str, Any], pairs: Sequence[tuple[int, int, float]], experts: Sequence[Expert], team: Any
) -> "Problem":
    from zhuoyue.engine import assignment  # noqa: PLC0415 - 75 MB of libraries, loaded where teams are computed

    levels = {
        ExpertLevel.TRAINEE: assignment.TRAINEE,
        ExpertLevel.EXAMINER: assignment.ORDINARY,
        ExpertLevel.SENIOR: assignment.SENIOR,
    }
    employers = {
        employer: number for number, employer in enumerate({expert.employer_id for expert in experts} - {None})
    }
    regions = {region: number for number, region in enumerate(sorted({expert.region for expert in experts} - {""}))}
    rules = assignment.TeamRules(
        min_seniors=team.seniors_at_least if team else 0,
        max_trainees=team.trainees_at_most if team else None,
        max_per_employer=team.at_most_per_employer if team else None,
        max_per_region=team.at_most_per_region if team else None,
        leader=bool(team and team.leader and team.seniors_at_least),
    )
    return assignment.Problem(
        p=[i for i, _j, _w in pairs],
        r=[j for _i, j, _w in pairs],
        w=[w for _i, _j, w in pairs],
        demand=[inputs["size"]] * len(inputs["applications"]),
        load_min=[0] * len(experts),
        load_max=inputs["loads"],
        levels=[levels[ExpertLevel(expert.level)] for expert in experts],
        employers=[employers.get(expert.employer_id, -1) for expert in experts],
        regions=[regions.get(expert.region, -1) for expert in experts],
        pinned=[(i, j) for i, j in inputs["pinned"]],
        team=rules,
    )


def load_of(run: StageRun) -> Counter[UUID]:
    """Expert -> how many applications of the stage they have."""
    rows = Assignment.objects.filter(run=run, state=AssignmentState.ACTIVE).values_list("expert_id", flat=True)
    return Counter(rows)


def pairs_of(run: StageRun) -> list[Assignment]:
    """Active assignments of a stage, team by team."""
    return list(
        Assignment.objects.filter(run=run, state=AssignmentState.ACTIVE)
        .select_related("expert__person", "expert__employer", "application__organisation")
        .order_by("application__number", "role", "alias")
    )


def pair_by_id(pair_id: UUID) -> Assignment | None:
    return (
        Assignment.objects.select_related(
            "run__category__cycle__programme__organiser__organisation",
            "run__category__cycle__rules",
            "expert__person",
            "application__organisation",
        )
        .filter(pk=pair_id)
        .first()
    )


def last_run_of(run: StageRun) -> AssignmentRun | None:
    """The last answer of the engine, without its question."""
    return AssignmentRun.objects.filter(run=run).select_related("by").defer("inputs").order_by("-at").first()
