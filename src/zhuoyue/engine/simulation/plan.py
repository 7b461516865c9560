"""The plan of a cycle to be tried: who applies when, which phases follow each other, who does the work.

Days are whole numbers counted from any day the caller likes; durations are days and parts of days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class PlanError(ValueError):
    """A plan that cannot be tried: a phase that ends before it begins, work for a pool that is not there."""


@dataclass(frozen=True, slots=True)
class Spread:
    """An unsure amount: least, most likely, most (a triangular distribution); three equal numbers when it is sure."""

    least: float
    likely: float
    most: float

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.likely <= self.most:
            raise PlanError(f"Least, likely and most must rise from 0: {self.least}, {self.likely}, {self.most}.")

    def draw(self, random: np.random.Generator, shape: tuple[int, ...]) -> Floats:
        if self.least == self.most:
            return np.full(shape, float(self.least))
        return random.triangular(self.least, self.likely, self.most, shape)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many applications come in, from the start of day `opens` to the end of day `closes`.

    `rush` 1 spreads them evenly; at 4, half come in the last sixth of the time (a share x of the time brings x^rush).
    """

    count: Spread
    opens: int
    closes: int
    rush: float = 1.0

    def __post_init__(self) -> None:
        if self.closes < self.opens:
            raise PlanError(f"Applications close (day {self.closes}) before they open (day {self.opens}).")
        if self.rush < 1:
            raise PlanError(f"A rush is 1 (even) or more, not {self.rush}.")


@dataclass(frozen=True, slots=True)
class Pool:
    """People who do tasks, one at a time.

    Each turns up with probability `turnout`; `load` is the most tasks one person is to be given (None: no bound).
    """

    name: str
    people: int
    turnout: float = 1.0
    load: int | None = None

    def __post_init__(self) -> None:
        if self.people < 1:
            raise PlanError(f"Pool {self.name} has nobody in it.")
        if not 0 < self.turnout <= 1:
            raise PlanError(f"Turnout of pool {self.name} lies above 0 and at most at 1, not at {self.turnout}.")


@dataclass(frozen=True, slots=True)
class Phase:
    """Work on every application that gets here, from day `opens`, planned to end with day `due`.

    Each application takes `tasks` tasks of `effort` days by different people of `pool`; without a pool it merely
    takes that time (a notice period). `together`: starts only when all have left the phase before. `places`: of those
    at most so many go in, drawn by lot, since who is best is not known beforehand. `passes`: chance to go on after.
    """

    name: str
    opens: int
    due: int
    effort: Spread
    pool: str | None = None
    tasks: int = 1
    together: bool = False
    places: int | None = None
    passes: float = 1.0

    def __post_init__(self) -> None:
        if self.due < self.opens:
            raise PlanError(f"Phase {self.name} is due (day {self.due}) before it opens (day {self.opens}).")
        if self.tasks < 1:
            raise PlanError(f"Phase {self.name} needs at least one task per application.")
        if not 0 < self.passes <= 1:
            raise PlanError(f"The chance to pass {self.name} lies above 0 and at most at 1, not at {self.passes}.")
        if self.places is not None and not (self.together and self.places > 0):
            raise PlanError(f"Places in {self.name} are above 0 and need all applications together.")


@dataclass(frozen=True, slots=True)
class Plan:
    arrivals: Arrivals
    phases: tuple[Phase, ...]
    pools: tuple[Pool, ...] = ()

    def __post_init__(self) -> None:
        if not self.phases:
            raise PlanError("A plan needs at least one phase.")
        for what, names in (("phase", [one.name for one in self.phases]), ("pool", [one.name for one in self.pools])):
            doubled = sorted({name for name in names if names.count(name) > 1})
            if doubled:
                raise PlanError(f"More than one {what} is called {', '.join(doubled)}.")
        known = {pool.name for pool in self.pools}
        missing = sorted({phase.pool for phase in self.phases if phase.pool is not None} - known)
        if missing:
            raise PlanError(f"There is no pool called {', '.join(missing)}.")
