"""The pool of experts."""

from collections.abc import Iterable

from access.kinds import Finder
from access.principals import Thing
from access.world import World


def experts(world: World) -> Iterable[Thing]:
    yield Thing("expert", "office", "", {"expert_id": world.experts["expert"].pk}, own="expert")


def conflicts(world: World) -> Iterable[Thing]:
    found = world.experts["conflicted"].conflicts.get()
    yield Thing("conflict", "office", "", {"conflict_id": found.pk}, own="conflicted")


FOUND_BY: dict[str, Finder] = {
    "experts.queries.expert_by_id": experts,
    "experts.queries.conflict_by_id": conflicts,
}
