from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.orgs.models import Body


def frame(body: Body | None, **context: Any) -> dict[str, Any]:
    return {
        "nav": [
            {"label": _("待办"), "url": reverse("recommender:home")},
            {"label": _("申报单位"), "url": reverse("recommender:applications")},
            {"label": _("名额与推荐"), "url": reverse("recommender:quota")},
            {"label": _("通知"), "url": reverse("public:notices")},
        ],
        "brand": {
            "title": body.organisation.name if body else _("推荐单位"),
            "subtitle": _("卓越"),
            "url": reverse("recommender:home"),
        },
        **context,
    }
