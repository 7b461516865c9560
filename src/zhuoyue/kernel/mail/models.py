from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kernel.records import Record


class MailState(models.TextChoices):
    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class OutboxMail(Record):
    """One letter to one address. `dedupe` names the occasion: the same occasion never writes twice.

    `scope` is what the letter is about (`app.model:id`), for whoever looks for it later.
    """

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    dedupe = models.CharField(max_length=200, unique=True)
    scope = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),
            models.Index(fields=["scope"], name="mail_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
