from django.db import models
from django.utils.translation import gettext_lazy as _

from zhuoyue.kernel.records import Record


class JobState(models.TextChoices):
    QUEUED = "queued", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Job(Record):
    """One piece of long work: what people see of it, and what is needed to start it again.

    `done` of `total` steps; `message` is for people. `tries` counts the workers that took it up; `heartbeat` is when
    the last of them was heard of.
    """

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    scope = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "kernel"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "heartbeat"], name="job_state"),
            models.Index(fields=["scope"], name="job_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
