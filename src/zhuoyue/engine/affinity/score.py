"""Affinity of application and examiner: weighted mean of fields and text, and the reasons of every score.

A field of which the application says nothing is left out for it, and the remaining weights share the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from zhuoyue.engine.affinity.fields import (
    AffinityError,
    Field,
    FloatArray,
    IntArray,
    Match,
    Profile,
    field_score,
    matches_of,
)
from zhuoyue.engine.affinity.texts import TextModel, compare_texts

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """share: weight of this part among those that count for the application; points: share times score."""

    name: str
    score: float
    share: float
    points: float
    matches: tuple[Match, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """parts add up to the affinity; sentence: the same in words."""

    affinity: float
    parts: tuple[Part, ...]
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Affinities:
    """p, r: the pairs asked about; w: their affinity, 0 to 1."""

    p: IntArray
    r: IntArray
    w: FloatArray
    fields: tuple[Field, ...]
    text_weight: float
    applications: tuple[Profile, ...]
    examiners: tuple[Profile, ...]
    texts: TextModel

    def explain(self, application: int, examiner: int, *, terms: int = 5) -> Explanation:
        """Which codes matched, which terms contributed, and how many points of the affinity each part brings."""
        asks, offers = self.applications[application], self.examiners[examiner]
        parts = []
        whole = float(_weights(asks, self.fields, self.text_weight).sum()) or 1.0
        for field in self.fields:
            if asks.of(field.name):
                matches = matches_of(asks.of(field.name), offers.of(field.name), field.prefix)
                score = field_score(asks.of(field.name), offers.of(field.name), field.prefix)
                share = field.weight / whole
                parts.append(Part(field.name, score, share, share * score, matches))
        if asks.text and self.text_weight:
            score = float(self.texts.likeness(np.array([application]), np.array([examiner]))[0])
            share = self.text_weight / whole
            words = self.texts.contributions(application, examiner, most=terms)
            parts.append(Part(TEXT, score, share, share * score, (), words))
        total = sum(part.points for part in parts)
        return Explanation(total, tuple(parts), _sentence(total, parts))


def affinities(
    applications: Sequence[Profile],
    examiners: Sequence[Profile],
    *,
    fields: Sequence[Field],
    text_weight: float = 0.0,
    pairs: tuple[ArrayLike, ArrayLike] | None = None,
) -> Affinities:
    """Affinity of the given pairs (applications, examiners), of every pair where none are given."""
    weights = [*(field.weight for field in fields), text_weight]
    if min(weights) < 0 or sum(weights) <= 0:
        raise AffinityError("Weights are not negative and at least one is positive.")
    names = [field.name for field in fields]
    if len(set(names)) < len(names) or TEXT in names:
        raise AffinityError('Fields have different names, none of them "text".')
    n, m = len(applications), len(examiners)
    p, r = np.divmod(np.arange(n * m), max(m, 1)) if pairs is None else (np.asarray(side) for side in pairs)
    if p.size and (p.min() < 0 or p.max() >= n or r.min() < 0 or r.max() >= m):
        raise AffinityError("A pair names an application or an examiner that has no profile.")
    texts = compare_texts(
        [a.text if text_weight else "" for a in applications], [e.text if text_weight else "" for e in examiners]
    )
    shares = np.array([_weights(profile, fields, text_weight) for profile in applications], dtype=np.float64)
    shares = shares.reshape(n, len(weights))
    shares /= np.where(shares.sum(axis=1) > 0, shares.sum(axis=1), 1)[:, None]
    w = shares[p, -1] * (texts.likeness(p, r) if text_weight else 0.0)
    for at, field in enumerate(fields):
        w += shares[p, at] * _field_scores(field, applications, examiners, p, r)
    return Affinities(p, r, w, tuple(fields), text_weight, tuple(applications), tuple(examiners), texts)


def _weights(profile: Profile, fields: Sequence[Field], text_weight: float) -> FloatArray:
    said = [field.weight if profile.of(field.name) else 0.0 for field in fields]
    return np.array([*said, text_weight if profile.text else 0.0], dtype=np.float64)


def _field_scores(
    field: Field, applications: Sequence[Profile], examiners: Sequence[Profile], p: IntArray, r: IntArray
) -> FloatArray:
    """Profiles share few distinct sets of codes, so each pair of sets is compared once."""
    asked, ask = _numbered([profile.of(field.name) for profile in applications])
    offered, offer = _numbered([profile.of(field.name) for profile in examiners])

    distinct, at = np.unique(ask[p] * max(len(offered), 1) + offer[r], return_inverse=True)
    sets = [divmod(int(key), max(len(offered), 1)) for key in distinct]
    scores = np.array([field_score(asked[a], offered[b], field.prefix) for a, b in sets], dtype=np.float64)
    return scores[at]


def _numbered(sets: Sequence[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], IntArray]:
    numbers: dict[tuple[str, ...], int] = {}
    which = np.array([numbers.setdefault(codes, len(numbers)) for codes in sets], dtype=np.int64)
    return list(numbers), which


def _sentence(total: float, parts: Sequence[Part]) -> str:
    told = []
    for part in parts:
        reasons = [
            match.asked if match.asked == match.offered else f"{match.asked}~{match.offered}"
            for match in part.matches
            if match.worth
        ]
        reasons += [term for term, _ in part.terms]
        told.append(f"{part.name} {part.points:.3f} ({', '.join(reasons) or 'nothing in common'})")
    return f"Affinity {total:.3f}: {'; '.join(told) or 'the application says nothing to compare'}."
