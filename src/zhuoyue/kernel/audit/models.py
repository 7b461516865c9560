from django.db import models


class AuditHead(models.Model):
    """One row: the length and the running digest of the log. Locking it puts writers in order."""

    size = models.PositiveBigIntegerField(default=0)
    running = models.BinaryField(max_length=32)

    class Meta:
        app_label = "kernel"


class AuditEvent(models.Model):
    """One fact of the record: who did what to which thing, when. Never changed, never removed.

    `actor` and `subject` are names (`app.model:id`), not keys, so that deleting a person's data leaves the chain whole.
    `leaf` is the digest of the fact, `running` chains it to all before it.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    scope = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    leaf = models.BinaryField(max_length=32)
    running = models.BinaryField(max_length=32)

    class Meta:
        app_label = "kernel"
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["subject", "sequence"], name="audit_subject"),
            models.Index(fields=["scope", "-sequence"], name="audit_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"

    def fact(self) -> dict[str, object]:
        """What the digest is taken over."""
        return {
            "sequence": self.sequence,
            "at": self.at,
            "actor": self.actor,
            "verb": self.verb,
            "subject": self.subject,
            "scope": self.scope,
            "data": self.data,
        }
