"""A scoring model out of plain data, as a pack's YAML gives it; every contradiction is named with its place."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from zhuoyue.engine.fields import Fields, doubles
from zhuoyue.engine.scoring.models import Band, Dimension, Grade, Guidance, Kind, ModelError, ScoringModel

_COMMON = ("key", "kind", "name")
_BANDED = (*_COMMON, "step", "bands", "dimensions", "guidance")
_KEYS = {
    Kind.PERCENT_BANDS: _BANDED,
    Kind.RADAR: (*_BANDED, "ceilings"),
    Kind.GRADES: (*_COMMON, "grades", "full"),
    Kind.POINTS: (*_COMMON, "step", "low", "high"),
}
_PERCENT = Decimal(100)

DimensionSets = tuple[tuple[str, tuple[Dimension, ...]], ...]


def model_from_data(data: Mapping[str, Any]) -> ScoringModel:
    """Raises ModelError with the place and what would be right."""
    fields = Fields(data, "scoring model", ModelError)
    fields = Fields(data, f"scoring model {fields.text('key')!r}", ModelError)
    kind = fields.choice("kind", Kind)
    fields.only(*_KEYS[kind])
    if kind is Kind.GRADES:
        return _graded(fields)
    if kind is Kind.POINTS:
        return _plain_points(fields)
    return _banded(fields, kind)


def _graded(fields: Fields) -> ScoringModel:
    grades = tuple(_grade(row) for row in fields.rows("grades"))
    _no_doubles(fields, [grade.key for grade in grades])
    if any(below.value >= above.value for below, above in pairwise(grades)):
        raise fields.refuse("grades must rise in value from the first to the last")
    best = grades[-1].value
    full = fields.positive("full") if "full" in fields else best
    if full < best or full <= 0:
        raise fields.refuse(f"full is {full}; it must be above 0 and at least the best grade's {best}")
    return ScoringModel(
        key=fields.text("key"),
        kind=Kind.GRADES,
        name=fields.text("name", default=""),
        low=grades[0].value,
        high=best,
        full=full,
        grades=grades,
    )


def _grade(row: Fields) -> Grade:
    row.only("key", "value", "name")
    return Grade(key=row.text("key"), value=row.not_negative("value"), name=row.text("name", default=""))


def _plain_points(fields: Fields) -> ScoringModel:
    low = fields.not_negative("low") if "low" in fields else Decimal(0)
    high = fields.positive("high") if "high" in fields else None
    if high is not None and not low < high:
        raise fields.refuse(f"low {low} must be below high {high}")
    return ScoringModel(
        key=fields.text("key"),
        kind=Kind.POINTS,
        name=fields.text("name", default=""),
        low=low,
        high=high,
        full=high,
        step=fields.positive("step") if "step" in fields else None,
    )


def _banded(fields: Fields, kind: Kind) -> ScoringModel:
    step = fields.positive("step")
    bands = tuple(_band(row) for row in fields.rows("bands"))
    _check_bands(fields, bands, step)
    dimensions = _dimension_sets(fields, nested=kind is Kind.RADAR)
    default = Guidance.COMPUTED if kind is Kind.RADAR else Guidance.GUIDE_ONLY
    guidance = fields.choice("guidance", Guidance, default=default)
    if guidance is Guidance.COMPUTED and not dimensions:
        raise fields.refuse("guidance is computed, but there are no dimensions to compute it from")
    return ScoringModel(
        key=fields.text("key"),
        kind=kind,
        name=fields.text("name", default=""),
        low=bands[0].low,
        high=bands[-1].high,
        full=_PERCENT,
        step=step,
        bands=bands,
        dimensions=dimensions,
        guidance=guidance,
        ceilings=_ceilings(fields, dimensions),
    )


def _band(row: Fields) -> Band:
    row.only("low", "high", "name")
    return Band(low=row.number("low"), high=row.number("high"), name=row.text("name", default=""))


def _check_bands(fields: Fields, bands: tuple[Band, ...], step: Decimal) -> None:
    """Every step from the lowest to the highest value stands in exactly one band."""
    for band in bands:
        if not 0 <= band.low <= band.high <= _PERCENT:
            raise fields.refuse(f"band {band.low}-{band.high} must rise and lie within 0-100")
        if (band.high - band.low) % step:
            raise fields.refuse(f"band {band.low}-{band.high} is not a whole number of steps of {step}")
    for below, above in pairwise(bands):
        if above.low - below.high != step:
            start = below.high + step
            raise fields.refuse(f"after {below.low}-{below.high} the next band must start at {start}, not {above.low}")


def _dimension_sets(fields: Fields, *, nested: bool) -> DimensionSets:
    """A plain list serves every kind of item; a mapping gives one list per kind."""
    if "dimensions" not in fields:
        return ()
    if not isinstance(fields.data["dimensions"], Mapping):
        return (("", _dimensions(fields, "dimensions", nested=nested)),)
    sets = fields.inner("dimensions")
    return tuple((kind, _dimensions(sets, kind, nested=nested)) for kind in sets.data)


def _dimensions(fields: Fields, name: str, *, nested: bool) -> tuple[Dimension, ...]:
    found = tuple(_dimension(row, nested=nested) for row in fields.rows(name))
    _no_doubles(fields, [dimension.key for dimension in found])
    _no_doubles(fields, [key for dimension in found for key in dimension.marked])
    if not any(dimension.weight for dimension in found):
        raise fields.refuse(f"{name}: the weights add up to 0")
    return found


def _dimension(row: Fields, *, nested: bool) -> Dimension:
    row.only("key", "name", "weight", *(["attributes"] if nested else []))
    return Dimension(
        key=row.text("key"),
        name=row.text("name", default=""),
        weight=row.not_negative("weight") if "weight" in row else Decimal(1),
        attributes=_dimensions(row, "attributes", nested=False) if "attributes" in row else (),
    )


def _ceilings(fields: Fields, dimensions: DimensionSets) -> tuple[str, ...]:
    if "ceilings" not in fields:
        return ()
    ceilings = tuple(fields.list_of("ceilings"))
    known = {dimension.key for _, chosen in dimensions for dimension in chosen}
    unknown = [str(key) for key in ceilings if key not in known]
    if unknown:
        raise fields.refuse(f"ceilings: unknown {', '.join(unknown)}; known are: {', '.join(sorted(known))}")
    return ceilings


def _no_doubles(fields: Fields, keys: list[str]) -> None:
    doubled = doubles(keys)
    if doubled:
        raise fields.refuse(f"named twice: {', '.join(doubled)}")
