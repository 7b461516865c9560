from django.utils.translation import pgettext_lazy

from zhuoyue.domain.orgs.models import Body, Membership
from zhuoyue.kernel.subjects import Kind, joined

KINDS = (
    Kind(Body, pgettext_lazy("record", "推荐单位"), ("organisation__name",), lambda it: it["organisation__name"]),
    Kind(
        Membership,
        pgettext_lazy("record", "经办人"),
        ("person__name", "organisation__name"),
        lambda it: joined(it["person__name"], it["organisation__name"]),
    ),
)
