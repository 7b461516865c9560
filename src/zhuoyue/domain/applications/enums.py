from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegistrationState(TextChoices):
    SENT = "sent", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("未受理")
    WITHDRAWN = "withdrawn", _("已撤回")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("填写中")
    SUBMITTED = "submitted", _("已提交")
    RECOMMENDED = "recommended", _("已推荐")
    DECLINED = "declined", _("未获推荐")
    RETURNED = "returned", _("退回补正")
    IN_REVIEW = "in_review", _("评审中")
    INELIGIBLE = "ineligible", _("条件不符")
    CONCLUDED = "concluded", _("评审结束")
    WITHDRAWN = "withdrawn", _("已撤回")


class Opinion(TextChoices):
    RECOMMEND = "recommend", _("同意推荐")
    DECLINE = "decline", _("不予推荐")
