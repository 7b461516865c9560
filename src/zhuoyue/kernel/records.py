"""The base of every stored noun."""

import uuid

from django.db import models


class Record(models.Model):
    """Random identity (nothing sequential is ever shown), an edit version, and when it came.

    `version` counts edits by people; `versions.save_edit` refuses a save that started from an older one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


def subject_of(record: models.Model) -> str:
    """How the record of events names a stored thing: `app.model:id`."""
    return f"{record._meta.label_lower}:{record.pk}"  # noqa: SLF001 - Django's documented model API
