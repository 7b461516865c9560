from typing import ClassVar

from django.db import models

from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.judging.scales import Scales
from zhuoyue.engine.flow import Table
from zhuoyue.kernel.records import LineField, Record


class Scorebook(Record):
    """One judgement on what was handed in, against an edition of a standard.

    Whoever owns scorebooks (the review, an assessment) keeps a model that inherits from this one: it adds whose
    scorebook it is and the table of moves (`FLOW`: open - submitted) with guards of its own. `step` is the owner's
    word for whose judgement it is. The scoring models are those that held when the scorebook was begun.

    The items are the record. What they come to is kept beside them, so that lists of thousands need not reckon it
    anew: `done_count` of them are done; once handed in, the engine's total is exactly `total_numerator` /
    `total_denominator` out of `total_most`, `value_mean` the mean of the values and `chapters` the percent of each
    chapter, as text. Empty while the scorebook is open, and where there is no total. `zhuoyue totals` recounts them.
    """

    FLOW: ClassVar[Table]

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="scorebooks")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="scorebooks")
    process_model = LineField(max_length=60, blank=True)
    results_model = LineField(max_length=60, blank=True)
    step = LineField(max_length=20)
    state = models.CharField(max_length=10, choices=ScorebookState, default=ScorebookState.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)
    done_count = models.PositiveSmallIntegerField(default=0)
    total_numerator = models.BigIntegerField(null=True, blank=True)
    total_denominator = models.BigIntegerField(null=True, blank=True)
    total_most = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    value_mean = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    chapters = models.JSONField(default=dict)

    @property
    def scales(self) -> Scales:
        return Scales(self.process_model, self.results_model)


class ItemScore(Record):
    """Where a scorebook stands on an item. `value` in the unit of the scoring model (percent, points).

    `dimensions`: dimension key -> {"band": key, "note": words}; `strengths`, `gaps`: lists of words. `marks`: passages
    of the dossier, word for word, that an examiner marked; a comment names one by its place, ① first. `dissent`, only
    of agreed items: [{"voice", "alias", "text", "at"}], each written by the voice (an id of the owner's) whose it is.
    """

    scorebook = models.ForeignKey(Scorebook, on_delete=models.PROTECT, related_name="items")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    dimensions = models.JSONField(default=dict)
    strengths = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    dissent = models.JSONField(default=list)
    done = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorebook", "node"], name="one_item_score"),
        ]


class ScoreEntry(models.Model):
    """The ledger: every value ever given, by whom and when. Only grows."""

    scorebook = models.ForeignKey(Scorebook, on_delete=models.PROTECT, related_name="ledger")
    node = models.ForeignKey(Node, on_delete=models.PROTECT)
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    detail = models.JSONField(default=dict)
    by = LineField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scorebook", "node"], name="ledger_place")]
