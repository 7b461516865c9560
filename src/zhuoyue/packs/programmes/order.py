"""In which order the stages of a review follow each other.

A stage comes after the stages that it names (`after`); else after the stage written above it and those parallel with
that one. Stages that are parallel (`parallel_with`, told by either of them) come after the same.
"""

from collections.abc import Mapping, Sequence

from zhuoyue.packs.programmes.schema.stages import Stage

Predecessors = Mapping[str, frozenset[str]]


def written_order(stages: Sequence[Stage]) -> Predecessors:
    """Stage key -> the keys of the stages right before it; empty for those that come first."""
    return {stage.key: _before(stages, place) for place, stage in enumerate(stages)}


def on_the_way_to(key: str, predecessors: Predecessors) -> set[str]:
    """Every stage that comes before one, at any distance; with the stage itself where the order runs in a circle."""
    reached: set[str] = set()
    ahead = set(predecessors[key])
    while ahead:
        reached |= ahead
        ahead = {before for stage in ahead for before in predecessors[stage]} - reached
    return reached


def _before(stages: Sequence[Stage], place: int) -> frozenset[str]:
    group = _parallel(stages, stages[place].key)
    asked = stages[place].after or next((other.after for other in stages if other.key in group and other.after), ())
    if asked:
        return frozenset(asked)
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
