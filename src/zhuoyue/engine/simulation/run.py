"""One run of a plan: every application walks through the phases, first come, first served.

Chance enters through numbered streams of (seed, run), one per cause, drawn in advance for every application and
person: two plans that differ in one figure are tried on the same applications and efforts, so that their difference
is that figure's doing.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.simulation.plan import Arrivals, Floats, Phase, Plan, Pool

ARRIVALS, EFFORTS, PASSES, LOTS, TURNOUT = range(5)


@dataclass(slots=True)
class Staff:
    """The people of a pool in this run: when each is free (a heap), what they were given and how long it took."""

    free: list[float]
    tasks: int = 0
    busy: float = 0.0

    def do(self, ready: float, efforts: list[float]) -> tuple[float, float]:
        """Tasks by different people (in turns where there are too few): last start and last finish."""
        last_start = last_finish = ready
        engaged: list[float] = []
        for effort in efforts:
            if not self.free:
                self.free, engaged = engaged, []
                heapq.heapify(self.free)
            start = max(ready, heapq.heappop(self.free))
            engaged.append(start + effort)
            last_start, last_finish = max(last_start, start), max(last_finish, start + effort)
        for until in engaged:
            heapq.heappush(self.free, until)
        self.tasks += len(efforts)
        self.busy += sum(efforts)
        return last_start, last_finish


@dataclass(slots=True)
class Track:
    """What happened in a phase in this run: how many entered, when the last one left, days waited in all."""

    entered: int = 0
    finish: float = 0.0
    waited: float = 0.0


@dataclass(frozen=True, slots=True)
class Course:
    """The outcome of one run: tracks in the order of the phases, staff in the order of the pools."""

    tracks: tuple[Track, ...]
    staff: tuple[Staff, ...]


class Run:
    """The walk itself.

    A phase that starts with all applications together closes everything before it, so the plan falls into stretches;
    within a stretch one queue of (ready, phase, application) serves all phases in the order of time.
    """

    def __init__(self, plan: Plan, seed: int, number: int) -> None:
        self.plan, self.key = plan, (seed, number)
        self.arrivals: list[float] = arrival_times(plan.arrivals, self.random(ARRIVALS)).tolist()
        count = len(self.arrivals)
        phases = tuple(enumerate(plan.phases))
        self.efforts: list[list[list[float]]] = [
            phase.effort.draw(self.random(EFFORTS, place), (count, phase.tasks)).tolist() for place, phase in phases
        ]
        self.passes: list[list[bool]] = [
            (self.random(PASSES, place).random(count) < phase.passes).tolist() for place, phase in phases
        ]
        self.staff = {pool.name: staff_of(pool, self.random(TURNOUT, place)) for place, pool in enumerate(plan.pools)}
        self.tracks = [Track() for _ in phases]

    def random(self, cause: int, place: int = 0) -> np.random.Generator:
        return np.random.default_rng((*self.key, cause, place))

    def course(self) -> Course:
        day = float(self.plan.arrivals.opens)
        arrived = list(enumerate(self.arrivals))
        for stretch in stretches(self.plan.phases):
            if self.plan.phases[stretch.start].together:
                day = max([day, *(when for _, when in arrived)])
                arrived = [(application, day) for application in self.admitted(stretch.start, arrived)]
            arrived = self.walk(stretch, arrived)
            for place in stretch:
                day = self.tracks[place].finish = max(day, self.tracks[place].finish)
        return Course(tuple(self.tracks), tuple(self.staff.values()))

    def admitted(self, place: int, arrived: list[tuple[int, float]]) -> list[int]:
        applications = [application for application, _ in arrived]
        places = self.plan.phases[place].places
        if places is None or len(applications) <= places:
            return applications
        lots = self.random(LOTS, place).random(len(self.arrivals)).tolist()
        return sorted(applications, key=lots.__getitem__)[:places]

    def walk(self, stretch: range, arrived: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Bring all through the stretch; returns those who passed its last phase, with the day they left it."""
        queue = [(max(day, float(self.plan.phases[stretch.start].opens)), stretch.start, one) for one, day in arrived]
        heapq.heapify(queue)
        through = []
        while queue:
            ready, place, application = heapq.heappop(queue)
            finish = self.work(place, application, ready)
            if not self.passes[place][application]:
                continue
            if place + 1 < stretch.stop:
                heapq.heappush(queue, (max(finish, float(self.plan.phases[place + 1].opens)), place + 1, application))
            else:
                through.append((application, finish))
        return through

    def work(self, place: int, application: int, ready: float) -> float:
        phase, track, efforts = self.plan.phases[place], self.tracks[place], self.efforts[place][application]
        start, finish = ready, ready + max(efforts)
        if phase.pool is not None:
            start, finish = self.staff[phase.pool].do(ready, efforts)
        track.entered += 1
        track.waited += start - ready
        track.finish = max(track.finish, finish)
        return finish


def stretches(phases: tuple[Phase, ...]) -> list[range]:
    starts = [0, *(place for place, phase in enumerate(phases) if place and phase.together)]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(phases)], strict=True)]


def arrival_times(arrivals: Arrivals, random: np.random.Generator) -> Floats:
    count = round(float(arrivals.count.draw(random, (1,))[0]))
    share = random.random(count) ** (1.0 / arrivals.rush)
    times: Floats = arrivals.opens + share * (arrivals.closes + 1 - arrivals.opens)
    return times


def staff_of(pool: Pool, random: np.random.Generator) -> Staff:
    """At least one turns up, however small the turnout."""
    return Staff([0.0] * max(int((random.random(pool.people) < pool.turnout).sum()), 1))
