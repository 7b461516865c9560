"""What is said of an item, and what is answered when it cannot be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.criteria.models import Node


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one item. `reason` is asked where the team agrees or a visit changes a score.

    `marks`: passages of the dossier; a place that was given up stays empty, so that ③ remains ③.
    """

    value: Decimal | None = None
    dimensions: Mapping[str, Any] = field(default_factory=dict)
    strengths: Sequence[str] = ()
    gaps: Sequence[str] = ()
    marks: Sequence[str] = ()
    reason: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """An item that a scorebook lacks something of. `what`: value, or comment."""

    node: Node
    what: str


class ScoreRefusedError(Exception):
    """The value is not one that the scoring model has, or what must go with it is missing; says so in words."""


class UnfinishedError(Exception):
    """Items that stand between a scorebook and its submission. `missing` are they, each with what it lacks."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_("还有%(count)s条没有评分。") % {"count": len(missing)})
        self.missing = tuple(missing)
