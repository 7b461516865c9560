from django.db import models


class Answer(models.Model):
    """The first answer given to a form; a double click, a retry or a replay is given it again."""

    key = models.UUIDField(primary_key=True)
    person = models.CharField(max_length=80)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["at"], name="answer_at")]
