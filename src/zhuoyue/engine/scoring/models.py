"""Scoring models as values: what an examiner may enter for an item, and how it becomes a percent.

Four kinds: `percent_bands` (dimensions such as approach-deployment-learning-integration guide one percent), `radar`
(elements with attributes, optionally a ceiling), `grades` (named steps with values) and `points` (plain).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    PERCENT_BANDS = "percent_bands"
    RADAR = "radar"
    GRADES = "grades"
    POINTS = "points"


class Guidance(StrEnum):
    """What the marks of the dimensions do: inform the examiner's own value, or make the value."""

    GUIDE_ONLY = "guide_only"
    COMPUTED = "computed"


class ModelError(ValueError):
    """Model data that contradicts itself, or a model used where it does not fit."""


@dataclass(frozen=True, slots=True)
class Band:
    low: Decimal
    high: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    key: str
    value: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """`attributes` are the dimensions inside this one (RADAR); a dimension without any is marked itself."""

    key: str
    name: str = ""
    weight: Decimal = Decimal(1)
    attributes: tuple["Dimension", ...] = ()

    @property
    def marked(self) -> tuple[str, ...]:
        return tuple(attribute.key for attribute in self.attributes) or (self.key,)


@dataclass(frozen=True, slots=True)
class ScoringModel:
    """`low`, `high` and `step` bound what may be entered; `full` is what counts as 100 % of an item.

    `high` and `full` are None in a points model that takes them from each item's points. `dimensions` holds one set
    per kind of item, the set named "" standing for every other kind. `ceilings` names dimensions that the computed
    value may not exceed.
    """

    key: str
    kind: Kind
    name: str = ""
    low: Decimal = Decimal(0)
    high: Decimal | None = None
    full: Decimal | None = None
    step: Decimal | None = None
    bands: tuple[Band, ...] = ()
    grades: tuple[Grade, ...] = ()
    dimensions: tuple[tuple[str, tuple[Dimension, ...]], ...] = ()
    guidance: Guidance = Guidance.GUIDE_ONLY
    ceilings: tuple[str, ...] = ()

    def dimensions_for(self, item_kind: str) -> tuple[Dimension, ...]:
        sets = dict(self.dimensions)
        return sets.get(item_kind, sets.get("", ()))

    def band_of(self, value: Decimal) -> Band | None:
        """None between two bands, where only a computed or averaged value can fall."""
        return next((band for band in self.bands if band.low <= value <= band.high), None)
