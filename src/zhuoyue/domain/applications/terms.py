"""Until when a recommending body may give its opinions: what the rules say of its level, and extensions granted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zhuoyue.domain.applications.models import Application, Extension
from zhuoyue.domain.applications.queries import recommendation_level
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes.schema.bodies import RecommendationLevel
from zhuoyue.packs.programmes.schema.dates import Moment

Levels = dict[str, tuple[RecommendationLevel, datetime]]


@dataclass(frozen=True, slots=True)
class Term:
    """`until` is the first instant that is too late; None where the rules set no time. `extended`: the reason why."""

    level: RecommendationLevel | None
    until: datetime | None
    extended: str = ""

    def is_over(self, at: datetime) -> bool:
        return self.until is not None and at >= self.until


def level_deadline(level: RecommendationLevel, rules: Rules) -> datetime | None:
    """The level's own date, else that of the papers it hands in, whose grace is the submission's."""
    if isinstance(level.deadline, Moment):
        return level.deadline.ends(ZoneInfo(rules.time_zone))
    submission = rules.submission(level.submission)
    return submission.closes(ZoneInfo(rules.time_zone)) if submission else None


def dated_levels(cycle: Cycle) -> Levels:
    """Level key -> the level and its deadline, of those that have one."""
    rules = rules_of(cycle.rules)
    dated = ((level, level_deadline(level, rules)) for level in rules.recommendation)
    return {level.key: (level, until) for level, until in dated if until is not None}


def granted() -> QuerySet[Extension]:
    """Extensions, the one that stands first: a later one replaces the earlier."""
    return Extension.objects.order_by("-at")


def term_of(category: Category, body_id: UUID | None) -> Term:
    """The term of one body for applications of one category."""
    level = recommendation_level(category)
    if level is None:
        return Term(None, None)
    until = level_deadline(level, rules_of(category.cycle.rules))
    if until is None or body_id is None:
        return Term(level, until)
    one = granted().filter(cycle=category.cycle, body=body_id, level=level.key).first()
    return Term(level, one.until, one.reason) if one else Term(level, until)


def may_still_recommend(application: Application, at: datetime) -> bool:
    return not term_of(application.category, application.recommender_id).is_over(at)


def terms_of(cycle: Cycle, body_id: UUID) -> list[Term]:
    """The terms of a body at each level that has a deadline."""
    levels = dated_levels(cycle)
    if not levels:
        return []
    later = {one.level: one for one in reversed(granted().filter(cycle=cycle, body=body_id))}
    return [
        Term(level, later[key].until, later[key].reason) if key in later else Term(level, until)
        for key, (level, until) in levels.items()
    ]


def terms_by_category(body: Body, categories: Sequence[Category]) -> dict[UUID, Term]:
    """Category id -> the term of a body; `categories` are of one cycle."""
    found = terms_of(categories[0].cycle, body.pk) if categories else []
    of_level = {term.level.key: term for term in found if term.level}
    levels = ((category.pk, recommendation_level(category)) for category in categories)
    return {key: of_level[level.key] for key, level in levels if level is not None and level.key in of_level}
