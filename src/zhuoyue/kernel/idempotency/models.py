from django.db import models


class Answer(models.Model):
    """The first answer given to a form; a double click, a retry or a replay of the same content is given it again.

    `digest` stands for who sent what and where; neither is kept in words.
    """

    key = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.TextField(blank=True)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["at"], name="answer_at")]
