"""Assignment problems to measure on: public ones from the shared data folder, and generated ones."""

import os
from pathlib import Path

import numpy as np

from zhuoyue.engine.assignment import Problem, TeamRules

PUBLIC = ("midl", "midl0", "preflib3", "aamas2016")
CONFLICTS = 0.02
SIZES = {"1k x 500": (1_000, 500), "10k x 5k": (10_000, 5_000), "100k x 30k": (100_000, 30_000)}


def shared() -> Path:
    return Path(os.environ.get("ZHUOYUE_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def public(name: str, *, team: TeamRules | None = None) -> Problem | None:
    """None, with a message, where the data folder is absent."""
    path = shared() / "data" / "assignment" / f"{name}.npz"
    if not path.exists():
        print(f"skipped {name}: {path} is absent (set ZHUOYUE_SHARED)")
        return None
    with np.load(path) as data:
        return Problem(
            p=data["p"],
            r=data["r"],
            w=data["w"],
            demand=data["k"],
            load_min=data["lo"],
            load_max=data["hi"],
            levels=data["level"],
            team=team,
        )


def generated(
    applications: int,
    examiners: int,
    *,
    seed: int = 0,
    skew: float = 0.9,
    tight: float = 1.35,
    team: TeamRules | None = None,
) -> Problem:
    """50 candidates per application, three wanted, 2 % conflicts.

    Topics are skewed, and more so among applications (`skew`) than among examiners; 30 candidates come from the main
    topic, 12 from a second, 8 from anywhere. `tight`: largest load in mean loads; the smallest is a third of the mean.
    """
    rng = np.random.default_rng(seed)
    topics = max(12, int(np.sqrt(examiners)))
    rank = np.arange(1, topics + 1)
    demanded, offered = rank**-skew, rank ** -(skew - 0.2)
    topic = rng.choice(topics, examiners, p=offered / offered.sum())
    topic[:topics] = np.arange(topics)
    by_topic = np.argsort(topic, kind="stable")
    first = np.searchsorted(topic[by_topic], np.arange(topics + 1))
    main = rng.choice(topics, applications, p=demanded / demanded.sum())
    second = rng.choice(topics, applications, p=offered / offered.sum())

    def candidates(of: np.ndarray, count: int) -> np.ndarray:
        size = (first[of + 1] - first[of])[:, None]
        return by_topic[first[of][:, None] + (rng.random((applications, count)) * size).astype(np.int64)]

    anyone = rng.integers(examiners, size=(applications, 8))
    r = np.hstack([candidates(main, 30), candidates(second, 12), anyone]).ravel()
    key = np.unique(np.repeat(np.arange(applications), 50) * examiners + r)
    p, r = np.divmod(key[rng.random(key.size) >= CONFLICTS], examiners)
    skill = rng.normal(0, 0.08, examiners)
    fit = np.where(topic[r] == main[p], 0.62, np.where(topic[r] == second[p], 0.42, 0.15))
    mean = applications * 3 / examiners
    return Problem(
        p=p,
        r=r,
        w=np.clip(fit + skill[r] + rng.normal(0, 0.1, p.size), 0, 1),
        demand=np.full(applications, 3),
        load_min=np.full(examiners, int(mean / 3)),
        load_max=np.full(examiners, int(np.ceil(mean * tight))),
        levels=rng.choice(3, examiners, p=[0.3, 0.4, 0.3]),
        team=team,
    )


def even(applications: int, examiners: int, *, seed: int = 0, skew: float = 1.3, tight: float = 1.12) -> Problem:
    """The same sizes, but nearly every application could have equally much, so that all compete for the bound.

    Affinity knows one's own topic (30 candidates) and all others (20), with little noise; popular topics are short of
    examiners, loads are tight, the smallest is a third of the mean.
    """
    rng = np.random.default_rng(seed)
    topics = max(15, int(np.sqrt(examiners)))
    rank = np.arange(1, topics + 1)
    demanded, offered = rank**-skew, rank ** (-0.7 * skew)
    wanted = rng.choice(topics, applications, p=demanded / demanded.sum())
    topic = rng.choice(topics, examiners, p=offered / offered.sum())
    topic[:topics] = np.arange(topics)
    by_topic = np.argsort(topic, kind="stable")
    first = np.searchsorted(topic[by_topic], np.arange(topics + 1))
    size = np.diff(first)[wanted][:, None]
    own = by_topic[first[wanted][:, None] + (rng.random((applications, 30)) * size).astype(np.int64)]
    r = np.hstack([own, rng.integers(examiners, size=(applications, 20))]).ravel()
    key = np.unique(np.repeat(np.arange(applications), 50) * examiners + r)
    p, r = np.divmod(key[rng.random(key.size) >= CONFLICTS], examiners)
    mean = applications * 3 / examiners
    return Problem(
        p=p,
        r=r,
        w=np.clip(np.where(topic[r] == wanted[p], 0.7, 0.25) + rng.normal(0, 0.12, p.size), 0, 1),
        demand=np.full(applications, 3),
        load_min=np.minimum(int(mean / 3), np.bincount(r, minlength=examiners) // 4),
        load_max=np.full(examiners, int(np.ceil(mean * tight))),
    )


def popular(applications: int, examiners: int, *, seed: int = 0, spread: float = 1.0) -> Problem:
    """No topics: a few examiners are wanted by everybody, and their affinities are high; the rest is chance."""
    rng = np.random.default_rng(seed)
    fame = rng.lognormal(0, spread, examiners)
    wanted = rng.choice(examiners, (applications, 35), p=fame / fame.sum())
    r = np.hstack([wanted, rng.integers(examiners, size=(applications, 15))]).ravel()
    key = np.unique(np.repeat(np.arange(applications), 50) * examiners + r)
    p, r = np.divmod(key[rng.random(key.size) >= CONFLICTS], examiners)
    mean = applications * 3 / examiners
    return Problem(
        p=p,
        r=r,
        w=rng.random(p.size) * rng.beta(5, 1.5, examiners)[r],
        demand=np.full(applications, 3),
        load_min=np.minimum(int(mean / 3), np.bincount(r, minlength=examiners) // 4),
        load_max=np.full(examiners, int(np.ceil(mean * 1.35))),
    )
