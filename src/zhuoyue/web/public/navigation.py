from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def nav() -> list[dict[str, Any]]:
    """The public bar."""
    return [
        {"label": _("首页"), "url": reverse("public:home")},
        {"label": _("申报项目"), "url": reverse("public:programmes")},
        {"label": _("通知"), "url": reverse("public:notices")},
        {"label": pgettext("places", "公示"), "url": reverse("public:public_notices")},
        {"label": _("获奖名录"), "url": reverse("public:roll")},
        {"label": _("证书核验"), "url": reverse("public:verify")},
    ]


def foot() -> list[dict[str, Any]]:
    """The line at the foot of every page."""
    return [
        {"label": _("申报、评审与证书均不收取费用")},
        {"label": _("无障碍说明"), "url": reverse("public:accessibility")},
        {"label": _("隐私与数据"), "url": reverse("public:privacy")},
    ]
