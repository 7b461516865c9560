from django.db import models

from zhuoyue.domain.criteria.enums import ChangeKind, EditionState, NodeKind
from zhuoyue.domain.criteria.states import EDITION
from zhuoyue.domain.orgs.models import Body
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import LineField, Record


class Standard(Record):
    key = models.SlugField(max_length=60, unique=True)
    title = LineField(max_length=200)
    title_en = LineField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title


class Edition(Record):
    """One printed state of a standard. Frozen once a cycle uses it; never merged with another edition.

    `owner` is the body whose office loaded or read it, and the only one that changes it; none where the program itself
    did. `key` bears the owner's mark where another body holds the same text already.
    """

    FLOW = EDITION

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="editions")
    owner = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="editions")
    key = models.SlugField(max_length=80, unique=True)
    code = LineField(max_length=60, blank=True)
    title = LineField(max_length=200)
    title_en = LineField(max_length=200, blank=True)
    issuer = LineField(max_length=200, blank=True)
    label = LineField(max_length=60, blank=True)
    language = LineField(max_length=10, default="zh-hans")
    source = LineField(max_length=300, blank=True)
    verified_by = LineField(max_length=120, blank=True)
    scoring_model = LineField(max_length=60)
    state = models.CharField(max_length=12, choices=EditionState, default=EditionState.DRAFT)
    digest = LineField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.title} {self.label}".strip()


class Node(Record):
    """A place in an edition: value, term, context, category, item or aspect. `points` stays empty when unknown."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField()
    code = LineField(max_length=30)
    kind = models.CharField(max_length=12, choices=NodeKind)
    title = LineField(max_length=200)
    title_en = LineField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    prompt = models.TextField(blank=True)
    prompt_en = models.TextField(blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="node_position"),
        ]
        indexes = [models.Index(fields=["edition", "code"], name="node_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Reading(Record):
    """A published document as it was read into a draft edition: its lines, and what could not be placed."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="reading")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    name = LineField(max_length=200)
    lines = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    furniture = models.JSONField(default=list)
    counts = models.JSONField(default=dict)


class OutlineChange(Record):
    """One change of a draft's outline, kept so that it can be taken back; the last one first.

    `before` holds the rows that the change altered or removed as they stood, `added` the ids of new ones; `unplaced`
    and `furniture` are the reading's lists before it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ChangeKind)
    words = LineField(max_length=240)
    before = models.JSONField(default=list)
    added = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    furniture = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="change_number")]
