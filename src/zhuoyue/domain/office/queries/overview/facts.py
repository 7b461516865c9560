"""What the first page of a cycle knows."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.programmes.models import Phase
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.kinds import Kind
from zhuoyue.domain.review.models import StageRun


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody has to do by a time. `kind` and `ref` say what it is about; `names` lists the pieces."""

    kind: str
    ref: UUID
    who: str
    email: str
    due_at: datetime
    title: str = ""
    title_en: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """An examiner on an application. `done` items of a book that is being written; `mean` of one handed in."""

    run: UUID
    application: UUID
    number: str
    role: str
    assigned_at: datetime
    state: str
    submitted_at: datetime | None
    done: int
    mean: Decimal | None

    @property
    def is_in(self) -> bool:
        return self.state == ScorebookState.SUBMITTED


@dataclass(slots=True)
class Examiner:
    """Somebody invited, with what they are assigned. `load`: how many applications they take."""

    invitation: UUID
    expert: UUID
    name: str
    email: str
    state: str
    answer_by: datetime | None
    declared_at: datetime | None
    load: int
    industries: tuple[str, ...]
    to_rule: int
    serves: bool
    pairs: list[Pair] = field(default_factory=list)

    def spare(self, run: UUID, most: int | None) -> int:
        """How many more they may take in a stage; `most` is what its rules allow one person."""
        held = sum(pair.run == run for pair in self.pairs)
        return max(0, min(self.load, self.load if most is None else most) - held)


@dataclass(frozen=True, slots=True)
class Unversed:
    """Applications of one industry section whose team has nobody from it, and how many examiners could be taken."""

    section: str
    numbers: tuple[str, ...]
    available: int


@dataclass(frozen=True, slots=True)
class Slow:
    """An examiner who will not be done in time: on `until` at their pace, None where they have not begun."""

    name: str
    left: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Apart:
    """How far an examiner's values lie from the team's mean, on average over the applications, in percent."""

    name: str
    difference: Decimal
    applications: int


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A stage with its scorebooks. `judged` applications have all of theirs; `short` ones lack examiners.

    `most_in` and `most_through`: how many may get into it and beyond it by the rules; None where nobody can say.
    """

    run: StageRun
    entered: int
    through: int
    stopped: int
    books: int
    submitted: int
    judged: int
    short: int
    unled: int
    needed: int
    team: int = 0
    spare: int = 0
    opened: date | None = None
    decided: date | None = None
    finishes: date | None = None
    most_in: int | None = None
    most_through: int | None = None
    unversed: tuple[Unversed, ...] = ()
    slow: tuple[Slow, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def pending(self) -> int:
        return self.entered - self.through - self.stopped


@dataclass(frozen=True, slots=True)
class Before:
    """How far the year before came: its label, and how many there were at each step."""

    label: str
    registered: int
    sent: int
    accepted: int
    through: Mapping[str, int]
    entered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """Places of a recommending body in a category, and how many wait for its opinion there."""

    body: str
    title: str
    title_en: str
    used: int
    at_most: int
    waiting: int

    @property
    def left(self) -> int:
        return self.at_most - self.used


@dataclass(frozen=True, slots=True)
class Overview:
    phases: list[Phase]
    stages: list[StageFacts]
    dues: list[Due]
    registered: int
    to_confirm: int
    started: int
    sent: int
    to_check: int
    accepted: int
    serving: int
    capacity: int
    conflicts: int
    returned: int = 0
    undelivered: int = 0
    by_state: Counter[str] = field(default_factory=Counter)
    before: Before | None = None
    quotas: tuple[QuotaUse, ...] = ()

    def that(self, asked: Callable[[Kind], bool]) -> list[StageFacts]:
        """The stages of the kinds of which `asked` is true."""
        return [stage for stage in self.stages if asked(stage.run.nature)]

    @property
    def open_stages(self) -> list[StageFacts]:
        """Running ones that hold applications, the next due first."""
        running = [one for one in self.stages if one.run.state == StageState.OPEN and one.entered]
        return sorted(running, key=lambda one: (one.run.due_at is None, one.run.due_at or datetime.max))  # noqa: DTZ901 - only stands for "none"
