"""What the events of a record are about. Read here because awards come last: this app knows every kind of thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from zhuoyue.domain.applications.models import Application, Extension, Receipt, Registration
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.domain.outcomes.models import Award, FeedbackReport, Objection, PublicNotice, ResultList
from zhuoyue.domain.programmes.models import Cycle, Deadline, Notice, Officer, Phase
from zhuoyue.domain.review.models import (
    Assignment,
    AssignmentRun,
    Invitation,
    Meeting,
    Seat,
    StageBook,
    StageRun,
    VisitIssue,
)
from zhuoyue.kernel.mail.models import OutboxMail
from zhuoyue.kernel.records import subject_of

_APPLICATION = "application__organisation"
# with what names each, and without what is long and names nothing
_KINDS: tuple[QuerySet[Any], ...] = (
    Cycle.objects.all(),
    Phase.objects.all(),
    Deadline.objects.select_related("category"),
    Notice.objects.defer("body"),
    OutboxMail.objects.only("to"),
    Edition.objects.all(),
    Registration.objects.select_related("organisation", "application"),
    Application.objects.select_related("organisation"),
    Receipt.objects.select_related(_APPLICATION),
    Body.objects.select_related("organisation"),
    Membership.objects.select_related("organisation", "person"),
    Officer.objects.select_related("body__organisation", "person"),
    Extension.objects.select_related("body__organisation"),
    StageRun.objects.select_related("category"),
    Invitation.objects.select_related("expert__person", "expert__pool"),
    AssignmentRun.objects.select_related("run__category").defer("inputs", "result"),
    Assignment.objects.select_related(_APPLICATION, "expert__person"),
    StageBook.objects.select_related(_APPLICATION, "run"),
    VisitIssue.objects.select_related(_APPLICATION, "run").defer("question", "finding"),
    Seat.objects.select_related("person"),
    Meeting.objects.select_related("run__category").defer("result", "rounds", "on_ballot"),
    ResultList.objects.select_related("category").defer("entries"),
    PublicNotice.objects.only("title", "result_list"),
    Objection.objects.select_related("notice__result_list").defer("text", "ruling", "notice__result_list__entries"),
    Award.objects.select_related(_APPLICATION),
    FeedbackReport.objects.select_related(_APPLICATION).defer("content"),
)
_READ = {found.model._meta.label_lower: found for found in _KINDS}  # noqa: SLF001 - Django's documented model API
KINDS = frozenset(_READ)


def things_named(subjects: Iterable[str]) -> dict[str, Model]:
    """Subject (`app.model:id`) -> the thing, one statement for each kind; without what is gone."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        if kind in _READ:
            ids[kind].add(key)
    return {subject_of(thing): thing for kind, keys in ids.items() for thing in _READ[kind].filter(pk__in=keys)}
