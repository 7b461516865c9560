from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScorebookState(TextChoices):
    OPEN = "open", _("评分中")
    SUBMITTED = "submitted", _("已提交")
