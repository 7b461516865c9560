"""Site visit: what is to be verified, and what was found. Changed scores go through `scoring.agree_item`."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.review.actions.scoring import shared_book_for
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Entry, ItemScore, Scorebook, VisitIssue
from zhuoyue.domain.review.queries.scores import items_by_node, shared_book
from zhuoyue.domain.review.queries.stages import run_of_kind
from zhuoyue.domain.review.rules import RECORD_VISIT
from zhuoyue.kernel import access, audit, clock, flow, versions

ISSUE_ADDED = audit.verb("review.visit_issue_added", _("列入现场核实问题"))
FINDING_KEPT = audit.verb("review.finding_kept", _("记录现场发现"))


@transaction.atomic
def add_issue(*, by: Any, entry: Entry, question: str, node: Node | None = None) -> VisitIssue:
    access.check(RECORD_VISIT, by, entry)
    last = VisitIssue.objects.filter(run=entry.run, application=entry.application).aggregate(last=Max("position"))[
        "last"
    ]
    issue = VisitIssue.objects.create(
        run=entry.run, application=entry.application, node=node, position=(last or 0) + 1, question=question
    )
    audit.record(ISSUE_ADDED, by=by, subject=issue, scope=entry.run.category.cycle)
    return issue


@transaction.atomic
def keep_finding(*, by: Any, issue: VisitIssue, finding: str, expected: int) -> None:
    """Write what was found, and call the issue verified once there is a finding."""
    entry = Entry.objects.select_related("run__category__cycle__programme__organiser").get(
        run=issue.run, application=issue.application
    )
    access.check(RECORD_VISIT, by, entry)
    versions.save_edit(issue, expected=expected, fields={"finding": finding})
    wanted = "verify" if finding.strip() else "reopen"
    if issue.FLOW.row(wanted).target != issue.state:
        flow.move(issue, wanted, by=by, scope=entry.run.category.cycle)
    audit.record(FINDING_KEPT, by=by, subject=issue, scope=entry.run.category.cycle)


@transaction.atomic
def visit_book_for(*, entry: Entry) -> Scorebook:
    """The scorebook after the visit; it starts from the agreed scores of the consensus, which stay as they are."""
    book = shared_book_for(entry.run, entry.application, Step.VISIT)
    if not book.items.exists():
        consensus = run_of_kind(entry.run.category, StageKind.CONSENSUS)
        before = shared_book(consensus, entry.application, Step.CONSENSUS) if consensus else None
        copied = [
            ItemScore(
                scorebook=book,
                node=item.node,
                value=item.value,
                dimensions=item.dimensions,
                strengths=item.strengths,
                gaps=item.gaps,
                changed_at=clock.now(),
            )
            for item in items_by_node(before).values()
        ]
        ItemScore.objects.bulk_create(copied)
    return book
