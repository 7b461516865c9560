"""How much of their places the recommending bodies have used, read from the registrations of a cycle."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.review.queries.bodies import places_allowed
from zhuoyue.domain.review.queries.overview.facts import QuotaUse


def quotas_of(cycle: Cycle, rows: Sequence[dict[str, Any]]) -> tuple[QuotaUse, ...]:
    """Bodies with a limit that have used a place or are waited for, by name."""
    rules = rules_of(cycle.rules)
    if all(level.quota is None for level in rules.recommendation):
        return ()
    used = Counter(
        (row["recommended_by"], row["category_key"])
        for row in rows
        if row["recommended_by"] and row["application__state"] != ApplicationState.WITHDRAWN
    )
    waiting = Counter(
        (row["asked_of"], row["category_key"])
        for row in rows
        if row["asked_of"] and row["application__state"] == ApplicationState.SUBMITTED
    )
    categories = {category.key: category for category in rules.categories}
    found = []
    for body, key in sorted(used.keys() | waiting.keys()):
        limit = places_allowed(rules, categories[key], body)
        if limit is not None:
            title = categories[key].title
            found.append(QuotaUse(body, title.zh, title.en, used[body, key], limit, waiting[body, key]))
    return tuple(found)
