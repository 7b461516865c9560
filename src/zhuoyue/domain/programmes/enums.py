from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CycleState(TextChoices):
    DRAFT = "draft", _("筹备")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class NoticeState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Opens(TextChoices):
    """What a phase opens."""

    REGISTRATION = "registration", _("报名")
    COACHING = "coaching", _("培育辅导")
    APPLICATION = "application", _("申报")
    RECOMMENDATION = "recommendation", _("推荐")
    REVIEW = "review", _("评审")
    PUBLIC_NOTICE = "public_notice", _("公示")
    AWARD = "award", _("表彰")
    PROMOTION = "promotion", _("推广")


class Medium(TextChoices):
    """By what something is handed in."""

    ONLINE = "online", _("网上提交")
    PAPER = "paper", _("纸质送达")
    DATA_CARRIER = "data_carrier", _("数据载体")
    EMAIL = "email", _("电子邮件")
