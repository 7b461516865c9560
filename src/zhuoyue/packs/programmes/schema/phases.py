"""The calendar: phases that may overlap, be undated or open-ended, and the submissions that they take."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from zhuoyue.packs.programmes.schema.base import BodyRef, CategoryRef, Count, Entry, Model, PhaseRef, Positive, Text
from zhuoyue.packs.programmes.schema.dates import Date, Moment

Opens = Literal[
    "registration", "coaching", "application", "recommendation", "review", "public_notice", "award", "promotion",
]  # fmt: skip


class Cadence(Model):
    """`every_years` belongs to kind every_n_years. The label of an edition may differ from its calendar year."""

    kind: Literal["yearly", "every_n_years", "rolling", "on_approval", "once"]
    every_years: Positive | None = None
    note: Text | None = None


class Edition(Model):
    label: str = Field(min_length=1)
    start: Date | None = None
    end: Date | None = None


class Phase(Entry):
    """A start without an end is `open_ended`; neither is `undated` and raises no lateness."""

    start: Date | None = None
    end: Date | None = None
    open_ended: bool = False
    undated: bool = False
    provisional: bool = False
    opens: tuple[Opens, ...] = ()
    overlaps: tuple[PhaseRef, ...] = ()
    categories: tuple[CategoryRef, ...] = ()
    by: tuple[BodyRef, ...] = ()
    activities: tuple[Entry, ...] = ()
    office_hours: Text | None = None
    capacity: Positive | None = None

    def span(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """First instant and first instant after it; None where open, undated or relative."""
        first = self.start.begins(zone) if isinstance(self.start, Moment) else None
        until = self.end.ends(zone) if isinstance(self.end, Moment) else None
        return first, until


class Copies(Model):
    """What is handed over in one medium. Originals and copies count paper sets."""

    medium: Literal["online", "paper", "data_carrier", "email"]
    originals: Count = 0
    copies: Count = 0
    alternative_to: Literal["online", "paper", "data_carrier", "email"] | None = None
    bound: bool = False
    sealed: bool = False
    note: Text | None = None


class Submission(Entry):
    """One hop of papers with its deadline.

    `rule` is printed on the receipt beside the server's time; `grace_minutes` are added before anything is late.
    """

    what: Literal["registration", "application", "recommendation", "report"]
    phase: PhaseRef | None = None
    categories: tuple[CategoryRef, ...] = ()
    to: BodyRef
    opens_at: Date | None = None
    deadline: Date | None = None
    deadline_by_medium: tuple["MediumDeadline", ...] = ()
    grace_minutes: Count = 0
    counts_as_received: Literal["server_time", "arrival", "postmark"] = "server_time"
    rule: Text | None = None
    copies: tuple[Copies, ...] = ()
    voluntary: bool = True

    def closes(self, zone: ZoneInfo) -> datetime | None:
        """The instant from which a submission is late, grace included; None without an absolute deadline."""
        if not isinstance(self.deadline, Moment):
            return None
        return self.deadline.ends(zone) + timedelta(minutes=self.grace_minutes)


class MediumDeadline(Model):
    medium: Literal["online", "paper", "data_carrier", "email"]
    deadline: Date
