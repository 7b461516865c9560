"""Who may recommend by the rules of a cycle."""

from collections.abc import Iterator
from itertools import islice

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.packs.programmes.schema.bodies import Body, RecommendationLevel
from zhuoyue.packs.programmes.schema.programme import Programme


def recommending_entries(cycle: Cycle) -> dict[str, Body]:
    """Key -> what the rules say of a body, or of a class of them, with which the way up begins."""
    rules = rules_of(cycle.rules)
    bodies = {body.key: body for body in rules.bodies}
    return {key: bodies[key] for level in _first_levels(rules) for key in level.by}


def recommending_names(cycle: Cycle) -> set[str] | None:
    """What the rules call those who may recommend; None where they admit a whole class of bodies."""
    entries = recommending_entries(cycle).values()
    return None if any(entry.several for entry in entries) else {entry.title.zh for entry in entries}


def _first_levels(rules: Programme) -> Iterator[RecommendationLevel]:
    """Where the way up begins, of each category that has one."""
    for category in rules.categories:
        yield from islice((level for level in rules.recommendation if _takes(level, category.key)), 1)


def _takes(level: RecommendationLevel, category: str) -> bool:
    return not level.categories or category in level.categories
