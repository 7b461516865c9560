from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class ChangeKind(TextChoices):
    EDITED = "edited", pgettext_lazy("outline", "修改")
    PLACED = "placed", pgettext_lazy("outline", "归位")
    MOVED = "moved", pgettext_lazy("outline", "移动")
    MERGED = "merged", pgettext_lazy("outline", "合并")
    SPLIT = "split", pgettext_lazy("outline", "拆分")
    REMOVED = "removed", pgettext_lazy("outline", "删除")


class Where(TextChoices):
    """Where an element goes, seen from another one."""

    INSIDE = "inside", _("它的下级（排在最后）")
    AFTER = "after", _("它的后面（同级）")
    BEFORE = "before", _("它的前面（同级）")
