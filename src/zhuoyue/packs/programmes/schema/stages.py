"""How applications are judged: ordered, optional, repeatable and parallel stages with their cut rules."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from zhuoyue.packs.programmes.schema.base import (
    BodyRef,
    Count,
    Entry,
    ExpertKindRef,
    Key,
    Model,
    Positive,
    Ratio,
    Ref,
    StandardRef,
    Text,
)
from zhuoyue.packs.programmes.schema.cuts import CutRule
from zhuoyue.packs.programmes.schema.dates import Anchor

LocalStageRef = Annotated[Key, Ref("stages")]
Percent = Annotated[Decimal, Field(ge=0, le=100, strict=False)]

StageKind = Literal[
    "condition_check", "document_review", "consensus", "site_visit", "defence", "jury", "poll", "public_notice",
    "approval", "announcement",
]  # fmt: skip


class ScorePart(Model):
    """A weighted part of a composite: an earlier stage's score, or `bonus` points of the stage itself."""

    stage: LocalStageRef
    weight: Percent


class Scoring(Model):
    """`models` are keys of scoring models: one for process items, one for results items where they differ."""

    process_model: Key | None = None
    results_model: Key | None = None
    model: Key | None = None
    standard: StandardRef | None = None
    weights: tuple[ScorePart, ...] = ()
    comments_required: bool = False
    adjusts_earlier_scores: bool = False


class Team(Model):
    at_least: Positive
    at_most: Positive | None = None
    leader: bool = True
    seniors_at_least: Count = 0
    trainees_at_most: Count = 0
    at_most_per_employer: Positive | None = None
    at_most_per_region: Positive | None = None
    load_at_most: Positive | None = None
    expert_kinds: tuple[ExpertKindRef, ...] = ()
    same_team_as: LocalStageRef | None = None


class Consensus(Model):
    """An item whose individual percents lie further apart than the threshold must be discussed."""

    spread_threshold: Percent
    comments_required: bool = True


class Ballot(Model):
    """`quorum` is a share of the electorate; `majority` a share of `base`, to be exceeded or reached."""

    quorum: Ratio
    majority: Ratio
    base: Literal["electorate", "present", "valid_votes"]
    comparison: Literal["more_than", "at_least"] = "more_than"
    secret: bool = True
    seats_at_least: Positive | None = None
    seats_at_most: Positive | None = None
    odd_seats: bool = False
    rounds_at_most: Positive = 1


class Returns(Model):
    """Return for correction: how often and for how long; late corrections are refused."""

    times_at_most: Positive
    days: Positive
    unit: Literal["days", "working_days"] = "working_days"
    anchor: Anchor = "return_sent"


class Rung(Model):
    by: BodyRef
    act: Literal["reviews", "endorses", "approves", "files"]
    note: Text | None = None


class Stage(Entry):
    """`after` names the stages before it; without it, the one written above.

    `repeats_at_most` above 1 makes it repeatable. `where_needed` leaves the decision to the organiser, case by case.
    `cut_on` names the total that `cut` compares: percent of the possible, or points.
    """

    kind: StageKind
    by: tuple[BodyRef, ...] = ()
    optional: bool = False
    where_needed: bool = False
    repeats_at_most: Positive = 1
    after: tuple[LocalStageRef, ...] = ()
    parallel_with: tuple[LocalStageRef, ...] = ()
    visibility: Literal["open", "blind_to_each_other", "applicant_hidden", "double_blind"] = "open"
    scoring: Scoring | None = None
    team: Team | None = None
    consensus: Consensus | None = None
    visit_days: Positive | None = None
    ballot: Ballot | None = None
    returns: Returns | None = None
    cut: CutRule | None = None
    cut_on: Literal["percent", "points"] = "percent"
    ladder: tuple[Rung, ...] = ()
    public_notice: Annotated[Key, Ref("public_notices")] | None = None
    feedback: bool = False


class Review(Entry):
    """An ordered list of stages; several categories may share one."""

    rules: tuple[Text, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)


class Objections(Model):
    allowed: bool = True
    real_name_required: bool = True
    seal_required_of_organisations: bool = False
    written: bool = True
    evidence_required: bool = True
    window_days: Positive | None = None
    investigate_days: Positive | None = None
    unit: Literal["days", "working_days"] = "working_days"
    handled_by: BodyRef | None = None


class PublicNotice(Entry):
    """`days` count from the day that `starts` names; a make-up working day counts as working."""

    of: Literal["applicants", "recommended", "candidates", "awarded"]
    by: BodyRef | None = None
    days: Positive | None = None
    unit: Literal["days", "working_days"] = "working_days"
    starts: Literal["on_publication", "day_after_publication", "after_signing"] = "day_after_publication"
    where: tuple[Text, ...] = ()
    objections: Objections | None = None
