"""What teams agreed on applications, and where the examiners' own totals lie, over all stages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.totals import Sheet, sheets_of, total_of
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.domain.review.queries.teams import workable
from zhuoyue.engine import scoring


def agreed_items(application: Application) -> list[ItemScore]:
    """The last agreed judgement of every item: after the visit where it changed, else of the consensus."""
    items = (
        ItemScore.objects.filter(
            scorebook__stagebook__application=application, scorebook__stagebook__assignment=None, value__isnull=False
        )
        .select_related("node__parent", "scorebook")
        .order_by("scorebook__stagebook__run__position")  # the later stage's judgement stands
    )
    found = {item.node_id: item for item in items}
    return sorted(found.values(), key=lambda item: item.node.position)


def total_of_items(category: Category, items: Iterable[ItemScore]) -> scoring.Total:
    """The total of agreed items, each by the scoring model of its scorebook."""
    sheets = (Sheet(item.scorebook.scales, {item.node.code: item.value}) for item in items)
    return total_of(scored_nodes(category), *sheets)


def totals_of(applications: Iterable[Application]) -> dict[UUID, Decimal | None]:
    """Application id -> the total of the agreed values."""
    listed = list(applications)
    items = ItemScore.objects.filter(
        scorebook__stagebook__application__in=listed, scorebook__stagebook__assignment=None, value__isnull=False
    ).order_by("scorebook__stagebook__run__position")  # the later stage's value stands
    sheets: defaultdict[UUID, list[Sheet]] = defaultdict(list)
    for application, sheet in sheets_of(items, "scorebook__stagebook__application"):
        sheets[application].append(sheet)
    return {
        application.pk: total_of(scored_nodes(application.category), *sheets[application.pk]).value
        for application in listed
    }


def individual_totals(applications: Sequence[Application]) -> Mapping[UUID, list[Decimal]]:
    """Application id -> the totals of examiners who scored every item, of those who may still work on it."""
    items = ItemScore.objects.filter(
        scorebook__stagebook__application__in=applications,
        scorebook__stagebook__assignment__in=workable(),
        value__isnull=False,
    )
    categories = {application.pk: application.category for application in applications}
    found: defaultdict[UUID, list[Decimal]] = defaultdict(list)
    for application, sheet in sheets_of(items, "scorebook__stagebook__application"):
        total = total_of(scored_nodes(categories[application]), sheet).value
        if total is not None:
            found[application].append(total)
    return found
