"""What is asked of somebody by a time: scorebooks, answers, declarations, corrections, opinions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.queries import first_level
from zhuoyue.domain.applications.terms import dated_levels
from zhuoyue.domain.office.queries.overview.facts import Due, Examiner
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.enums import InvitationState, StageState
from zhuoyue.domain.review.models import StageRun


def dues_of(
    cycle: Cycle, runs: Sequence[StageRun], examiners: Sequence[Examiner], rows: Sequence[dict[str, Any]]
) -> list[Due]:
    """The earliest first."""
    found = [
        *_books(runs, examiners),
        *_answers(examiners),
        *_corrections(rows),
        *_opinions(cycle, rows),
    ]
    return sorted(found, key=lambda due: (due.due_at, due.who))


def _books(runs: Sequence[StageRun], examiners: Sequence[Examiner]) -> Iterable[Due]:
    """Scorebooks not handed in, for each examiner of each open stage with a date."""
    for run in runs:
        if run.state != StageState.OPEN or run.due_at is None:
            continue
        for one in examiners:
            names = tuple(sorted(pair.number for pair in one.pairs if pair.run == run.pk and not pair.is_in))
            if names:
                yield Due("books", one.expert, one.name, one.email, run.due_at, run.title, run.title_en, names)


def _answers(examiners: Sequence[Examiner]) -> Iterable[Due]:
    """Invitations that wait for an answer, or after it for the declaration of ties."""
    for one in examiners:
        if one.answer_by is None:
            continue
        if one.state == InvitationState.INVITED:
            yield Due("answer", one.invitation, one.name, one.email, one.answer_by)
        elif one.state == InvitationState.ACCEPTED and one.declared_at is None:
            yield Due("declaration", one.invitation, one.name, one.email, one.answer_by)


def _corrections(rows: Sequence[dict[str, Any]]) -> Iterable[Due]:
    for row in rows:
        if row["correct_by"] is not None and row["application__state"] == ApplicationState.RETURNED:
            yield Due(
                "correction",
                row["application"],
                row["organisation__name"],
                row["contact_email"],
                row["correct_by"],
                names=(row["application__number"],),
            )


def _opinions(cycle: Cycle, rows: Sequence[dict[str, Any]]) -> Iterable[Due]:
    """Applications that wait for the opinion of a body whose level has a time, for each body."""
    levels = dated_levels(cycle)
    rules = rules_of(cycle.rules)
    asked = {category.key: first_level(rules, category.key) for category in rules.categories}
    waiting: defaultdict[tuple[UUID, datetime], list[dict[str, Any]]] = defaultdict(list)
    for row in rows if levels else ():
        level = asked.get(row["category_key"])
        if row["application__state"] != ApplicationState.SUBMITTED or row["body"] is None or level is None:
            continue
        if level.key in levels:
            place = list(levels).index(level.key)
            waiting[row["body"], row[f"until_{place}"] or levels[level.key][1]].append(row)
    for (body, due_at), found in waiting.items():
        names = tuple(sorted(row["application__number"] for row in found))
        yield Due("opinion", body, found[0]["body_name"], found[0]["officer"] or "", due_at, names=names)
