"""The kinds of stages, each with all that it can do: whoever adds a kind adds its row here and its name to the schema.

Nobody else compares kinds; a query asks for those that have a faculty by `keys_of`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.review.enums import StageKind, Step


class Counted(StrEnum):
    """Which of the teams' agreed values make the total of a stage."""

    NONE = "none"
    OWN = "own"
    SO_FAR = "so_far"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a stage of a kind can do.

    `is_run`: applications enter it; else the results or people carry it out, and the review passes over it.
    `checks`: the office finds whether conditions hold. At the beginning of a review that is done on the application.
    `own_books`: every examiner of a team of its own judges alone. `step`: whose agreed values are written here.
    `compares`: once it has begun, the members of a team see what each other judged. `counted`: of the agreed values.
    `votes`: a meeting decides, with a result of its own. `publishes`: a list is shown to everybody for some days.
    """

    key: str
    label: Promise
    is_run: bool = True
    checks: bool = False
    own_books: bool = False
    step: Step | None = None
    compares: bool = False
    counted: Counted = Counted.SO_FAR
    votes: bool = False
    publishes: bool = False

    @property
    def has_scores(self) -> bool:
        """Whether values are written in it."""
        return self.own_books or self.step is not None

    @property
    def wants_due(self) -> bool:
        """Whether it runs for as long as experts write, so that without a last day nobody is late."""
        return self.own_books or self.compares

    @property
    def in_funnel(self) -> bool:
        """Whether the first page counts who gets in and through; conditions are counted as what was accepted."""
        return self.is_run and not self.checks


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(StageKind.CONDITION_CHECK, _("条件审查"), checks=True),
        Kind(StageKind.DOCUMENT_REVIEW, _("资料评价"), own_books=True, counted=Counted.NONE),
        Kind(StageKind.CONSENSUS, _("专家会审"), step=Step.CONSENSUS, compares=True, counted=Counted.OWN),
        Kind(StageKind.SITE_VISIT, _("现场验证"), step=Step.VISIT),
        Kind(StageKind.DEFENCE, _("陈述答辩")),
        Kind(StageKind.JURY, _("审定"), votes=True),
        Kind(StageKind.POLL, pgettext_lazy("stage", "公众投票"), is_run=False),
        Kind(StageKind.PUBLIC_NOTICE, pgettext_lazy("stage", "公示"), is_run=False, publishes=True),
        Kind(StageKind.APPROVAL, pgettext_lazy("stage", "批准"), is_run=False),
        Kind(StageKind.ANNOUNCEMENT, pgettext_lazy("stage", "公布"), is_run=False),
    )
}


class _HasKind(Protocol):
    @property
    def kind(self) -> str: ...


def kind_of(stage: _HasKind) -> Kind:
    """Of a stage run, or of a stage of the rules. Raises KeyError for a kind that has no row here."""
    return KINDS[stage.kind]


def keys_of(asked: Callable[[Kind], bool]) -> list[str]:
    """The keys of the kinds of which `asked` is true, for a condition of a query."""
    return [kind.key for kind in KINDS.values() if asked(kind)]
