"""Time: what a category takes now, and until when. Deadlines are compared here and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, UUIDField, prefetch_related_objects

from zhuoyue.domain.programmes.enums import Medium
from zhuoyue.domain.programmes.models import Category, Cycle, Deadline
from zhuoyue.kernel.prepared import Blank, Prepared, hold


@dataclass(frozen=True, slots=True)
class Window:
    """Whether something may be handed in now, and by which rule. `deadline` is the first instant that is too late."""

    term: Deadline | None
    is_open: bool
    deadline: datetime | None
    last_instant: datetime | None

    @property
    def in_grace(self) -> bool:
        return self.deadline is not None and self.last_instant is not None and self.deadline < self.last_instant

    def is_late(self, at: datetime) -> bool:
        return not self.is_open and self.deadline is not None and at >= self.deadline

    def receipt_rule(self, at: datetime) -> dict[str, Any]:
        """What a receipt states of the clock: the rule and whether it was met within the grace."""
        term = self.term
        return {
            "submission": term.key if term else "",
            "title": term.title if term else "",
            "title_en": term.title_en if term else "",
            "deadline": self.deadline.isoformat() if self.deadline else "",
            "grace_minutes": term.grace_minutes if term else 0,
            "received_at": at.isoformat(),
            "within_grace": bool(self.deadline and at >= self.deadline),
        }


def last_instant(deadline: Deadline) -> datetime | None:
    """Its end with the grace: the first instant at which nothing more is taken."""
    return deadline.closes_at + timedelta(minutes=deadline.grace_minutes) if deadline.closes_at else None


def takes(deadline: Deadline, at: datetime) -> bool:
    """Without a date nothing is taken, save where the rules say that there is no end."""
    last = last_instant(deadline)
    begun = deadline.opens_at is None or deadline.opens_at <= at
    return begun and (deadline.is_open_ended if last is None else at < last)


def window_of(deadlines: Iterable[Deadline], at: datetime) -> Window:
    """The first of the deadlines that is open at `at`; else the next one, else the last one."""
    candidates = list(deadlines)
    for deadline in candidates:
        if takes(deadline, at):
            return Window(deadline, True, deadline.closes_at, last_instant(deadline))
    later = [deadline for deadline in candidates if deadline.opens_at is not None and deadline.opens_at > at]
    shown = later[0] if later else candidates[-1] if candidates else None
    return Window(shown, False, shown.closes_at if shown else None, None)


def window_in(category: Category, opens: str, at: datetime) -> Window:
    """What of kind `opens` the category takes over the network at `at`."""
    deadlines = deadlines_of(category, opens)
    apart = {entry.key for entry in deadlines if entry.medium == Medium.ONLINE}
    media = {entry.key: Medium.ONLINE if entry.key in apart else "" for entry in deadlines}
    return window_of((entry for entry in deadlines if entry.medium == media[entry.key]), at)


def deadlines_of(category: Category, opens: str) -> list[Deadline]:
    """Every deadline of a category for things of kind `opens`, in the order of the rules, all media."""
    return [deadline for deadline in category.deadlines.all() if deadline.opens == opens]


def by_other_media(category: Category, opens: str) -> list[Deadline]:
    """Those for what is brought or sent in by a medium that the rules date apart."""
    return [deadline for deadline in deadlines_of(category, opens) if deadline.medium not in ("", Medium.ONLINE)]


_OF_CATEGORY = Prepared(lambda: Deadline.objects.filter(category=Blank("category", UUIDField())))


def hold_deadlines(category: Category) -> None:
    """Read the deadlines of a category, for `category.deadlines.all()` to give."""
    deadlines = _OF_CATEGORY.ask(category=category.pk)
    for deadline in deadlines:
        deadline.category = category
    hold(category, "deadlines", deadlines)


def hold_calendar(cycle: Cycle) -> None:
    """Read phases, categories and their deadlines once, for every `all()` of them to give."""
    prefetch_related_objects([cycle], "phases", "categories__deadlines")


def still_taken(opens: str, at: datetime, *, category: str) -> Exists:
    """As a column: whether the category (named by an outer field) takes, or will take, things of kind `opens`."""
    ahead = Q(closes_at__gt=at) | Q(closes_at=None)
    return Exists(Deadline.objects.filter(ahead, category=OuterRef(category), opens=opens))


def deadlines_of_cycle(cycle: Cycle) -> list[Deadline]:
    """Every deadline of a cycle by category, in the order of the rules."""
    found = Deadline.objects.filter(category__cycle=cycle).select_related("category")
    deadlines = list(found.order_by("category__position", "position"))
    for deadline in deadlines:
        deadline.category.cycle = cycle
    return deadlines


def deadline_by_id(deadline_id: UUID) -> Deadline | None:
    wanted = "category__cycle__programme__organiser__organisation"
    return Deadline.objects.select_related(wanted).filter(pk=deadline_id).first()
