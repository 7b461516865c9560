"""Affinity of applications and examiners from structured fields and from texts in Chinese and English, explained."""

from zhuoyue.engine.affinity.fields import AffinityError, Field, Match, Profile
from zhuoyue.engine.affinity.score import Affinities, Explanation, Part, affinities
from zhuoyue.engine.affinity.texts import TextModel, compare_texts

__all__ = [
    "Affinities",
    "AffinityError",
    "Explanation",
    "Field",
    "Match",
    "Part",
    "Profile",
    "TextModel",
    "affinities",
    "compare_texts",
]
