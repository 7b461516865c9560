"""Standards and their clauses."""

from collections.abc import Iterable

from access.kinds import Finder
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


FOUND_BY: dict[str, Finder] = {
    "criteria.queries.edition_by_id": editions,
    "criteria.queries.node_by_id": nodes,
}
PARTS = {"node": "2.1", "code": "1.1"}
HOLDERS = {
    "secretariat:review_edition": ("read", "their-draft", "waiting"),
    "secretariat:edition_document": ("read", "their-draft"),
}
