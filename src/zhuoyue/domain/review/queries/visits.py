"""What a site visit is about: its days, what is to be verified, and what changed."""

from uuid import UUID

from zhuoyue.domain.review.models import Entry, Visit, VisitIssue


def visit_of(entry: Entry) -> Visit | None:
    return Visit.objects.filter(run=entry.run, application=entry.application).first()


def issues_of(entry: Entry) -> list[VisitIssue]:
    return list(
        VisitIssue.objects.filter(run=entry.run, application=entry.application)
        .select_related("node")
        .order_by("position")
    )


def issue_in(entry: Entry, issue_id: UUID) -> VisitIssue | None:
    """An issue of this visit and of no other."""
    found = VisitIssue.objects.filter(run=entry.run, application=entry.application, pk=issue_id)
    return found.select_related("run", "application", "node").first()
