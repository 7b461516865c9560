from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SELF = "self"  # whose judgement a scorebook of this app is


class AssessmentState(TextChoices):
    OPEN = "open", _("评价中")
    FINISHED = "finished", _("已完成")
    SUPERSEDED = "superseded", _("已有新的自评")
    WITHDRAWN = "withdrawn", _("已撤回")


class ImprovementState(TextChoices):
    OPEN = "open", _("进行中")
    DONE = "done", _("已完成")
    DROPPED = "dropped", _("不再进行")
