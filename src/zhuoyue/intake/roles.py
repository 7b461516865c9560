"""What the clauses are: values, terms, context, categories, items. Told by their titles and their shape."""

import re
from collections.abc import Iterator, Sequence

from zhuoyue.intake.clauses import Clause, Form
from zhuoyue.intake.draft import NodeKind

_TERMS = re.compile(r"术语|terms?\b", re.IGNORECASE)
_VALUES = re.compile(r"理念|核心价值|价值观|基本原则|core values", re.IGNORECASE)
_CONTEXT = re.compile(r"组织环境|环境$|概况|简介|背景|组织概述|context|profile", re.IGNORECASE)
_OVERVIEW = re.compile(r"^(?:概述|总则|提要|综述|说明)$|^(?:general|overview)$", re.IGNORECASE)
_RESULTS = re.compile(r"(?:结果|成效)(?:\s*[(（][^()（）]*[)）])?$|results?$", re.IGNORECASE)
_REQUIREMENTS = re.compile(r"评价|评审|评定|评分|准则|criteria|requirements", re.IGNORECASE)
FEWEST_CATEGORIES = 2

Roles = dict[Clause, NodeKind]


def roles_of(roots: Sequence[Clause]) -> Roles:
    """The role of every clause; those without a special one are plain clauses."""
    roles = dict.fromkeys(_walk(roots), NodeKind.CLAUSE)
    for clause in roles:
        if clause.form == Form.NOTE:
            roles[clause] = NodeKind.NOTE
    requirements = requirements_of(roots)
    inside = set(_walk(requirements))
    for clause in _walk(roots):
        if clause not in inside:
            _name_children(clause, roles, inside)
    seen_category = False
    for clause in requirements:
        seen_category = _name_requirement(clause, roles, seen_category) or seen_category
    return roles


def requirements_of(roots: Sequence[Clause]) -> list[Clause]:
    """The clauses side by side among which the categories are: those of one chapter, or the chapters themselves.

    The place with most categories wins, a title that speaks of assessment before the others.
    """
    places = [list(roots)] + [clause.of_form(Form.NUMBERED) for clause in _walk(roots) if not _is_list_chapter(clause)]
    titles = [""] + [clause.title for clause in _walk(roots) if not _is_list_chapter(clause)]
    ranked = [
        (len(categories_among(place)), bool(_REQUIREMENTS.search(title)), -index)
        for index, (place, title) in enumerate(zip(places, titles, strict=True))
    ]
    best = max(ranked)
    return places[-best[2]] if best[0] else []


def categories_among(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if not _is_list_chapter(clause) and _has_items(clause)]


def _is_list_chapter(clause: Clause) -> bool:
    return bool(_TERMS.search(clause.title) or _VALUES.search(clause.title))


def _has_items(clause: Clause) -> bool:
    """A category has an item below it that is scored: with lettered points, or about results."""
    return any(_RESULTS.search(item.title) or item.of_form(Form.LETTERED) for item in clause.of_form(Form.NUMBERED))


def _walk(clauses: Sequence[Clause]) -> Iterator[Clause]:
    for clause in clauses:
        yield clause
        yield from _walk(clause.children)


def _name_children(clause: Clause, roles: Roles, inside: set[Clause]) -> None:
    """The entries of a chapter of terms or of values."""
    if not clause.code or roles[clause] != NodeKind.CLAUSE:
        return
    if _TERMS.search(clause.title):
        kind = NodeKind.TERM
    elif _VALUES.search(clause.title):
        kind = NodeKind.VALUE
    else:
        return
    for child in clause.children:
        if child.form != Form.NOTE and child not in inside:
            roles[child] = kind


def _name_requirement(clause: Clause, roles: Roles, seen_category: bool) -> bool:  # noqa: FBT001 - one private caller
    """Name a clause of the requirements and what is below it; True where it is a category."""
    if clause.form != Form.NUMBERED or _is_list_chapter(clause):
        return False
    if _has_items(clause):
        roles[clause] = NodeKind.CATEGORY
        for item in clause.of_form(Form.NUMBERED):
            _name_item(item, roles, about_results=bool(_RESULTS.search(clause.title)))
        return True
    if clause.of_form(Form.LETTERED):
        if _CONTEXT.search(clause.title) or not seen_category:
            roles[clause] = NodeKind.CONTEXT
            _name_aspects(clause, roles)
        else:
            _name_item(clause, roles, about_results=False)
    elif _RESULTS.search(clause.title):
        _name_item(clause, roles, about_results=True)
    elif _OVERVIEW.search(clause.title):
        roles[clause] = NodeKind.OVERVIEW
    return False


def _name_item(item: Clause, roles: Roles, *, about_results: bool) -> None:
    if _OVERVIEW.search(item.title):
        roles[item] = NodeKind.OVERVIEW
        return
    results = about_results or _RESULTS.search(item.title)
    roles[item] = NodeKind.RESULTS_ITEM if results else NodeKind.PROCESS_ITEM
    _name_aspects(item, roles)


def _name_aspects(clause: Clause, roles: Roles) -> None:
    for child in _walk(clause.children):
        if child.form == Form.LETTERED:
            roles[child] = NodeKind.ASPECT
