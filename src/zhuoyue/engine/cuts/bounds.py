"""How many a rule lets through at most, before any score is known."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from types import MappingProxyType

from zhuoyue.engine.cuts.rules import Capped, Floor, Groups, Reserved, Rounding, Rule, Share, Top

Labels = Mapping[str, str]
NO_LABELS: Labels = MappingProxyType({})
_ROUNDING = {Rounding.UP: ROUND_CEILING, Rounding.DOWN: ROUND_FLOOR, Rounding.HALF_UP: ROUND_HALF_UP}


def most(rule: Rule, candidates: int | None, labels: Labels = NO_LABELS) -> int | None:
    """Of so many candidates (None: nobody knows how many); None where the rule sets no limit then.

    `labels`: those that every candidate bears, which say whether a cap of part of them holds for all.

    People may still let more through where equals share the last place; the rule itself does not.
    """
    match rule:
        case Top():
            found: int | None = rule.places
        case Share():
            found = None if candidates is None else _part(rule, candidates)
        case Floor():
            found = most(rule.then, candidates, labels)
        case Reserved():
            found = most(rule.inside, candidates, labels)
        case Groups():
            found = _of_groups(rule, candidates, labels)
        case Capped():
            found = _least(most(rule.then, candidates, labels), _cap(rule, labels))
        case _:  # a line, or candidates who take no places: everybody may be above it
            found = None
    return _least(found, candidates)


def _least(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


def _part(rule: Share, candidates: int) -> int:
    return int((rule.share * Decimal(candidates)).to_integral_value(_ROUNDING[rule.rounding]))


def _of_groups(rule: Groups, candidates: int | None, labels: Labels) -> int | None:
    """Each group could hold all candidates; whoever is in no group is stopped unless `otherwise` judges them."""
    named = [most(inner, candidates, labels) for _value, inner in rule.rules]
    if rule.otherwise is not None:
        named.append(most(rule.otherwise, candidates, labels))
    known = [limit for limit in named if limit is not None]
    return sum(known) if len(known) == len(named) else None


def _cap(rule: Capped, labels: Labels) -> int | None:
    """The smallest cap that holds for all candidates together; awards outside the caps would come on top of it."""
    if rule.caps.outside:
        return None
    whole = (limit for limit in rule.caps.limits if all(labels.get(label) == value for label, value in limit.scope))
    return _least(*(limit.at_most for limit in whole))
