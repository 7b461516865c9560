"""How many are left at each step of a cycle."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhuoyue.kernel.formats import number
from zhuoyue.web.shared.charts.scale import across, share


@dataclass(frozen=True, slots=True)
class Step:
    """`of`: how many there are to do while the step runs. `before`: the same step in an earlier cycle.

    `state`: past, now, next. `words` stand in place of the count of a coming step ("约26", "至多15").
    """

    label: str
    count: int
    state: str = "past"
    of: int | None = None
    before: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    state: str
    width: str
    done: str
    count: str
    rest: str  # of how many, and before


@dataclass(frozen=True, slots=True)
class Funnel:
    rows: tuple[Row, ...]
    aria: str


def funnel(steps: Sequence[Step], of_words: str) -> Funnel:
    """`of_words` says "，共%s" in the language of the page. A bar keeps one percent free for its outline."""
    most = max((max(step.count, step.of or 0) for step in steps), default=0)
    rows = []
    for step in steps:
        rest = (of_words % number(step.of)) if step.of is not None else ""
        before = f"（{number(step.before)}）" if step.before is not None else ""
        rows.append(
            Row(
                label=step.label,
                state=step.state,
                width=across(share(step.of if step.of is not None else step.count, most) * 99 / 100),
                done=across(share(step.count, most) * 99 / 100) if step.state == "now" else "0%",
                count=step.words or number(step.count),
                rest=f"{rest}{before}",
            )
        )
    return Funnel(tuple(rows), "；".join(f"{row.label}{row.count}{row.rest}" for row in rows))
