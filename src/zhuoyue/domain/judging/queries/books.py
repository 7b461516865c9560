"""What stands in a scorebook, and what it still lacks."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from django.db.models import prefetch_related_objects

from zhuoyue.domain.criteria.enums import SCORED, EditionState
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.judging.judgements import Missing
from zhuoyue.domain.judging.models import ItemScore, Scorebook


def scored_nodes(edition: Edition | None) -> list[Node]:
    """The items that are scored, in the order of the standard, each with its category node as parent."""
    if edition is None:
        return []
    return list(_frozen_nodes(edition.pk) if edition.state == EditionState.FROZEN else _nodes(edition.pk))


def _nodes(edition_id: UUID) -> tuple[Node, ...]:
    return tuple(Node.objects.filter(edition=edition_id, kind__in=SCORED).select_related("parent").order_by("position"))


# a frozen edition never changes
_frozen_nodes = lru_cache(maxsize=64)(_nodes)


def items_by_node(book: Scorebook | None) -> dict[UUID, ItemScore]:
    if book is None or book._state.adding:  # noqa: SLF001 - Django's documented model API
        return {}
    prefetch_related_objects([book], "items")  # once for each book
    return {item.node_id: item for item in book.items.all()}


def unfinished_of(book: Scorebook, items: Mapping[UUID, ItemScore], *, comments: bool) -> list[Missing]:
    """What stands between a scorebook and its submission, in the order of the standard.

    `comments`: every item needs a strength or a gap in words.
    """
    missing = []
    for node in scored_nodes(book.edition):
        item = items.get(node.pk)
        if item is None or item.value is None:
            missing.append(Missing(node, "value"))
        elif comments and not (item.strengths or item.gaps):
            missing.append(Missing(node, "comment"))
    return missing
