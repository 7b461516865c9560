"""Scoring models by key: one for the process items, one for the results items of a scorebook."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from zhuoyue.engine import scoring
from zhuoyue.packs.scoring_models import ScoringModelData, shipped_scoring_models


class Scales(NamedTuple):
    """Keys of scoring models; empty where nothing of the kind is scored."""

    process: str
    results: str

    def key_of(self, kind: str) -> str:
        """`kind`: of a node of a standard."""
        return self.process if kind == "process" else self.results

    def model_of(self, kind: str) -> scoring.ScoringModel:
        """As the engine reads it."""
        return _model(self.key_of(kind))

    def words_of(self, kind: str) -> ScoringModelData:
        """As people read it: band names and meanings, questions of the dimensions."""
        return shipped_scoring_models()[self.key_of(kind)]


def mark_of(model: scoring.ScoringModel, value: Decimal) -> Decimal | str:
    """A stored value as the engine takes it: a grade is named, whatever its number."""
    if model.kind is not scoring.Kind.GRADES:
        return value
    return next((grade.key for grade in model.grades if grade.value == value), str(value))


@lru_cache(maxsize=32)
def _model(key: str) -> scoring.ScoringModel:
    return scoring.model_from_data(shipped_scoring_models()[key].for_engine())
