"""Likeness of structured fields: industries, fields of expertise, regions, past work.

Codes may be hierarchical (industry C2632 lies in C26, region 420111 in 4201): two codes that share a beginning are
worth the share of the longer one that they have in common, if it is at least the field's shortest meaningful prefix.
A field scores, for what the application asks, the mean over its codes of the best match among the examiner's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class AffinityError(ValueError):
    """A profile or a weight that has no meaning."""


@dataclass(frozen=True, slots=True)
class Field:
    """weight: share of this field in the whole, relative to the others.

    prefix: shortest common beginning of two codes that still counts; None: codes match entirely or not at all.
    """

    name: str
    weight: float
    prefix: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """codes: by field name, what an application asks or an examiner offers; text: in Chinese, English or both."""

    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""

    def of(self, field: str) -> tuple[str, ...]:
        return next((codes for name, codes in self.codes if name == field), ())


@dataclass(frozen=True, slots=True)
class Match:
    """What one asked code found: the closest offered one ("" for none) and its worth between 0 and 1."""

    asked: str
    offered: str
    worth: float


def worth_of(asked: str, offered: str, prefix: int | None) -> float:
    if asked == offered:
        return 1.0
    if prefix is None:
        return 0.0
    common = next((at for at, (a, b) in enumerate(zip(asked, offered, strict=False)) if a != b), None)
    shared = min(len(asked), len(offered)) if common is None else common
    return shared / max(len(asked), len(offered)) if shared >= prefix else 0.0


def matches_of(asked: Sequence[str], offered: Sequence[str], prefix: int | None) -> tuple[Match, ...]:
    """The best offered code for each asked one; of equals the first in alphabetical order."""
    found = []
    for code in asked:
        worth, best = max(((worth_of(code, o, prefix), o) for o in sorted(offered, reverse=True)), default=(0.0, ""))
        found.append(Match(code, best if worth else "", worth))
    return tuple(found)


def field_score(asked: Sequence[str], offered: Sequence[str], prefix: int | None) -> float:
    matches = matches_of(asked, offered, prefix)
    return sum(match.worth for match in matches) / len(matches) if matches else 0.0
