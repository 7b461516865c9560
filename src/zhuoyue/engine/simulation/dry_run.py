"""Try a plan many times: when each phase ends, where applications wait, whether the people suffice."""

import math
from dataclasses import dataclass

from zhuoyue.engine.simulation.plan import Phase, Plan, PlanError, Pool
from zhuoyue.engine.simulation.run import Course, Run


@dataclass(frozen=True, slots=True)
class PhaseOutcome:
    """What the runs say of a phase.

    `finish` holds, sorted, the day on which the last application left it, one per run. `late` is the share of runs
    that ended after the planned day, `entered` the mean number of applications that came in, `waited` the mean days
    an application waited for people, `worst_wait` the share of runs in which nowhere else was waited as long in all.
    """

    name: str
    due: int
    finish: tuple[int, ...]
    late: float
    entered: float
    waited: float
    worst_wait: float

    def finish_by(self, probability: float) -> int:
        """The first day by which the phase is over with at least this probability, as the runs went."""
        if not 0 < probability <= 1:
            raise PlanError(f"A probability lies above 0 and at most at 1, not at {probability}.")
        return self.finish[math.ceil(probability * len(self.finish)) - 1]


@dataclass(frozen=True, slots=True)
class PoolOutcome:
    """What the runs say of a pool.

    `tasks`, `busy` (person-days) and `tasks_each` (per person who turned up) are means over the runs; `overload` is
    the share of runs with more tasks than those who turned up may be given.
    """

    name: str
    tasks: float
    busy: float
    tasks_each: float
    overload: float


@dataclass(frozen=True, slots=True)
class DryRun:
    """`bottleneck` names the phase that was most often the one with the longest waiting; None when nobody waited."""

    runs: int
    phases: tuple[PhaseOutcome, ...]
    pools: tuple[PoolOutcome, ...]
    bottleneck: str | None


def dry_run(plan: Plan, *, seed: int, runs: int = 200) -> DryRun:
    """Try `plan` `runs` times. The same plan, seed and runs give the same outcome."""
    if runs < 1:
        raise PlanError(f"A plan is tried at least once, not {runs} times.")
    courses = [Run(plan, seed, number).course() for number in range(runs)]
    phases = tuple(phase_outcome(place, phase, courses) for place, phase in enumerate(plan.phases))
    pools = tuple(pool_outcome(place, pool, courses) for place, pool in enumerate(plan.pools))
    worst = max(phases, key=lambda phase: phase.worst_wait)
    return DryRun(runs, phases, pools, worst.name if worst.worst_wait > 0 else None)


def phase_outcome(place: int, phase: Phase, courses: list[Course]) -> PhaseOutcome:
    tracks = [course.tracks[place] for course in courses]
    # work that ends with a day (9.0: the end of day 8) counts for that day
    finish = tuple(sorted(math.ceil(track.finish) - 1 for track in tracks))
    entered = sum(track.entered for track in tracks)
    worst = sum(
        track.waited > 0 and track.waited == max(other.waited for other in course.tracks)
        for track, course in zip(tracks, courses, strict=True)
    )
    return PhaseOutcome(
        name=phase.name,
        due=phase.due,
        finish=finish,
        late=sum(day > phase.due for day in finish) / len(courses),
        entered=entered / len(courses),
        waited=sum(track.waited for track in tracks) / max(entered, 1),
        worst_wait=worst / len(courses),
    )


def pool_outcome(place: int, pool: Pool, courses: list[Course]) -> PoolOutcome:
    staff = [course.staff[place] for course in courses]
    overloaded = 0 if pool.load is None else sum(one.tasks > len(one.free) * pool.load for one in staff)
    return PoolOutcome(
        name=pool.name,
        tasks=sum(one.tasks for one in staff) / len(staff),
        busy=sum(one.busy for one in staff) / len(staff),
        tasks_each=sum(one.tasks / len(one.free) for one in staff) / len(staff),
        overload=overloaded / len(staff),
    )
