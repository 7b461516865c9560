"""A scoring model as the scorebook shows it: bands with their steps, grades or points, dimensions with their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhuoyue.kernel.language import in_english
from zhuoyue.packs.scoring_models import ScoringModelData
from zhuoyue.web.shared.titles import titled


@dataclass(frozen=True, slots=True)
class Step:
    """A band or grade. `steps`: the values it holds."""

    key: str
    word: str
    meaning: str
    steps: tuple[Decimal | int, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    key: str
    name: str
    question: str
    lines: tuple[tuple[str, str], ...]  # (word, what it looks like)


@dataclass(frozen=True, slots=True)
class Scale:
    """`kind`: percent_bands, grades, points or radar."""

    kind: str
    bands: tuple[Step, ...]
    dimensions: tuple[Dimension, ...]
    step: Decimal | None
    high: Decimal | None

    @property
    def is_banded(self) -> bool:
        return self.kind == "percent_bands"

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(band.word for band in self.bands)

    @property
    def values(self) -> tuple[Decimal | int, ...]:
        return tuple(value for band in self.bands for value in band.steps)

    def band_of(self, value: Decimal | None) -> Step | None:
        return next((band for band in self.bands if value is not None and value in band.steps), None)

    def place_of(self, key: str) -> int | None:
        return next((place for place, band in enumerate(self.bands) if band.key == key), None)

    def guide(self, dimensions: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
        """From where to where the chosen dimensions point: the means of their bands' ends, on the step."""
        chosen = [
            self.bands[place]
            for entry in dimensions.values()
            if (place := self.place_of(entry.get("band", ""))) is not None
        ]
        if not chosen or not self.is_banded or not self.step:
            return None
        low = sum((Decimal(band.steps[0]) for band in chosen), Decimal(0)) / len(chosen)
        high = sum((Decimal(band.steps[-1]) for band in chosen), Decimal(0)) / len(chosen)
        return _on_step(low, self.step), _on_step(high, self.step)


def _on_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1)) * step


def _whole(value: Decimal) -> Decimal | int:
    return int(value) if value == int(value) else value


def _range(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal | int, ...]:
    count = int((high - low) / step) + 1
    return tuple(_whole(low + place * step) for place in range(count))


def scale_of(model: ScoringModelData, kind: str) -> Scale:
    """For items of `kind` (process, results)."""
    steps: Sequence[Any] = model.bands or model.grades
    bands = tuple(
        Step(
            entry.key,
            titled(entry, "name"),
            titled(entry, "meaning"),
            _range(entry.low, entry.high, model.step or Decimal(1)) if model.bands else (_whole(entry.value),),
        )
        for entry in steps
    )
    words = {band.key: band.word for band in bands}
    dimensions = tuple(
        Dimension(
            entry.key,
            titled(entry, "name"),
            titled(entry, "question"),
            tuple(
                (words.get(key, key), line)
                for key, line in ((entry.lines_en if in_english() else None) or entry.lines).items()
            ),
        )
        for entry in model.dimensions
        if entry.applies_to in ("any", kind)
    )
    return Scale(model.kind, bands, dimensions, model.step, model.high)
