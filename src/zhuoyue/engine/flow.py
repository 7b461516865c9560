"""Transition tables: a state machine is rows of (name, from, to, guard) that a search finds.

The table knows nothing of storage or people. `kernel.flow` moves stored things by it; the record of moves folds
back to the state (`Table.fold`), which is how stored data is checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class FlowError(ValueError):
    """A move that the table does not allow, or a table that contradicts itself."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row.

    `guard` names a predicate that the caller looks up (empty: none); `needs_reason` asks for words from the actor.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    guard: str = ""
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    initial: str
    rows: tuple[Transition, ...]

    def __post_init__(self) -> None:
        names = [row.name for row in self.rows]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise FlowError(f"{self.name}: transition named twice: {', '.join(doubled)}")
        sourceless = sorted(row.name for row in self.rows if not row.sources)
        if sourceless:
            raise FlowError(f"{self.name}: transition that starts nowhere: {', '.join(sourceless)}")
        unreachable = sorted(set(self.states) - self._reachable())
        if unreachable:
            raise FlowError(f"{self.name}: no way leads to: {', '.join(unreachable)}")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the initial one first, the others in the order of the rows."""
        found = [self.initial]
        for row in self.rows:
            found += [state for state in (*row.sources, row.target) if state not in found]
        return tuple(dict.fromkeys(found))

    @property
    def final(self) -> tuple[str, ...]:
        """The states that no move leaves."""
        left = {source for row in self.rows for source in row.sources}
        return tuple(state for state in self.states if state not in left)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is allowed but seldom meant: a final state exists, yet no way leads to one from here."""
        ending = set(self.final)
        while more := {s for row in self.rows if row.target in ending for s in row.sources} - ending:
            ending |= more
        trapped = [state for state in self.states if ending and state not in ending]
        return tuple(f"{self.name}: no way leads from {state} to an end" for state in trapped)

    def _reachable(self) -> set[str]:
        reached = {self.initial}
        while more := {row.target for row in self.rows if reached & set(row.sources)} - reached:
            reached |= more
        return reached

    def row(self, name: str) -> Transition:
        for row in self.rows:
            if row.name == name:
                return row
        raise FlowError(f"{self.name}: unknown transition {name!r}")

    def allowed_from(self, state: str) -> tuple[Transition, ...]:
        return tuple(row for row in self.rows if state in row.sources)

    def target(self, state: str, name: str) -> str:
        """The state after `name`; FlowError when the table has no such move from `state`."""
        row = self.row(name)
        if state not in row.sources:
            raise FlowError(f"{self.name}: {name!r} does not start from {state!r}")
        return row.target

    def fold(self, names: Iterable[str]) -> str:
        """The state that a record of moves leads to."""
        state = self.initial
        for name in names:
            state = self.target(state, name)
        return state

    def contradiction(self, names: Iterable[str], state: str) -> str:
        """Why a record of moves and a stored state cannot both be right; empty when they agree."""
        try:
            folded = self.fold(names)
        except FlowError as error:
            return str(error)
        return "" if folded == state else f"{self.name}: the moves lead to {folded!r}, stored is {state!r}"

    def mermaid(self) -> str:
        """The diagram of the table, for the generated docs page."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for row in self.rows:
            label = f"{row.name} [{row.guard}]" if row.guard else row.name
            lines += [f"    {source} --> {row.target}: {label}" for source in row.sources]
        lines += [f"    {state} --> [*]" for state in self.final]
        return "\n".join(lines)
