"""A dossier as a list of tasks: sections in groups, how far each is, what was returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import SectionState
from zhuoyue.domain.dossiers.desk import Wanted
from zhuoyue.domain.dossiers.queries import Contents
from zhuoyue.kernel.language import in_english
from zhuoyue.web.shared.dossier.mount import Sitting
from zhuoyue.web.shared.dossier.parts import face_of
from zhuoyue.web.shared.dossier.shown import anchor_of, language_of_page

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    title: str
    url: str
    note: str
    part: str
    value: int
    total: int
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    aside: str
    tasks: tuple[Task, ...]


def groups_of(seat: Sitting, contents: Contents) -> list[Group]:
    """Sections in the order of the form: what comes before the narratives, each narrative part, proofs, statements."""
    marked = _marked(seat, contents)
    found: list[Group] = []
    for title, states in _runs(contents.states):
        tasks = tuple(_task(seat, state, marked.get(state.section.key)) for state in states)
        part = states[0].section.part
        found.append(Group(f"{_numeral(len(found))}{title}", face_of(part).aside(part, states), tasks))
    return found


def _numeral(place: int) -> str:
    if in_english():
        return f"{place + 1}. "
    return f"{NUMERALS[place]}、" if place < len(NUMERALS) else ""


def next_numeral(groups: Sequence[Group]) -> str:
    return _numeral(len(groups))


def _runs(states: Sequence[SectionState]) -> list[tuple[str, list[SectionState]]]:
    runs: list[tuple[str, list[SectionState]]] = []
    for state in states:
        title = _group_title(state)
        if not runs or runs[-1][0] != title:
            runs.append((title, []))
        runs[-1][1].append(state)
    return runs


def _group_title(state: SectionState) -> str:
    part = state.section.part
    return face_of(part).group(part)


def _marked(seat: Sitting, contents: Contents) -> dict[str, tuple[str, bool]]:
    """Section -> (what the return asks, whether it was changed since)."""
    since = seat.desk.wanted_at
    if since is None:
        return {}
    sections = {state.section.key: state.section for state in contents.states}
    return {
        wanted.section: (wanted.text, contents.changed_since(sections[wanted.section], since))
        for wanted in seat.desk.wanted
        if wanted.section in sections
    }


def _task(seat: Sitting, state: SectionState, marked: tuple[str, bool] | None) -> Task:
    badge, label = _badge(state)
    note = ""
    if marked is not None and not marked[1]:
        badge, label, note = "back", _("需补正"), marked[0]
    elif marked is not None and state.is_complete:
        label = _("已修改")
    section = state.section
    face = face_of(section.part)
    return Task(
        anchor_of(section.key),
        section.title_in(language_of_page()),
        seat.section_url(section.key),
        note or face.note(section.part, section),
        face.measure(state),
        *_measure(state),
        badge,
        label,
    )


def returned_items(seat: Sitting, contents: Contents, items: Sequence[Wanted]) -> list[dict[str, Any]]:
    """What a return asks, each with the place to mend; an item may name no place."""
    titles = {state.section.key: state.section.title_in(language_of_page()) for state in contents.states}
    return [
        {
            "title": titles.get(item.section, ""),
            "text": item.text,
            "url": seat.section_url(item.section) if item.section in titles else "",
        }
        for item in items
    ]


def _badge(state: SectionState) -> tuple[str, str]:
    if state.is_complete:
        return ("done", _("已完成")) if state.is_started else ("draft", _("选填"))
    if any(fault.code in {"over_limit", "over_total"} for fault in state.faults):
        return "late", _("超出字数")
    return ("open", _("填写中")) if state.is_started else ("draft", _("未开始"))


def _measure(state: SectionState) -> tuple[int, int]:
    if state.is_complete and state.is_started:
        return 1, 1
    return min(state.done, state.asked), max(state.asked, 1)
