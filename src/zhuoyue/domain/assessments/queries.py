"""Assessments of one's organisations, what stands in their scorebooks, and what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhuoyue.domain.assessments.enums import AssessmentState, ImprovementState
from zhuoyue.domain.assessments.models import Assessment, Improvement, SelfBook
from zhuoyue.domain.criteria.enums import SCORED
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.criteria.queries import confirmed_editions
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.books import items_by_node, scored_nodes
from zhuoyue.domain.judging.queries.totals import Sheet, total_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.engine import scoring
from zhuoyue.packs.scoring_models import shipped_scoring_models

ENDED = (AssessmentState.FINISHED, AssessmentState.SUPERSEDED)


def _whole() -> QuerySet[Assessment]:
    """With what every page and rule about an assessment asks for."""
    return Assessment.objects.select_related("organisation", "edition__standard", "dossier__form", "snapshot")


def assessment_by_id(assessment_id: UUID) -> Assessment | None:
    return _whole().filter(pk=assessment_id).first()


def assessments_for_user(person: Any) -> QuerySet[Assessment]:
    """Those of the organisations that a person speaks for, the latest year first. `scored`: items that are done."""
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        _whole()
        .filter(organisation__in=held)
        .annotate(scored=Count("books__items", filter=Q(books__items__done=True, books__assessor=None)))
        .order_by("-year", "-started_at")
    )


def editions_to_assess() -> QuerySet[Edition]:
    """Confirmed editions with items to score, by a scoring model that is known here."""
    scored = Node.objects.filter(edition=OuterRef("pk"), kind__in=SCORED)
    return confirmed_editions().filter(Exists(scored), scoring_model__in=shipped_scoring_models())


def other_open(assessment: Assessment) -> bool:
    """Whether the organisation has another one open by the same edition for the same year."""
    same = Assessment.objects.filter(
        organisation=assessment.organisation_id, edition=assessment.edition_id, year=assessment.year
    )
    return same.filter(state=AssessmentState.OPEN).exclude(pk=assessment.pk).exists()


def common_book(assessment: Assessment) -> SelfBook:
    """The scorebook in which everybody writes; made with the assessment."""
    book = SelfBook.objects.select_related("edition").get(assessment=assessment.pk, assessor=None)
    book.assessment = assessment
    return book


def last_assessment(assessment: Assessment) -> Assessment | None:
    """The finished one of the latest year before, by the same edition."""
    return (
        _whole()
        .filter(
            organisation=assessment.organisation_id,
            edition=assessment.edition_id,
            state=AssessmentState.FINISHED,
            year__lt=assessment.year,
        )
        .order_by("-year", "-finished_at")
        .first()
    )


def latest_finished(organisation_id: UUID, edition: Edition, year: int) -> Assessment | None:
    """The latest finished one up to `year` by an edition: the one whose series can be carried over."""
    found = _whole().filter(organisation=organisation_id, edition=edition, state__in=ENDED, year__lte=year)
    return found.order_by("-year", "-finished_at").first()


def sheet_of(book: SelfBook) -> Sheet:
    items = items_by_node(book)
    nodes = scored_nodes(book.edition)
    return Sheet(book.scales, {node.code: items[node.pk].value if node.pk in items else None for node in nodes})


def total_in(book: SelfBook) -> scoring.Total:
    return total_of(scored_nodes(book.edition), sheet_of(book))


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what is said of it now and was said last time. Rates in percent, None where nothing is given."""

    node: Node
    item: ItemScore | None
    rate: Decimal | None
    last: Decimal | None
    improvements: int

    @property
    def change(self) -> Decimal | None:
        return None if self.rate is None or self.last is None else self.rate - self.last


@dataclass(frozen=True, slots=True)
class Result:
    """`before` and `last_total` are None where there is no earlier assessment by the same edition."""

    items: tuple[Judged, ...]
    total: scoring.Total
    before: Assessment | None
    last_total: scoring.Total | None

    @property
    def risen(self) -> int:
        return sum(item.change is not None and item.change > 0 for item in self.items)

    @property
    def fallen(self) -> int:
        return sum(item.change is not None and item.change < 0 for item in self.items)

    @property
    def unchanged(self) -> tuple[Judged, ...]:
        return tuple(item for item in self.items if item.change == 0)


def result_of(assessment: Assessment, improvements: Sequence[Improvement]) -> Result:
    book = common_book(assessment)
    before = last_assessment(assessment)
    total = total_in(book)
    last_total = total_in(common_book(before)) if before else None
    rates, lasts = _rates(total), _rates(last_total)
    items = items_by_node(book)
    judged = tuple(
        Judged(
            node,
            items.get(node.pk),
            rates.get(node.code),
            lasts.get(node.code),
            sum(improvement.node_id == node.pk for improvement in improvements),
        )
        for node in scored_nodes(assessment.edition)
    )
    return Result(judged, total, before, last_total)


def _rates(total: scoring.Total | None) -> dict[str, Decimal | None]:
    """Item -> percent of what it can give, whatever the scoring model."""
    return {score.node: score.percent for score in total.items} if total else {}


def improvements_of(assessment: Assessment) -> list[Improvement]:
    """Those that are due first come first; without a date last."""
    found = assessment.improvements.select_related("node")
    return sorted(found, key=lambda entry: (entry.due is None, entry.due or date.max, entry.created_at))


def improvement_by_id(improvement_id: UUID) -> Improvement | None:
    found = Improvement.objects.select_related("node", "assessment__organisation", "assessment__edition")
    return found.filter(pk=improvement_id).first()


def is_late(improvement: Improvement, today: date) -> bool:
    """Not done on the day after its date."""
    return improvement.state == ImprovementState.OPEN and improvement.due is not None and improvement.due < today
