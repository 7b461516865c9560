"""Who organises, who recommends, who may apply."""

from typing import Literal

from pydantic import Field

from zhuoyue.packs.programmes.schema.base import (
    BodyRef,
    CategoryRef,
    Count,
    Entry,
    KindRef,
    Model,
    Positive,
    SubmissionRef,
    Text,
)
from zhuoyue.packs.programmes.schema.dates import Date

Level = Literal["national", "province", "city", "district", "body"]
BodyKind = Literal[
    "government", "department", "association", "committee", "secretariat", "expert_committee", "office",
    "enterprise", "public_institution", "social_organisation", "community", "conference",
]  # fmt: skip


class Body(Entry):
    """One body, or (`several`) a class of bodies that a notice addresses together."""

    kind: BodyKind
    level: Level
    several: bool = False
    parent: BodyRef | None = None
    same_as: BodyRef | None = None
    members: tuple[BodyRef, ...] = ()


class Role(Entry):
    held_by: tuple[BodyRef, ...] = Field(min_length=1)
    commissioned_by: BodyRef | None = None
    duties: tuple[Text, ...] = ()


class ApplicantKind(Entry):
    unit: Literal[
        "organisation", "person", "project", "team", "site", "inner_unit", "government_body", "group",
        "school", "non_profit",
    ]  # fmt: skip
    belongs_to: KindRef | None = None
    at_most_members: Positive | None = None


class Allocation(Model):
    body: BodyRef
    at_most: Count


class Quota(Model):
    """How many a level may recommend: for each body, by category, and in all."""

    per_body_at_least: Count | None = None
    per_body_at_most: Count | None = None
    per_category: tuple["CategoryQuota", ...] = ()
    allocations: tuple[Allocation, ...] = ()
    total: Count | None = None


class CategoryQuota(Model):
    category: CategoryRef
    per_body_at_most: Count


class RecommendationLevel(Entry):
    """One hop of the way up. Levels stand in order; the last one hands to the organiser."""

    by: tuple[BodyRef, ...] = Field(min_length=1)
    to: BodyRef
    channel: Literal["recommendation", "invitation", "self"] = "recommendation"
    any_one_of: bool = True
    optional: bool = False
    categories: tuple[CategoryRef, ...] = ()
    quota: Quota | None = None
    deadline: Date | None = None
    submission: SubmissionRef | None = None
    checks: tuple[Text, ...] = ()
    opinion: bool = True
    ranked: bool = False
    letter: bool = False
    seal: bool = False
    publicity_days: Positive | None = None


class Exclusion(Entry):
    """Who may not apply for two things at once, or again (R12)."""

    scope: Literal["edition", "programme", "employer", "group", "other_programme"]
    between: tuple[CategoryRef, ...] = ()
