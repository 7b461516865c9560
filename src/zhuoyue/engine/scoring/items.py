"""One item's marks against its model: what is refused and why, and what the item is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from zhuoyue.engine.exact import NumberError, decimal_of, exact
from zhuoyue.engine.scoring.explanations import Explanation, given, lowest_of, mean_of, scaled
from zhuoyue.engine.scoring.models import Band, Dimension, Guidance, Kind, ModelError, ScoringModel
from zhuoyue.engine.verdict import Verdict

Mark = Decimal | Fraction | int | str | None


@dataclass(frozen=True, slots=True)
class Marks:
    """What was entered for one item: the value itself and, by key, the dimensions' values; None where empty."""

    value: Mark = None
    dimensions: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """`percent` is of the item's full value; `points` is None where the item has none.

    All are None when the item is incomplete (`missing` names what) or a mark is `refused`.
    """

    node: str
    value: Decimal | None
    percent: Decimal | None
    points: Decimal | None
    band: Band | None
    missing: tuple[str, ...]
    refused: tuple[Verdict, ...]
    notes: tuple[Verdict, ...]
    explanation: Explanation


def check_value(
    model: ScoringModel,
    value: Mark,
    *,
    points: Decimal | None = None,
    dimension: str = "",
    enforce_step: bool = True,
) -> tuple[Verdict, ...]:
    """Every reason against one value; empty when it may stand. `dimension` names the value in the reasons."""
    place = {"dimension": dimension} if dimension else {}
    if model.kind is Kind.GRADES:
        keys = tuple(grade.key for grade in model.grades)
        return () if value in keys else (Verdict.of("unknown_grade", value=value, grades=keys, **place),)
    try:
        number = exact(value)
    except NumberError:
        return (Verdict.of("not_a_number", value=value, **place),)
    return tuple(
        Verdict(code, params + tuple(place.items()))
        for code, params in _faults(model, number, top=_top(model, points), enforce_step=enforce_step)
    )


def score_item(
    model: ScoringModel,
    marks: Marks | Mark,
    *,
    node: str = "item",
    kind: str = "",
    points: Decimal | None = None,
    enforce_step: bool = True,
) -> ItemScore:
    """Score one item of a `kind` (process, results, ...) worth `points`, or in percent when it has none.

    `enforce_step=False` admits values between two steps, such as a mean of examiners. Raises ModelError when the model
    does not fit the item; never for what a person entered.
    """
    entered = marks if isinstance(marks, Marks) else Marks(marks)
    dimensions = model.dimensions_for(kind)
    computed = model.guidance is Guidance.COMPUTED
    if computed and not dimensions:
        raise ModelError(f"scoring model {model.key!r} computes from dimensions but has none for kind {kind!r}")
    refused = _refused(model, entered, dimensions, points=points, enforce_step=enforce_step)
    missing = _missing(entered, dimensions, computed=computed, node=node)
    readings = {} if refused else {key: _reading(model, mark) for key, mark in entered.dimensions.items()}
    if computed:
        item = _computed(node, model, dimensions, readings)
    else:
        item = given(node, None if refused else _reading(model, entered.value))
    return _item_score(model, item, node=node, points=points, missing=missing, refused=refused, readings=readings)


def _item_score(
    model: ScoringModel,
    item: Explanation,
    *,
    node: str,
    points: Decimal | None,
    missing: tuple[str, ...],
    refused: tuple[Verdict, ...],
    readings: Mapping[str, Fraction | None],
) -> ItemScore:
    full = Fraction(_full(model, points))
    worth = Fraction(100) if points is None else Fraction(points)
    explanation = item if full == worth else scaled(node, item, worth=worth, full=full)
    share = None if item.exact is None else item.exact / full
    return ItemScore(
        node=node,
        value=item.value,
        percent=None if share is None else decimal_of(share * 100),
        points=None if share is None or points is None else decimal_of(share * worth),
        band=None if item.value is None else model.band_of(item.value),
        missing=missing,
        refused=refused,
        notes=() if item.exact is None else _outside_guide(item.exact, readings),
        explanation=explanation,
    )


def _faults(
    model: ScoringModel, number: Fraction, *, top: Decimal, enforce_step: bool
) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    value = decimal_of(number)
    if number < model.low:
        return [("below_low", (("value", value), ("low", model.low)))]
    if number > top:
        return [("above_high", (("value", value), ("high", top)))]
    if enforce_step and model.step is not None:
        step = Fraction(model.step)
        over = (number - Fraction(model.low)) % step
        if over:
            near = (decimal_of(number - over), min(decimal_of(number - over + step), top))
            return [("off_step", (("value", value), ("step", model.step), ("near", near)))]
    return []


def _refused(
    model: ScoringModel,
    entered: Marks,
    dimensions: tuple[Dimension, ...],
    *,
    points: Decimal | None,
    enforce_step: bool,
) -> tuple[Verdict, ...]:
    known = [key for dimension in dimensions for key in dimension.marked]
    found = [
        Verdict.of("unknown_dimension", dimension=key, known=tuple(known))
        for key in entered.dimensions
        if key not in known
    ]
    for key in known:
        mark = entered.dimensions.get(key)
        if mark is not None:
            found += check_value(model, mark, points=points, dimension=key, enforce_step=enforce_step)
    if model.guidance is Guidance.COMPUTED:
        if entered.value is not None:
            found.append(Verdict.of("value_is_computed", value=entered.value))
    elif entered.value is not None:
        found += check_value(model, entered.value, points=points, enforce_step=enforce_step)
    return tuple(found)


def _missing(entered: Marks, dimensions: tuple[Dimension, ...], *, computed: bool, node: str) -> tuple[str, ...]:
    if not computed:
        return (node,) if entered.value is None else ()
    needed = [key for dimension in dimensions for key in dimension.marked]
    return tuple(f"{node}/{key}" for key in needed if entered.dimensions.get(key) is None)


def _reading(model: ScoringModel, mark: Mark) -> Fraction | None:
    if mark is None:
        return None
    if model.kind is Kind.GRADES:
        return Fraction(next(grade.value for grade in model.grades if grade.key == mark))
    return exact(mark)


def _computed(
    node: str, model: ScoringModel, dimensions: tuple[Dimension, ...], readings: Mapping[str, Fraction | None]
) -> Explanation:
    parts = [_dimension_value(node, dimension, readings) for dimension in dimensions]
    weights = [Fraction(dimension.weight) for dimension in dimensions]
    mean = mean_of(node, zip(parts, weights, strict=True))
    limits = [part for part, dimension in zip(parts, dimensions, strict=True) if dimension.key in model.ceilings]
    return lowest_of(node, [mean, *limits]) if limits else mean


def _dimension_value(node: str, dimension: Dimension, readings: Mapping[str, Fraction | None]) -> Explanation:
    name = f"{node}/{dimension.key}"
    if not dimension.attributes:
        return given(name, readings.get(dimension.key))
    return mean_of(
        name,
        [
            (given(f"{name}/{attribute.key}", readings.get(attribute.key)), Fraction(attribute.weight))
            for attribute in dimension.attributes
        ],
    )


def _outside_guide(value: Fraction, readings: Mapping[str, Fraction | None]) -> tuple[Verdict, ...]:
    """A holistic value should lie between its weakest and strongest dimension; worth a question, not a refusal."""
    marks = [mark for mark in readings.values() if mark is not None]
    if not marks or min(marks) <= value <= max(marks):
        return ()
    return (
        Verdict.of(
            "outside_guide", value=decimal_of(value), lowest=decimal_of(min(marks)), highest=decimal_of(max(marks))
        ),
    )


def _top(model: ScoringModel, points: Decimal | None) -> Decimal:
    return model.high if model.high is not None else _full(model, points)


def _full(model: ScoringModel, points: Decimal | None) -> Decimal:
    full = model.full if model.full is not None else points
    if full is None:
        raise ModelError(f"scoring model {model.key!r} takes its top from the item's points, but the item has none")
    if full <= 0:
        raise ModelError(f"scoring model {model.key!r}: an item's points must be above 0, not {full}")
    return full
