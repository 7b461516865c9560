"""The typed form of a scoring model as data. The engine reads the numbers of it, people read the words."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from zhuoyue.packs.standards.schema import Key, Model, Points, Title

AppliesTo = Literal["process", "results", "any"]


class Band(Model):
    """A range of percents with both ends in it."""

    key: Key
    low: Points
    high: Points
    name: Title
    name_en: Title
    meaning: Title
    meaning_en: Title


class Grade(Model):
    key: Key
    value: Points
    name: Title
    name_en: Title
    meaning: Title
    meaning_en: Title


class Dimension(Model):
    """What is looked at, and what it looks like in each band or grade (by its key)."""

    key: Key
    name: Title
    name_en: Title
    question: Title
    question_en: Title
    lines: dict[str, str] = {}
    lines_en: dict[str, str] = {}
    applies_to: AppliesTo = "any"


class ScoringModelData(Model):
    """`combines` names models whose bands are equal and whose dimensions serve the kinds of items they apply to."""

    format: Literal[1]
    key: Key
    kind: Literal["percent_bands", "grades", "points", "radar"]
    name: Title
    name_en: Title
    applies_to: AppliesTo = "any"
    guidance: Literal["guide", "computed"] = "guide"
    step: Points | None = None
    low: Points | None = None
    high: Points | None = None
    combines: tuple[Key, ...] = ()
    bands: tuple[Band, ...] = ()
    grades: tuple[Grade, ...] = ()
    dimensions: tuple[Dimension, ...] = Field(default=())

    def for_engine(self) -> dict[str, Any]:
        """The mapping that `engine.scoring` reads: numbers and names, without the words for people."""
        data: dict[str, Any] = {"key": self.key, "kind": self.kind, "name": self.name}
        if self.kind == "grades":
            return data | {
                "grades": [{"key": grade.key, "value": grade.value, "name": grade.name} for grade in self.grades],
                "full": max(grade.value for grade in self.grades),
            }
        if self.kind == "points":
            return data | {name: value for name, value in self._bounds().items() if value is not None}
        return data | {
            "step": self.step,
            "bands": [{"low": band.low, "high": band.high, "name": band.name} for band in self.bands],
            "dimensions": self._dimensions(),
            "guidance": "guide_only" if self.guidance == "guide" else "computed",
        }

    def _bounds(self) -> dict[str, Decimal | None]:
        return {"step": self.step, "low": self.low, "high": self.high}

    def _dimensions(self) -> dict[str, list[dict[str, str]]]:
        """One list per kind of item; "" serves all other kinds."""
        sets: dict[str, list[dict[str, str]]] = {}
        for dimension in self.dimensions:
            kind = "" if dimension.applies_to == "any" else dimension.applies_to
            sets.setdefault(kind, []).append({"key": dimension.key, "name": dimension.name})
        return sets
