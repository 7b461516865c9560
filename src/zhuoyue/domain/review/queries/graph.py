"""In which order applications go through the stages: that of the rules, past the kinds that nobody enters."""

from collections.abc import Sequence

from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.kinds import kind_of
from zhuoyue.packs.programmes.order import Predecessors, on_the_way_to, written_order
from zhuoyue.packs.programmes.schema.stages import Stage


def predecessors_of(category: Category) -> Predecessors:
    """Stage key -> the stages right before it, of those that applications enter; empty for those that come first."""
    return predecessors_in(stage_rules(category))


def predecessors_in(stages: Sequence[Stage]) -> Predecessors:
    written = written_order(stages)
    entered = {stage.key for stage in stages if kind_of(stage).is_run}
    return {key: _passed_over(before, written, entered) for key, before in written.items() if key in entered}


def afters_of(category: Category, key: str) -> list[str]:
    """The stages right after one, in the order of the rules."""
    return [other for other, before in predecessors_of(category).items() if key in before]


def upstream_of(category: Category, key: str) -> set[str]:
    """Every stage that an application has been through on its way to one, that one included."""
    return {key, *on_the_way_to(key, predecessors_of(category))}


def _passed_over(keys: frozenset[str], written: Predecessors, entered: set[str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for key in keys:
        found |= {key} if key in entered else _passed_over(written[key], written, entered)
    return found
