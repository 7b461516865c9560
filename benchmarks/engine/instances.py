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
