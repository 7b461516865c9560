"""Why a total is what it is: a tree of small sums that anyone can work again from its leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from zhuoyue.engine.exact import decimal_of


class Rule(StrEnum):
    """How a node's number comes from the numbers below it."""

    GIVEN = "given"  # entered by a person; inputs: value
    SCALED = "scaled"  # child × worth ÷ full
    SUM = "sum"  # of the children
    MEAN = "mean"  # of the children by their weights: Σ weight × child ÷ Σ weight
    LOWEST = "lowest"  # of the children


class ReplayError(ValueError):
    """A recorded number that its own record does not lead to."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`exact` is None where something below is missing. `weight` is this node's weight in its parent's mean."""

    node: str
    rule: Rule
    exact: Fraction | None
    inputs: tuple[tuple[str, Fraction], ...] = ()
    children: tuple[Self, ...] = ()
    weight: Fraction | None = None

    @property
    def value(self) -> Decimal | None:
        return None if self.exact is None else decimal_of(self.exact)

    @property
    def formula(self) -> str:
        """The sum in figures, e.g. `65 × 110 ÷ 100`; empty where a number was given or is missing."""
        if self.exact is None or self.rule is Rule.GIVEN:
            return ""
        figures = [_figure(child.exact) for child in self.children]
        if self.rule is Rule.SCALED:
            scale = dict(self.inputs)
            return f"{figures[0]} × {_figure(scale['worth'])} ÷ {_figure(scale['full'])}"
        if self.rule is Rule.SUM:
            return " + ".join(figures)
        if self.rule is Rule.LOWEST:
            return f"min({', '.join(figures)})"
        weights = [child.weight or Fraction(0) for child in self.children]
        products = [f"{_figure(weight)} × {figure}" for weight, figure in zip(weights, figures, strict=True)]
        return f"({' + '.join(products)}) ÷ {_figure(sum(weights, Fraction(0)))}"

    def as_data(self) -> dict[str, Any]:
        """For JSON; numbers as exact text (`503/10`), `value` and `formula` for readers."""
        return {
            "node": self.node,
            "rule": self.rule.value,
            "exact": None if self.exact is None else str(self.exact),
            "value": None if self.exact is None else str(self.value),
            "formula": self.formula,
            "inputs": {name: str(number) for name, number in self.inputs},
            "weight": None if self.weight is None else str(self.weight),
            "children": [child.as_data() for child in self.children],
        }


def explanation_from_data(data: Mapping[str, Any]) -> Explanation:
    return Explanation(
        node=data["node"],
        rule=Rule(data["rule"]),
        exact=None if data["exact"] is None else Fraction(data["exact"]),
        inputs=tuple((name, Fraction(number)) for name, number in data["inputs"].items()),
        children=tuple(explanation_from_data(child) for child in data["children"]),
        weight=None if data["weight"] is None else Fraction(data["weight"]),
    )


def replay(explanation: Explanation) -> Decimal | None:
    """The total worked again from the leaves; ReplayError at the first node whose record disagrees."""
    for child in explanation.children:
        replay(child)
    try:
        worked = _worked(explanation.rule, explanation.inputs, explanation.children)
    except (ArithmeticError, LookupError, ValueError) as error:
        raise ReplayError(f"{explanation.node}: recorded parts do not make a {explanation.rule}") from error
    if worked != explanation.exact:
        raise ReplayError(f"{explanation.node}: recorded {explanation.exact}, but its parts give {worked}")
    return explanation.value


def given(node: str, value: Fraction | None) -> Explanation:
    return Explanation(node, Rule.GIVEN, value, () if value is None else (("value", value),))


def scaled(node: str, child: Explanation, *, worth: Fraction, full: Fraction) -> Explanation:
    return _node(node, Rule.SCALED, (child,), (("worth", worth), ("full", full)))


def sum_of(node: str, children: Iterable[Explanation]) -> Explanation:
    return _node(node, Rule.SUM, tuple(children))


def mean_of(node: str, weighted: Iterable[tuple[Explanation, Fraction]]) -> Explanation:
    return _node(node, Rule.MEAN, tuple(replace(child, weight=weight) for child, weight in weighted))


def lowest_of(node: str, children: Iterable[Explanation]) -> Explanation:
    return _node(node, Rule.LOWEST, tuple(children))


def _node(
    node: str, rule: Rule, children: tuple[Explanation, ...], inputs: tuple[tuple[str, Fraction], ...] = ()
) -> Explanation:
    return Explanation(node, rule, _worked(rule, inputs, children), inputs, children)


def _worked(rule: Rule, inputs: tuple[tuple[str, Fraction], ...], children: tuple[Explanation, ...]) -> Fraction | None:
    numbers = [child.exact for child in children if child.exact is not None]
    if len(numbers) < len(children):
        return None
    if rule is Rule.GIVEN:
        return dict(inputs).get("value")
    if rule is Rule.SCALED:
        scale = dict(inputs)
        return numbers[0] * scale["worth"] / scale["full"]
    if rule is Rule.SUM:
        return sum(numbers, Fraction(0))
    if rule is Rule.LOWEST:
        return min(numbers)
    weights = [child.weight or Fraction(0) for child in children]
    return sum((weight * number for weight, number in zip(weights, numbers, strict=True)), Fraction(0)) / sum(weights)


def _figure(number: Fraction | None) -> str:
    """At most ten significant digits, for reading only."""
    return "?" if number is None else f"{decimal_of(number):.10g}"
