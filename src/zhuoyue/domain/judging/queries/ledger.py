"""Which value an item of a team's scorebook was given when, and by which alias: read from the ledger."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhuoyue.domain.judging.models import Scorebook, ScoreEntry


@dataclass(frozen=True, slots=True)
class Change:
    alias: str
    value: Decimal | None
    reason: str
    at: datetime


def changes_of(book: Scorebook) -> dict[UUID, list[Change]]:
    """Item -> every value it was given, the latest first."""
    found: defaultdict[UUID, list[Change]] = defaultdict(list)
    for entry in ScoreEntry.objects.filter(scorebook=book.pk).order_by("-at", "-pk"):
        detail: dict[str, Any] = entry.detail
        found[entry.node_id].append(Change(detail.get("alias", ""), entry.value, detail.get("reason", ""), entry.at))
    return dict(found)
