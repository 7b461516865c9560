from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListState(TextChoices):
    PROPOSED = "proposed", _("拟定")
    ON_NOTICE = "on_notice", _("公示中")
    APPROVED = "approved", _("已批准")
    ANNOUNCED = "announced", _("已公布")
    SUPERSEDED = "superseded", _("已被更正")


class NoticeState(TextChoices):
    PREPARED = "prepared", _("待发布")
    RUNNING = "running", _("公示中")
    ENDED = "ended", _("已结束")


class Channel(TextChoices):
    """How an objection reached the office."""

    ONLINE = "online", _("网上提出")
    LETTER = "letter", _("来信")
    TELEPHONE = "telephone", _("来电")
    IN_PERSON = "in_person", _("来访")


class ObjectionState(TextChoices):
    """Only what is received waits for a ruling; unproved or expired it is nobody's to read."""

    UNPROVED = "unproved", _("等待确认邮箱")
    EXPIRED = "expired", _("没有确认，已失效")
    RECEIVED = "received", _("已收到")
    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")


class AwardState(TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已撤销")
