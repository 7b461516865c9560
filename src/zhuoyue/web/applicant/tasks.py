"""An application as a list of tasks: sections in groups, how far each is, what was returned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application, Return
from zhuoyue.domain.dossiers.checks import SectionState
from zhuoyue.domain.dossiers.queries import Contents
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import formats
from zhuoyue.packs.programmes.schema.forms import NarrativePart
from zhuoyue.web.shared.dossier_view import anchor_of

NUMERALS = "一二三四五六七八九十"
PROOF = {"indicators", "evidence"}


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


@lru_cache(maxsize=1024)
def _before_key(application_id: UUID) -> str:
    """The address of any section up to its key: a task list has thirty of them."""
    return reverse("applicant:section", args=[application_id, "-"]).removesuffix("-/")


def section_url(application: Application, key: str) -> str:
    return f"{_before_key(application.pk)}{quote(key)}/"


def title_of(section: Section) -> str:
    return section.title_in(get_language() or "zh-hans")


def groups_of(application: Application, contents: Contents, returned: Return | None) -> list[Group]:
    """Sections in the order of the form: what comes before the narratives, each narrative part, proofs, statements."""
    marked = _marked(contents, returned)
    found: list[Group] = []
    for title, states in _runs(contents.states):
        tasks = tuple(_task(application, state, marked.get(state.section.key)) for state in states)
        found.append(Group(f"{_numeral(len(found))}{title}", _aside(states), tasks))
    return found


def _numeral(place: int) -> str:
    if (get_language() or "").startswith("en"):
        return f"{place + 1}. "
    return f"{NUMERALS[place]}、" if place < len(NUMERALS) else ""


def next_numeral(groups: Sequence[Group]) -> str:
    return _numeral(len(groups))


def _runs(states: Sequence[SectionState]) -> list[tuple[str, list[SectionState]]]:
    runs: list[tuple[str, list[SectionState]]] = []
    for state in states:
        title = _group_title(state.section)
        if not runs or runs[-1][0] != title:
            runs.append((title, []))
        runs[-1][1].append(state)
    return runs


def _group_title(section: Section) -> str:
    if isinstance(section.part, NarrativePart):
        return section.part.title.in_language(get_language() or "zh-hans")
    if section.kind in PROOF:
        return _("结果与证明材料")
    return _("声明") if section.kind == "statement" else _("单位情况")


def _aside(states: Sequence[SectionState]) -> str:
    part = states[0].section.part
    if isinstance(part, NarrativePart):
        written = formats.number(sum(state.written for state in states))
        if part.total_limit:
            return _("正文%(n)s字，限%(limit)s字") % {"n": written, "limit": formats.number(part.total_limit)}
        return _("正文%(n)s字") % {"n": written}
    done, asked = sum(state.done for state in states), sum(state.asked for state in states)
    return _("%(done)s／%(asked)s项") % {"done": done, "asked": asked}


def _marked(contents: Contents, returned: Return | None) -> dict[str, tuple[str, bool]]:
    """Section -> (what the return asks, whether it was changed since)."""
    if returned is None:
        return {}
    return {
        item["part"]: (item["text"], _changed_since(contents, item["part"], returned))
        for item in returned.items
        if item.get("part")
    }


def _changed_since(contents: Contents, key: str, returned: Return) -> bool:
    section = next((state.section for state in contents.states if state.section.key == key), None)
    if section is not None and section.kind == "indicators":
        return any(entry.created_at > returned.at or entry.version > 1 for entry in contents.indicators)
    if section is not None and section.kind == "evidence":
        return any(entry.created_at > returned.at for entry in contents.evidence)
    answer = contents.answers.get(key)
    return answer is not None and answer.changed_at > returned.at


def _task(application: Application, state: SectionState, marked: tuple[str, bool] | None) -> Task:
    badge, label = _badge(state)
    note = ""
    if marked is not None and not marked[1]:
        badge, label, note = "back", _("需补正"), marked[0]
    elif marked is not None and state.is_complete:
        label = _("已修改")
    section = state.section
    return Task(
        anchor_of(section.key),
        title_of(section),
        section_url(application, section.key),
        note or _note(state),
        _part(state),
        *_measure(state),
        badge,
        label,
    )


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


def _part(state: SectionState) -> str:
    if state.section.item is not None:
        words = ngettext("%(n)s字", "%(n)s字", state.written) % {"n": formats.number(state.written)}
        return words if state.written else _("还没有写")
    unit = {"indicators": _("%(done)s／%(asked)s项指标"), "evidence": _("%(done)s／%(asked)s份")}
    words = unit.get(state.section.kind, _("%(done)s／%(asked)s项"))
    return words % {"done": state.done, "asked": state.asked}


def _note(state: SectionState) -> str:
    part = state.section.part
    item = state.section.item
    if item is not None:
        said = item.help.in_language(get_language() or "zh-hans") if item.help else ""
        return said or _("限%(limit)s字") % {"limit": formats.number(item.limit)}
    if part.help is not None:
        return part.help.in_language(get_language() or "zh-hans")
    return _listed(part)


def _listed(part: Any) -> str:
    """The first few things that a part asks for, so that the list says what is inside."""
    language = get_language() or "zh-hans"
    entries: Iterable[Any] = ()
    for name in ("fields", "items", "files", "columns", "statements"):
        entries = getattr(part, name, ()) or entries
    titles = [entry.title.in_language(language) for entry in entries if getattr(entry, "title", None)]
    if len(titles) == 1:
        return titles[0]
    shown = _("、").join(title.split("：")[0].split(":")[0].rstrip("。.") for title in titles[:3])
    return _("%(shown)s等") % {"shown": shown} if len(titles) > 3 else shown  # noqa: PLR2004 - three are shown
