"""The calendar of a cycle as its rules write it: phases for people to read, deadlines for the clock to judge by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Category, Cycle, Deadline, Phase
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes.schema.dates import Date, Moment
from zhuoyue.packs.programmes.schema.phases import Phase as PhaseRules
from zhuoyue.packs.programmes.schema.phases import Submission
from zhuoyue.packs.programmes.schema.programme import Category as CategoryRules

# what is handed in under a deadline of a category; recommending bodies have terms of their own
HANDED_IN = (Opens.REGISTRATION, Opens.APPLICATION)


def _begins(date: object, zone: ZoneInfo) -> datetime | None:
    return date.begins(zone) if isinstance(date, Moment) else None


def _ends(date: object, zone: ZoneInfo) -> datetime | None:
    return date.ends(zone) if isinstance(date, Moment) else None


def phases_in(cycle: Cycle, rules: Rules) -> list[Phase]:
    """The phases, not stored yet. One in which things are handed in ends with the last of its deadlines."""
    zone = ZoneInfo(rules.time_zone)
    phases = []
    for position, phase in enumerate(rules.phases):
        limits = [entry for entry in rules.submissions if entry.phase == phase.key]
        ends = [end for entry in limits if (end := _ends(entry.deadline, zone)) is not None]
        phases.append(
            Phase(
                cycle=cycle,
                key=phase.key,
                position=position,
                title=phase.title.zh,
                title_en=phase.title.en,
                opens=list(phase.opens),
                starts_at=_begins(phase.start, zone),
                ends_at=max(ends, default=_ends(phase.end, zone)),
                words=phase.note.zh if phase.note else "",
            )
        )
    return phases


def deadlines_in(categories: Sequence[Category], phases: Sequence[Phase], rules: Rules) -> list[Deadline]:
    """One for each category and thing that it takes, and for each medium that the rules date apart."""
    by_key = {phase.key: phase for phase in phases}
    asked = {entry.key: entry for entry in rules.categories}
    return [
        deadline
        for category in categories
        for opens in HANDED_IN
        for deadline in _of_category(category, asked[category.key], opens, by_key, rules)
    ]


def _of_category(
    category: Category, asked: CategoryRules, opens: Opens, phases: Mapping[str, Phase], rules: Rules
) -> Iterator[Deadline]:
    submissions = _submissions(asked, opens, rules)
    position = 0
    for submission in submissions:
        for deadline in _of_submission(submission, opens, phases, rules):
            position += 1
            deadline.category, deadline.position = category, position
            yield deadline
    for phase in () if submissions else _phases_for(asked.key, opens, rules):
        position += 1
        deadline = _of_phase(phases[phase.key], phase, opens)
        deadline.category, deadline.position = category, position
        yield deadline


def _submissions(asked: CategoryRules, opens: Opens, rules: Rules) -> list[Submission]:
    """What a category hands in: the submission that it names, else every one of that kind that is for it."""
    named = rules.submission(asked.submission) if opens == Opens.APPLICATION else None
    if named is not None:
        return [named]
    of_kind = (entry for entry in rules.submissions if entry.what == opens)
    return [entry for entry in of_kind if not entry.categories or asked.key in entry.categories]


def _phases_for(category: str, opens: Opens, rules: Rules) -> list[PhaseRules]:
    of_kind = (phase for phase in rules.phases if opens in phase.opens)
    return [phase for phase in of_kind if not phase.categories or category in phase.categories]


def _of_phase(phase: Phase, asked: PhaseRules, opens: Opens) -> Deadline:
    return Deadline(
        phase=phase,
        opens=opens,
        key=phase.key,
        title=phase.title,
        title_en=phase.title_en,
        opens_at=phase.starts_at,
        closes_at=phase.ends_at,
        is_open_ended=asked.open_ended,
    )


def _of_submission(
    submission: Submission, opens: Opens, phases: Mapping[str, Phase], rules: Rules
) -> Iterator[Deadline]:
    """Its own dates, else those of the phase that it belongs to, or that opens such things."""
    zone = ZoneInfo(rules.time_zone)
    opening = next((phase for phase in rules.phases if opens in phase.opens), None)
    asked = next((phase for phase in rules.phases if phase.key == submission.phase), opening)
    end = _ends(asked.end, zone) if asked else None
    dates: dict[str, Date | None] = {entry.medium: entry.deadline for entry in submission.deadline_by_medium}
    if submission.deadline is not None or not dates:
        dates = {"": submission.deadline, **dates}
    for medium, date in dates.items():
        yield Deadline(
            phase=phases[asked.key] if asked else None,
            opens=opens,
            key=submission.key,
            medium=medium,
            title=submission.title.zh,
            title_en=submission.title.en,
            opens_at=_begins(submission.opens_at or (asked.start if asked else None), zone),
            closes_at=end if date is None else _ends(date, zone),
            is_open_ended=bool(asked and asked.open_ended and date is None),
            grace_minutes=submission.grace_minutes,
        )
