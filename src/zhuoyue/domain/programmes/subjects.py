"""What the record of a year says of its calendar, its notices and those who act for a body."""

from django.utils.translation import pgettext_lazy

from zhuoyue.domain.programmes.models import Cycle, Deadline, Notice, Officer, Phase
from zhuoyue.kernel.subjects import Kind, joined

_TITLE = ("title", "title_en")
KINDS = (
    Kind(Cycle, pgettext_lazy("record", "年度"), _TITLE, lambda it: it.titled("title")),
    Kind(Phase, pgettext_lazy("record", "日程"), _TITLE, lambda it: it.titled("title")),
    Kind(
        Deadline,
        pgettext_lazy("record", "受理时间"),
        (*_TITLE, "category__title", "category__title_en"),
        lambda it: joined(it.titled("category__title"), it.titled("title")),
    ),
    Kind(Notice, pgettext_lazy("record", "通知"), ("title",), lambda it: it["title"]),
    Kind(
        Officer,
        pgettext_lazy("record", "经办人"),
        ("person__name", "body__organisation__name"),
        lambda it: joined(it["person__name"], it["body__organisation__name"]),
    ),
)
