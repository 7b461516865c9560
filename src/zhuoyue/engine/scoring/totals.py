"""Totals over a tree and over stages. Exact, explained; what is missing is named and never counted as nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from zhuoyue.engine.exact import Number, decimal_of, exact
from zhuoyue.engine.scoring.explanations import Explanation, given, mean_of, scaled, sum_of
from zhuoyue.engine.scoring.items import ItemScore, Mark, Marks, score_item
from zhuoyue.engine.scoring.models import ModelError, ScoringModel
from zhuoyue.engine.scoring.trees import Node, check_tree, points_notes
from zhuoyue.engine.verdict import Verdict

Models: TypeAlias = ScoringModel | Mapping[str, ScoringModel]


class TotalError(ValueError):
    """Values or weights that name something the total does not have."""


@dataclass(frozen=True, slots=True)
class Total:
    """`value` is None while items are missing or refused; `low` and `high` then bound what it can become.

    `maximum` is the most that the tree can give: the sum of points, or 100. `items` is empty for a composite.
    """

    value: Decimal | None
    low: Decimal
    high: Decimal
    maximum: Decimal
    missing: tuple[str, ...]
    refused: tuple[tuple[str, tuple[Verdict, ...]], ...]
    notes: tuple[Verdict, ...]
    items: tuple[ItemScore, ...]
    explanation: Explanation

    @property
    def percent(self) -> Decimal | None:
        exact_value = self.explanation.exact
        return None if exact_value is None else decimal_of(exact_value * 100 / Fraction(self.maximum))


def total_of(tree: Node, values: Mapping[str, Marks | Mark], model: Models, *, enforce_step: bool = True) -> Total:
    """The tree's total of the items' `values` (by item key).

    With points: the sum of item percent × points. Without: the weighted mean of percents, branch by branch. `model`
    may be one for each item (by its key) or kind of item. Raises TreeError, ModelError or TotalError for a tree, model
    or key that does not fit.
    """
    check_tree(tree)
    items = list(tree.items)
    unknown = sorted(set(values) - {item.key for item in items})
    if unknown:
        raise TotalError(f"{tree.key}: values for items that the tree does not score: {', '.join(unknown)}")
    scores = {
        item.key: score_item(
            _model_for(item, model),
            values.get(item.key),
            node=item.key,
            kind=item.kind,
            points=item.points,
            enforce_step=enforce_step,
        )
        for item in items
    }
    explanation = _explain(tree, lambda item: scores[item.key].explanation)
    low, high = (_bound(tree, scores, model, best=best) for best in (False, True))
    worth = sum((item.points for item in items if item.points is not None), Decimal(0))
    return Total(
        value=explanation.value,
        low=low,
        high=high,
        maximum=worth or Decimal(100),
        missing=tuple(name for score in scores.values() for name in score.missing),
        refused=tuple((score.node, score.refused) for score in scores.values() if score.refused),
        notes=points_notes(tree),
        items=tuple(scores.values()),
        explanation=explanation,
    )


def composite_of(
    parts: Mapping[str, Total | Number | None],
    *,
    weights: Mapping[str, Number],
    node: str = "total",
    out_of: Number = 100,
) -> Total:
    """The weighted mean of several totals, such as document 0.6 and site visit 0.4, on the scale 0 - `out_of`.

    A Total is brought to the scale by its own maximum; a plain number stands on the scale already; None is missing.
    Weights need not add up to 1. Raises TotalError when weights and parts differ in name or cannot weigh.
    """
    top = exact(out_of, what="out_of")
    shares = {key: exact(weight, what=f"weight of {key}") for key, weight in weights.items()}
    if set(parts) != set(shares):
        raise TotalError(f"{node}: weights are for {sorted(shares)}, parts are {sorted(parts)}; they must be the same")
    if any(share < 0 for share in shares.values()) or not any(shares.values()):
        raise TotalError(f"{node}: weights must not be negative, and one must be above 0")
    for key, part in parts.items():
        if not isinstance(part, Total | None) and not 0 <= exact(part, what=key) <= top:
            raise TotalError(f"{node}: {key} is {part}; it must lie within 0-{out_of}")
    explanation = mean_of(node, [(_on_scale(key, part, top), shares[key]) for key, part in parts.items()])
    low, high = (
        mean_of(node, [(given(key, _extreme(part, top, best=best)), shares[key]) for key, part in parts.items()])
        for best in (False, True)
    )
    return Total(
        value=explanation.value,
        low=decimal_of(low.exact or Fraction(0)),
        high=decimal_of(high.exact or Fraction(0)),
        maximum=decimal_of(top),
        missing=tuple(name for key, part in parts.items() for name in _missing(key, part)),
        refused=tuple(row for key, part in parts.items() for row in _refused(key, part)),
        notes=tuple(note for part in parts.values() if isinstance(part, Total) for note in part.notes),
        items=(),
        explanation=explanation,
    )


def _model_for(item: Node, model: Models) -> ScoringModel:
    if isinstance(model, ScoringModel):
        return model
    found = model.get(item.key) or model.get(item.kind)
    if found is None:
        raise ModelError(
            f"item {item.key!r} is of kind {item.kind!r}; there are models for: {', '.join(sorted(model))}"
        )
    return found


def _explain(node: Node, leaf: Callable[[Node], Explanation]) -> Explanation:
    if not node.children:
        return leaf(node)
    parts = [_explain(child, leaf) for child in node.parts]
    if node.has_points:
        return sum_of(node.key, parts)
    weights = [Fraction(1 if child.weight is None else child.weight) for child in node.parts]
    return mean_of(node.key, zip(parts, weights, strict=True))


def _bound(tree: Node, scores: Mapping[str, ItemScore], model: Models, *, best: bool) -> Decimal:
    def leaf(item: Node) -> Explanation:
        done = scores[item.key].explanation
        if done.exact is not None:
            return done
        chosen = _model_for(item, model)
        worth = Fraction(100 if item.points is None else item.points)
        full = worth if chosen.full is None else Fraction(chosen.full)
        extreme = chosen.low if not best else full if chosen.high is None else chosen.high
        return given(item.key, Fraction(extreme) * worth / full)

    return decimal_of(_explain(tree, leaf).exact or Fraction(0))


def _on_scale(key: str, part: Total | Number | None, top: Fraction) -> Explanation:
    if not isinstance(part, Total):
        return given(key, None if part is None else exact(part, what=key))
    full = Fraction(part.maximum)
    return part.explanation if full == top else scaled(key, part.explanation, worth=top, full=full)


def _extreme(part: Total | Number | None, top: Fraction, *, best: bool) -> Fraction:
    if isinstance(part, Total):
        return Fraction(part.high if best else part.low) * top / Fraction(part.maximum)
    if part is None:
        return top if best else Fraction(0)
    return exact(part)


def _missing(key: str, part: Total | Number | None) -> tuple[str, ...]:
    if isinstance(part, Total):
        return tuple(f"{key}/{name}" for name in part.missing)
    return (key,) if part is None else ()


def _refused(key: str, part: Total | Number | None) -> tuple[tuple[str, tuple[Verdict, ...]], ...]:
    return tuple((f"{key}/{name}", why) for name, why in part.refused) if isinstance(part, Total) else ()
