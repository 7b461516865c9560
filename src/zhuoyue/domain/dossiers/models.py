from typing import Any

from django.db import models

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers.enums import FORMAT, Direction
from zhuoyue.domain.dossiers.errors import UnknownFormatError
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import LineField, Record


class FormVersion(Record):
    """A form definition from a pack, by digest: what was asked of a dossier never changes under it."""

    digest = LineField(max_length=64, unique=True)
    definition = models.JSONField()


class Dossier(Record):
    """Answers, evidence and indicators against a form, and where one is named, against a standard.

    `owner` is the key under which the app that opened it declared itself (`owners.Owner`); whose it is, that app says.
    """

    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT)
    owner = LineField(max_length=40)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True)
    is_open = models.BooleanField(default=True)


class Answer(Record):
    """What was typed into one section of the form (`sections.Section.key`). `value` maps field key to text or texts."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="answers")
    section = LineField(max_length=120)
    value = models.JSONField(default=dict)
    changed_by = LineField(max_length=80, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "section"], name="one_answer_per_section"),
        ]


class Indicator(Record):
    """A results indicator as a yearly series.

    `points` is a list of {"year": int, "value"|"target"|"competitor"|"benchmark": decimal as text or ""}.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="indicators")
    node_code = LineField(max_length=30)
    position = models.PositiveIntegerField()
    name = LineField(max_length=120)
    unit = LineField(max_length=30, blank=True)
    direction = models.CharField(max_length=14, choices=Direction, default=Direction.HIGHER)
    points = models.JSONField(default=list)
    source = LineField(max_length=200, blank=True)

    class Meta:
        ordering = ["node_code", "position"]

    def __str__(self) -> str:
        return self.name


class Evidence(Record):
    """A file handed in under what the form asks for (`slot` is the key of the asked file in its part)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="evidence")
    part = LineField(max_length=60)
    slot = LineField(max_length=60)
    position = models.PositiveIntegerField()
    title = LineField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)

    class Meta:
        ordering = ["part", "slot", "position"]

    def __str__(self) -> str:
        return self.title


def readable(content: dict[str, Any]) -> dict[str, Any]:
    """`content` as it was frozen. Raises UnknownFormatError for one that this program does not know how to read."""
    if content.get("format") != FORMAT:
        raise UnknownFormatError(f"format {content.get('format')!r} of a frozen dossier; known is {FORMAT}")
    return content


class Snapshot(Record):
    """A dossier as it stood at one moment; what reviewers see. Never changed. Read it through `frozen`."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = LineField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_snapshot_number"),
        ]

    @property
    def frozen(self) -> dict[str, Any]:
        """The content, of a format that is known here. Raises UnknownFormatError."""
        return readable(self.content)
