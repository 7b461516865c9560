"""Standards and their clauses."""

from collections.abc import Iterable

from access.kinds import Finder, Part, application_of
from access.principals import Thing
from access.world import World
from zhuoyue.domain.criteria.models import Node


def editions(world: World) -> Iterable[Thing]:
    """`owned` by the office or by the other one, or by nobody: what the program itself loaded."""
    for name, edition in world.editions.items():
        letter = {"shipped": "nobody's", "waiting": "nobody's", "theirs": "others", "their-draft": "others"}
        owned = {"owned"} if edition.owner else set()
        words = frozenset({"edition", edition.state, *owned})
        yield Thing(name, letter.get(name, "office"), "", {"edition_id": edition.pk}, words)


def nodes(world: World) -> Iterable[Thing]:
    for thing in editions(world):
        node = Node.objects.filter(edition=thing.kwargs["edition_id"]).first()
        yield Thing(thing.name, thing.letter, "", {"node_id": node.pk}, thing.words)


def _codes(thing: Thing, first: str) -> Iterable[str]:
    """Of what the application is judged by, `first` at the head."""
    category = application_of(thing).category
    known = Node.objects.filter(edition=category.edition_id).values_list("code", flat=True)
    return sorted(known, key=lambda code: code != first)


def _all_codes() -> Iterable[str]:
    return sorted(set(Node.objects.values_list("code", flat=True)))


FOUND_BY: dict[str, Finder] = {
    "criteria.queries.edition_by_id": editions,
    "criteria.queries.node_by_id": nodes,
}
PARTS = {
    "node": Part(lambda _world, thing: _codes(thing, "2.1"), lambda _world: _all_codes()),
    "code": Part(lambda _world, thing: _codes(thing, "1.1"), lambda _world: _all_codes()),
}
HOLDERS = {
    "secretariat:review_edition": ("read", "their-draft", "waiting"),
    "secretariat:edition_document": ("read", "their-draft"),
}
