from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FORMAT = 1  # of the content of a snapshot: raised when its shape changes, so that readers of later years can tell


class Direction(TextChoices):
    HIGHER = "higher_better", _("越高越好")
    LOWER = "lower_better", _("越低越好")
    TARGET = "target_best", _("越接近目标越好")
