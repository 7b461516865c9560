"""What a programme promises besides awards: targets, actions, support for enterprises, bases, people, cases."""

from typing import Annotated, Literal

from pydantic import Field

from zhuoyue.packs.programmes.schema.base import BodyRef, Count, Entry, FormRef, Key, Model, Positive, Ref, Text, Words
from zhuoyue.packs.programmes.schema.dates import MomentField

ActionRef = Annotated[Key, Ref("actions")]
TargetRef = Annotated[Key, Ref("targets")]


class Measure(Entry):
    """A promised number; `about` marks a number that the document gives as an order of size."""

    at_least: Count | None = None
    at_most: Count | None = None
    amount: Count | None = None
    about: bool = False
    unit: Text
    per: Literal["year", "plan", "unit", "once"] = "plan"


class Milestone(Entry):
    by: MomentField
    target: TargetRef | None = None
    value: Count | None = None
    results: tuple[Entry, ...] = ()


class Target(Entry):
    """`counted_from` names what the system itself can count; without it progress is reported."""

    value: Count
    at_least: bool = False
    unit: Text
    by: MomentField
    counted_from: Literal[
        "awards", "industries_with_benchmark", "coached_enterprises", "adopting_enterprises", "trained_people",
    ] | None = None  # fmt: skip


class ActionGroup(Entry):
    number: Positive


class Action(Entry):
    """A lead is a body or, with `leads_also_each`, each member of a standing conference."""

    number: Positive
    group: Annotated[Key, Ref("action_groups")] | None = None
    leads: tuple[BodyRef, ...] = Field(min_length=1)
    supporting: tuple[BodyRef, ...] = ()
    steps: tuple["Step", ...] = ()
    measures: tuple[Measure, ...] = ()


class Step(Entry):
    by: tuple[BodyRef, ...] = ()
    start: MomentField | None = None
    due: MomentField | None = None
    items: tuple[Entry, ...] = ()


class Cultivation(Entry):
    """Support for enterprises on the way: who gets in, for how long, with which services."""

    action: ActionRef | None = None
    library_size: Positive | None = None
    chosen_per_year: Positive | None = None
    plan_years: Positive | None = None
    rolling: bool = False
    admission: tuple[Entry, ...] = ()
    services: tuple[Measure, ...] = ()
    modules: tuple[Entry, ...] = ()
    advantages: tuple[Entry, ...] = ()
    applicants: tuple[Entry, ...] = ()


class Bases(Model):
    title: Text
    action: ActionRef | None = None
    per_year_at_least: Count | None = None
    per_year_at_most: Positive | None = None
    visits_at_least: Positive | None = None
    chosen_from: tuple[Entry, ...] = ()
    criteria: tuple[Entry, ...] = ()
    activities: tuple[Entry, ...] = ()


class Training(Model):
    action: ActionRef | None = None
    measures: tuple[Measure, ...] = ()


class Promotion(Model):
    start: MomentField | None = None
    end: MomentField | None = None
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    action_groups: tuple[ActionGroup, ...] = ()
    actions: tuple[Action, ...] = ()
    cultivation: tuple[Cultivation, ...] = ()
    bases: Bases | None = None
    training: Training | None = None
    focus: tuple[Entry, ...] = ()


class CaseField(Entry):
    number: Positive


class Publication(Entry):
    yearly: bool = False
    by: BodyRef | None = None
    commissioned_by: BodyRef | None = None
    channels: tuple[Text, ...] = ()


class Benchmark(Model):
    """Cases of good practice. `name_rule` strings its parts together: enterprise, method, then the fixed ending."""

    fields: tuple[CaseField, ...] = ()
    form: FormRef | None = None
    name_parts: tuple[Literal["enterprise", "method"], ...] = ()
    name_ending: Words | None = None
    required_parts: tuple[Entry, ...] = ()
    qualities: tuple[Entry, ...] = ()
    cycle: tuple[Entry, ...] = ()
    exchange: tuple[Entry, ...] = ()
    publications: tuple[Publication, ...] = ()


class ExpertKind(Entry):
    """Which work the kind may do; terms and qualification follow from the pool's rules."""

    work: tuple[Literal["diagnosis", "review", "teaching", "site_assessment"], ...] = ()
    term_years: Positive | None = None


class Course(Entry):
    standards: tuple[Annotated[Key, Ref("standards")], ...] = ()
    leads_to: tuple[Annotated[Key, Ref("expert_kinds")], ...] = ()


class Learning(Model):
    courses: tuple[Course, ...] = ()
    audiences: tuple[Entry, ...] = ()
    pathway: tuple[Entry, ...] = ()
    sharing: tuple[Entry, ...] = ()
