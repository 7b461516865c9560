"""How much of their places the recommending bodies have used, read from the registrations of a cycle."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.office.queries.bodies import places_of
from zhuoyue.domain.office.queries.overview.facts import QuotaUse
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of

# name and identity of a body, the key by which places are allocated to it, the key of a category
Place = tuple[str, str, str, str]


def quotas_of(cycle: Cycle, rows: Sequence[dict[str, Any]]) -> tuple[QuotaUse, ...]:
    """Bodies with a limit that have used a place or are waited for, by name."""
    rules = rules_of(cycle.rules)
    if all(level.quota is None for level in rules.recommendation):
        return ()
    used: Counter[Place] = Counter()
    waiting: Counter[Place] = Counter()
    for row in rows:
        if row["recommended_by"] and row["application__state"] != ApplicationState.WITHDRAWN:
            used[_place(row, "recommended_by")] += 1
        if row["asked_of"] and row["application__state"] == ApplicationState.SUBMITTED:
            waiting[_place(row, "asked_of")] += 1
    categories = {category.key: category for category in rules.categories}
    found = []
    for place in sorted(used.keys() | waiting.keys()):
        name, _body, key, category = place
        limit = places_of(rules, categories[category], (key,))
        if limit is not None:
            title = categories[category].title
            found.append(QuotaUse(name, title.zh, title.en, used[place], limit, waiting[place]))
    return tuple(found)


def _place(row: dict[str, Any], whose: str) -> Place:
    return row[f"{whose}_name"], str(row[whose]), row[f"{whose}_key"] or "", row["category_key"]
