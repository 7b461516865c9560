from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.web.shared.titles import titled


def nav() -> list[dict[str, Any]]:
    return [
        {"label": _("我的任务"), "url": reverse("expert:home")},
        {"label": _("评分"), "url": reverse("expert:books")},
        {"label": _("会审"), "url": reverse("expert:consensus_list")},
        {"label": _("现场验证"), "url": reverse("expert:visits")},
        {"label": _("我的记录"), "url": reverse("expert:record")},
    ]


def crumbs(name: str, here: str) -> list[dict[str, str]]:
    """From the list `name` to where one stands."""
    listed = reverse(f"expert:{name}")
    label = next(entry["label"] for entry in nav() if entry["url"] == listed)
    return [{"label": label, "url": listed}, {"label": here, "url": ""}]


def frame(cycle: Cycle | None = None, **context: Any) -> dict[str, Any]:
    """What every page of an expert shows around its content."""
    brand = {
        "title": titled(cycle) if cycle else _("专家工作台"),
        "subtitle": _("卓越"),
        "url": reverse("expert:home"),
    }
    return {"nav": nav(), "brand": brand, **context}
