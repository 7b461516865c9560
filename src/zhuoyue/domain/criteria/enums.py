from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NodeKind(TextChoices):
    VALUE = "value", _("核心价值理念")
    TERM = "term", _("术语")
    NOTE = "note", _("架构说明")
    CONTEXT = "context", _("组织环境")
    CATEGORY = "category", _("类目")
    OVERVIEW = "overview", _("概述")
    PROCESS = "process", _("过程条目")
    RESULTS = "results", _("结果条目")
    ASPECT = "aspect", _("要点")
    CLAUSE = "clause", _("条文")


SCORED = (NodeKind.PROCESS, NodeKind.RESULTS)


class EditionState(TextChoices):
    DRAFT = "draft", _("待核对")
    CONFIRMED = "confirmed", _("已确认")
    FROZEN = "frozen", _("已锁定")
