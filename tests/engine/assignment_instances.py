"""Small random problems and every valid answer to them, found without any solver."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from zhuoyue.engine.assignment import SENIOR, TRAINEE, Problem, TeamRules

Team = tuple[int, ...]


@st.composite
def problems(draw, *, teams: bool = False, pins: bool = False, most: int = 4):
    n, m = draw(st.integers(1, most)), draw(st.integers(2, most + 1))
    pairs = [(i, j) for i in range(n) for j in range(m) if draw(st.integers(0, 9))]
    tenths = st.integers(-3, 10).map(lambda x: x / 10)
    people = st.lists(st.integers(0, 2), min_size=m, max_size=m)
    low = draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=m, max_size=m))
    limit = st.sampled_from([None, 1])
    rules = TeamRules(draw(st.integers(0, 1)), draw(limit), draw(limit), draw(limit)) if teams else TeamRules()
    marked = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pins and pairs else []
    return Problem(
        p=[i for i, _ in pairs],
        r=[j for _, j in pairs],
        w=[draw(tenths) for _ in pairs],
        demand=draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)),
        load_min=low,
        load_max=[bound + draw(st.integers(0, 3)) for bound in low],
        levels=draw(people),
        employers=draw(people),
        regions=draw(people),
        pinned=marked[:1],
        forbidden=marked[1:],
        team=rules,
    )


def keeps_rules(problem: Problem, team: Team) -> bool:
    rules, level = problem.team, Counter(int(problem.levels[j]) for j in team)
    seniors = min(max(rules.min_seniors, int(rules.leader)), len(team))
    shared = (
        (rules.max_trainees, [level[TRAINEE]]),
        (
            rules.max_per_employer,
            Counter(int(problem.employers[j]) for j in team if problem.employers[j] >= 0).values(),
        ),
        (rules.max_per_region, Counter(int(problem.regions[j]) for j in team if problem.regions[j] >= 0).values()),
    )
    return level[SENIOR] >= seniors and all(limit is None or max(sizes, default=0) <= limit for limit, sizes in shared)


def teams_of(problem: Problem, i: int) -> list[Team]:
    open_to = [
        int(j) for p, j in zip(problem.p, problem.r, strict=True) if p == i and (i, int(j)) not in problem.forbidden
    ]
    pinned = {j for application, j in problem.pinned if application == i}
    choices = combinations(open_to, int(problem.demand[i]))
    return [team for team in choices if pinned <= set(team) and keeps_rules(problem, team)]


def every_answer(problem: Problem) -> Iterator[tuple[Team, ...]]:
    choices = [teams_of(problem, i) for i in range(problem.applications)]
    loads = np.zeros(problem.examiners, dtype=int)

    def extend(done: tuple[Team, ...]) -> Iterator[tuple[Team, ...]]:
        if len(done) == problem.applications:
            if (loads >= problem.load_min).all():
                yield done
            return
        for team in choices[len(done)]:
            loads[list(team)] += 1
            if (loads <= problem.load_max).all():
                yield from extend((*done, team))
            loads[list(team)] -= 1

    yield from extend(())


def scores(problem: Problem, answer: tuple[Team, ...]) -> list[float]:
    weight = {(int(i), int(j)): float(w) for i, j, w in zip(problem.p, problem.r, problem.w, strict=True)}
    return [sum(weight[i, j] for j in team) for i, team in enumerate(answer)]


def crowded(seed: int, *, applications: int = 60, examiners: int = 30, density: float = 0.5, **more) -> Problem:
    """Everybody wants the same few examiners."""
    rng = np.random.default_rng(seed)
    p, r = np.divmod(np.flatnonzero(rng.random(applications * examiners) < density), examiners)
    mean = applications * 3 // examiners
    w = np.clip(rng.random(examiners)[r] * 0.6 + rng.random(p.size) * 0.4 - rng.random(applications)[p] * 0.2, 0, 1)
    return Problem(
        p=p,
        r=r,
        w=w,
        demand=np.full(applications, 3),
        load_min=np.full(examiners, mean // 2),
        load_max=np.full(examiners, mean + 1),
        levels=rng.permutation(np.arange(examiners) % (SENIOR + 1)),
        employers=rng.integers(0, 12, examiners),
        regions=rng.integers(0, 6, examiners),
        **more,
    )
