from django.utils.translation import pgettext_lazy

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.kernel.subjects import Kind, joined

KINDS = (
    Kind(
        Edition,
        pgettext_lazy("record", "标准"),
        ("title", "title_en", "label"),
        lambda it: joined(it.titled("title"), it["label"]),
    ),
)
