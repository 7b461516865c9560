from django.db import models

from zhuoyue.kernel.records import Record


class StoredFile(Record):
    """One file as it was handed in. The bytes lie in the files folder under their digest and are never altered.

    `held_by` names the thing that keeps it (`app.model:id`) and decides who may read it; empty: nobody yet, the sweep
    takes it. `uploaded_by` is an actor's name, not a key, so that a deleted person leaves the file whole.
    """

    name = models.CharField(max_length=200)
    original_name = models.CharField(max_length=400)
    kind = models.CharField(max_length=10)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    held_by = models.CharField(max_length=120, blank=True)
    uploaded_by = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["digest"], name="file_digest"),
            models.Index(fields=["held_by"], name="file_held_by"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Below the files folder, two levels deep, so that no folder grows without end."""
        return f"{self.digest[:2]}/{self.digest[2:4]}/{self.digest}"
