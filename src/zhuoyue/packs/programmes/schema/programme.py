from collections.abc import Iterable
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field

from zhuoyue.packs.programmes.schema.awards import Award, Cap, Recognition, Tier
from zhuoyue.packs.programmes.schema.base import (
    AwardRef,
    ConditionRef,
    Count,
    Entry,
    FormRef,
    Key,
    KindRef,
    Model,
    ReviewRef,
    StandardRef,
    SubmissionRef,
    Text,
    Words,
)
from zhuoyue.packs.programmes.schema.bodies import ApplicantKind, Body, Exclusion, Quota, RecommendationLevel, Role
from zhuoyue.packs.programmes.schema.conditions import ConditionSet, Fact
from zhuoyue.packs.programmes.schema.documents import Contact, Notice
from zhuoyue.packs.programmes.schema.forms import Form
from zhuoyue.packs.programmes.schema.phases import Cadence, Edition, Phase, Submission
from zhuoyue.packs.programmes.schema.promotion import Benchmark, ExpertKind, Learning, Promotion
from zhuoyue.packs.programmes.schema.stages import PublicNotice, Review, Stage


class StandardCounts(Model):
    """How many nodes the document prints; the standard's edition must hold as many."""

    values: Count
    terms: Count
    notes: Count
    context_aspects: Count
    categories: Count
    process_items: Count
    process_aspects: Count
    results_items: Count


class StandardUse(Entry):
    """A standard that the programme names. `edition` is the key of a shipped or imported edition, where one exists."""

    code: Words | None = None
    edition: Key | None = None
    counts: StandardCounts | None = None
    based_on: Words | None = None
    applies_to: Text | None = None
    trial: bool = False


class Category(Entry):
    """Something one can apply for: who, against what, on which form, judged how, with how many places."""

    award: AwardRef | None = None
    applicant_kinds: tuple[KindRef, ...] = Field(min_length=1)
    standard: StandardRef | None = None
    registration_form: FormRef | None = None
    form: FormRef | None = None
    conditions: ConditionRef | None = None
    review: ReviewRef | None = None
    submission: SubmissionRef | None = None
    quota: Quota | None = None
    status: Literal["open", "cultivated_only", "announced_later"] = "open"


class Fee(Model):
    charged: Literal[False] = False
    note: Text | None = None


class Conduct(Model):
    """What experts sign and which ties count as conflicts; recusal from one entry or from the whole edition."""

    undertaking: tuple[Entry, ...] = ()
    conflicts: tuple["ConflictKind", ...] = ()


class ConflictKind(Entry):
    recusal: Literal["entry", "edition"]


class Programme(Model):
    format: Literal[1]
    key: Key
    title: Text
    summary: Text
    edition: Edition
    cadence: Cadence
    time_zone: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z_]+/[A-Za-z_]+$")] = "Asia/Shanghai"
    # paths of settings that the operator chose because the document does not give them
    assumed: tuple[Words, ...] = ()
    notices: tuple[Notice, ...] = Field(min_length=1)
    contacts: tuple[Contact, ...] = ()
    bodies: tuple[Body, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    principles: tuple[Entry, ...] = ()
    aims: tuple[Entry, ...] = ()
    fee: Fee | None = None
    focus_industries: tuple[Entry, ...] = ()
    standards: tuple[StandardUse, ...] = ()
    applicant_kinds: tuple[ApplicantKind, ...] = ()
    awards: tuple[Award, ...] = ()
    caps: tuple[Cap, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    facts: tuple[Fact, ...] = ()
    conditions: tuple[ConditionSet, ...] = ()
    forms: tuple[Form, ...] = ()
    phases: tuple[Phase, ...] = ()
    submissions: tuple[Submission, ...] = ()
    recommendation: tuple[RecommendationLevel, ...] = ()
    expert_kinds: tuple[ExpertKind, ...] = ()
    conduct: Conduct | None = None
    reviews: tuple[Review, ...] = ()
    public_notices: tuple[PublicNotice, ...] = ()
    categories: tuple[Category, ...] = ()
    recognition: Recognition | None = None
    benchmark: Benchmark | None = None
    learning: Learning | None = None
    promotion: Promotion | None = None

    @property
    def notice(self) -> Notice:
        """The notice that the programme itself comes from."""
        return next((notice for notice in self.notices if notice.kind == "original"), self.notices[0])

    @property
    def tiers(self) -> tuple[Tier, ...]:
        return tuple(tier for award in self.awards for tier in award.tiers)

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(stage for review in self.reviews for stage in review.stages)

    def category(self, key: str) -> Category:
        """Raises KeyError for a category that the pack does not define."""
        found = _named(self.categories, key)
        if found is None:
            raise KeyError(key)
        return found

    def form(self, key: str | None) -> Form | None:
        return _named(self.forms, key)

    def condition_set(self, key: str | None) -> ConditionSet | None:
        return _named(self.conditions, key)

    def submission(self, key: str | None) -> Submission | None:
        return _named(self.submissions, key)

    def public_notice(self, key: str | None) -> PublicNotice | None:
        return _named(self.public_notices, key)

    def stages_of(self, category: Category) -> tuple[Stage, ...]:
        review = _named(self.reviews, category.review)
        return review.stages if review else ()


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Element = TypeVar("_Element", bound=_Keyed)


def _named(elements: Iterable[_Element], key: str | None) -> _Element | None:
    return next((element for element in elements if element.key == key), None)
