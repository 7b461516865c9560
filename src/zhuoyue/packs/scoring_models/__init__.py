"""Scoring models as data: percent bands, grades and points, with the words that guide an examiner."""

from zhuoyue.packs.scoring_models.loader import load_scoring_model, shipped_scoring_models
from zhuoyue.packs.scoring_models.schema import Band, Dimension, Grade, ScoringModelData

__all__ = ["Band", "Dimension", "Grade", "ScoringModelData", "load_scoring_model", "shipped_scoring_models"]
