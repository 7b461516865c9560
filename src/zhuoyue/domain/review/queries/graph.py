"""In which order stages follow each other: by what the rules say each comes after, side by side where they say so.

A stage comes after the stages that it names (`after`); else after the stage written above it and those parallel with
that one. Stages that are parallel (`parallel_with`, told by either of them) come after the same. Kinds that nobody
enters are passed over: what comes after them comes after what they came after.
"""

from collections.abc import Mapping, Sequence

from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import stage_rules
from zhuoyue.domain.review.kinds import kind_of
from zhuoyue.packs.programmes.schema.stages import Stage

Befores = Mapping[str, frozenset[str]]


def befores_of(category: Category) -> Befores:
    """Stage key -> the stages right before it, of those that applications enter; empty for those that come first."""
    return befores_in(stage_rules(category))


def befores_in(stages: Sequence[Stage]) -> Befores:
    written = {stage.key: _written_before(stages, place) for place, stage in enumerate(stages)}
    entered = {stage.key for stage in stages if kind_of(stage).is_run}
    return {key: _passed_over(before, written, entered) for key, before in written.items() if key in entered}


def afters_of(category: Category, key: str) -> list[str]:
    """The stages right after one, in the order of the rules."""
    return [other for other, before in befores_of(category).items() if key in before]


def upstream_of(category: Category, key: str) -> set[str]:
    """Every stage that an application has been through on its way to one, that one included."""
    befores = befores_of(category)
    reached: set[str] = set()
    ahead = {key}
    while ahead:
        reached |= ahead
        ahead = {before for after in ahead for before in befores[after]} - reached
    return reached


def _written_before(stages: Sequence[Stage], place: int) -> frozenset[str]:
    group = _parallel(stages, stages[place].key)
    asked = stages[place].after or next((other.after for other in stages if other.key in group and other.after), ())
    if asked:
        return frozenset(asked) - group
    first = next(place for place, other in enumerate(stages) if other.key in group)
    return _parallel(stages, stages[first - 1].key) if first else frozenset()


def _parallel(stages: Sequence[Stage], key: str) -> frozenset[str]:
    """A stage with all that are parallel with it."""
    group, size = {key}, 0
    while len(group) > size:
        size = len(group)
        for stage in stages:
            named = {stage.key, *stage.parallel_with}
            if stage.parallel_with and named & group:
                group |= named
    return frozenset(group)


def _passed_over(keys: frozenset[str], written: Befores, entered: set[str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for key in keys:
        found |= {key} if key in entered else _passed_over(written[key], written, entered)
    return found
