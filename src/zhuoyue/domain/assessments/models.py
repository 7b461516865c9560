from django.db import models

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.assessments.enums import AssessmentState, ImprovementState
from zhuoyue.domain.assessments.states import ASSESSMENT, IMPROVEMENT, SELF_BOOK
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.dossiers.models import Dossier, Snapshot
from zhuoyue.domain.judging.models import Scorebook
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel.records import LineField, Record


class Assessment(Record):
    """An organisation judging itself by an edition of a standard, for a year.

    What may be written beside the scores stands in `dossier`, frozen as `snapshot` when the assessment is finished.
    `rate` is the total of that moment in percent, None while the assessment is open.
    """

    FLOW = ASSESSMENT

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assessments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField()
    title = LineField(max_length=60, blank=True)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="assessment")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    state = models.CharField(max_length=12, choices=AssessmentState, default=AssessmentState.OPEN)
    rate = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "edition", "year"],
                condition=models.Q(state="open"),
                name="one_open_assessment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.year}"


class SelfBook(Scorebook):
    """A scorebook of an assessment. `assessor`: whose own it is; None: the common one, in which everybody writes."""

    FLOW = SELF_BOOK

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="books")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="self_books")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=models.Q(assessor__isnull=True), name="one_common_book"
            ),
            models.UniqueConstraint(
                fields=["assessment", "assessor"],
                condition=models.Q(assessor__isnull=False),
                name="one_book_for_each_assessor",
            ),
        ]


class Improvement(Record):
    """One step of an assessment's plan of improvement. `progress` in percent; `node`: the item that it answers."""

    FLOW = IMPROVEMENT

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="improvements")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="improvements")
    text = LineField(max_length=120)
    aim = LineField(max_length=200, blank=True)
    responsible = LineField(max_length=80, blank=True)
    due = models.DateField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=ImprovementState, default=ImprovementState.OPEN)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["due", "created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="progress_is_percent"),
        ]

    def __str__(self) -> str:
        return self.text
