"""The figures as people read them: one row each, our two databases, the budget, and the peers' in brackets."""

import unicodedata
from dataclasses import dataclass

# Measured on the same machine and work: pretalx, HotCRP.
PEERS = {
    "storm": ("3.1", "86"),
    "saves": ("7.6", "52"),
    "examiner": ("0.76", "74"),
    "secretariat": ("4.3", "15, all rows"),
    "home": ("33", "1,350"),
    "list_statements": ("131-535", "9-11"),
    "memory_server": ("190-250", "40"),
}
WHOLE = 100
HEADINGS = ("measure", "unit", "SQLite", "PostgreSQL", "plain", "goal", "", "(pretalx)", "(HotCRP)")


@dataclass(frozen=True, slots=True)
class Goal:
    words: str
    least: float | None = None
    most: float | None = None

    def reached(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Measure:
    key: str
    title: str
    unit: str
    goal: Goal | None = None


MEASURES = (
    Measure("storm", "deadline storm, applications completed", "/s", Goal(">= 30, aim 100", least=30)),
    Measure("storm_requests", "deadline storm, requests", "/s"),
    Measure("storm_slowest", "deadline storm, slowest applicant", "s"),
    Measure("storm_work", "deadline storm, server's processor time for each", "ms"),
    Measure("storm_errors", "deadline storm, errors", "", Goal("0", most=0)),
    Measure("storm_lost", "deadline storm, receipts lost", "", Goal("0", most=0)),
    Measure("saves", "10 examiners saving item scores", "/s", Goal(">= 100", least=100)),
    Measure("saves_work", "saving item scores, server's processor time for each", "ms"),
    Measure("saves_errors", "saving item scores, errors", "", Goal("0", most=0)),
    Measure("saves_lost", "saving item scores, lost", "", Goal("0", most=0)),
    Measure("record_faults", "faults in the record afterwards", "", Goal("0", most=0)),
    Measure("examiner", "examiner's list (240), 4 clients", "/s", Goal(">= 100", least=100)),
    Measure("secretariat", "secretariat's list (50 a page), 4 clients", "/s", Goal(">= 60", least=60)),
    Measure("registrations", "secretariat's registrations (50 of all), 4 clients", "/s", Goal(">= 60", least=60)),
    Measure("home", "public home page, 8 clients", "/s", Goal(">= 1,500", least=1500)),
    Measure("nothing", "a signed-in page that says nothing, 4 clients", "/s"),
    Measure("list_statements", "statements of a list, most", "", Goal("<= 9", most=9)),
    Measure("page_statements", "statements of any page measured, most", "", Goal("<= 12", most=12)),
    Measure("grown_statements", "lists whose statements grow with rows", "", Goal("0", most=0)),
    Measure("memory_server", "peak memory of a server process", "MB", Goal("<= 100", most=100)),
    Measure("memory_worker", "peak memory of the worker", "MB", Goal("<= 100", most=100)),
    Measure("weight_public", "first load of the home page", "kB", Goal("< 60", most=60)),
    Measure("weight_applicant", "first load of the task list", "kB", Goal("< 60", most=60)),
    Measure("make_run", "make run until ready, fresh copy, warm package cache", "s", Goal("<= 60", most=60)),
)


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= WHOLE or value == int(value) else f"{value:.1f}"


def rows(figures: dict[str, dict[str, float]]) -> list[tuple[str, ...]]:
    """`figures`: database or `plain` -> key of a measure -> value."""
    found = []
    for measure in MEASURES:
        ours = [figures.get(name, {}).get(measure.key) for name in ("sqlite", "postgresql")]
        plain = figures.get("plain", {}).get(measure.key)
        given = [value for value in ours if value is not None]
        if not given and plain is None:
            continue
        verdict = ""
        if measure.goal and given:
            verdict = "yes" if all(measure.goal.reached(value) for value in given) else "MISSED"
        peers = [f"({value})" if value else "" for value in PEERS.get(measure.key, ("", ""))]
        goal = measure.goal.words if measure.goal else ""
        found.append((measure.title, measure.unit, *map(number, (*ours, plain)), goal, verdict, *peers))
    return found


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def printed(figures: dict[str, dict[str, float]]) -> str:
    lines = [HEADINGS, *rows(figures)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(HEADINGS))]
    right = {2, 3, 4}
    return "\n".join(
        "  ".join(
            cell.rjust(wide) if place in right else cell.ljust(wide)
            for place, (cell, wide) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
