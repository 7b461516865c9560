"""Affinity: time of a realistic pool, and whether texts find their own kind."""

import time
from typing import Any

import numpy as np

from zhuoyue.engine.affinity import Field, Profile, affinities

BENCH = "affinity"
FIELDS = (Field("industry", 3, prefix=2), Field("expertise", 2), Field("region", 1, prefix=4))
SUBJECTS = 12
FOUND = 0.9
EXACT = 1e-9
WORDS = 40
"""Words of each subject's own, drawn from a common stock of characters, as Chinese texts share theirs."""


def run(scale: str) -> list[dict[str, Any]]:
    applications, examiners = (2_000, 800) if scale == "full" else (300, 150)
    rng = np.random.default_rng(0)
    stock = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]
    subjects = [["".join(rng.choice(stock, 2)) for _ in range(WORDS)] for _ in range(SUBJECTS)]
    common = ["".join(rng.choice(stock, 2)) for _ in range(200)]
    asks, topics = zip(*(_profile(rng, subjects, common) for _ in range(applications)), strict=True)
    offers, skills = zip(*(_profile(rng, subjects, common) for _ in range(examiners)), strict=True)
    start = time.process_time()
    found = affinities(asks, offers, fields=FIELDS, text_weight=2)
    seconds = time.process_time() - start
    case = f"{applications} x {examiners}"
    pairs = applications * examiners
    return [
        _row(case, "pairs per second", pairs / seconds, "1/s cpu", "", ok=True),
        _own_kind(case, "fields and text", found.w.reshape(applications, examiners), topics, skills),
        _own_kind(
            case,
            "text alone",
            affinities(asks, offers, fields=(), text_weight=1).w.reshape(applications, -1),
            topics,
            skills,
        ),
        _explained(case, found, rng),
    ]


def _profile(rng: np.random.Generator, subjects: list[list[str]], common: list[str]) -> tuple[Profile, int]:
    subject = int(rng.integers(SUBJECTS))
    words = [*rng.choice(subjects[subject], 60), *rng.choice(common, 140)]
    rng.shuffle(words)
    codes = (
        ("industry", (f"C{10 + subject}{rng.integers(10, 99)}",)),
        ("expertise", (f"e{subject}", f"e{rng.integers(SUBJECTS)}")),
        ("region", (f"{rng.integers(10, 60)}{rng.integers(10, 20)}{rng.integers(10, 30)}",)),
    )
    return Profile(codes, "".join(words)), subject


def _own_kind(
    case: str, name: str, scores: np.ndarray, topics: tuple[int, ...], skills: tuple[int, ...]
) -> dict[str, Any]:
    """Share of each application's ten best examiners who are of its subject; by chance 1 in `SUBJECTS`."""
    best = np.argsort(-scores, axis=1)[:, :10]
    share = float((np.array(skills)[best] == np.array(topics)[:, None]).mean())
    chance = {"other": "chance", "other_value": 1 / SUBJECTS}
    return _row(case, f"ten best of its subject, {name}", share, "", ">= 0.9", ok=share >= FOUND, **chance)


def _explained(case: str, found: Any, rng: np.random.Generator) -> dict[str, Any]:
    sample = rng.integers(found.w.size, size=100)
    off = max(abs(found.explain(int(found.p[x]), int(found.r[x])).affinity - found.w[x]) for x in sample)
    return _row(case, "explanation against score", off, "", "<= 1e-9", ok=bool(off <= EXACT))


def _row(case: str, measure: str, ours: float, unit: str, target: str, *, ok: bool, **other: Any) -> dict[str, Any]:
    row = {"bench": BENCH, "case": case, "measure": measure, "ours": ours, "unit": unit, "other": None}
    return {**row, "other_value": None, "target": target, "ok": ok, **other}
