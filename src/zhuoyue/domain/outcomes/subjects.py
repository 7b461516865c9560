"""What the record says of lists, notices, objections and what applicants take home."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.applications.subjects import OF_APPLICATION, named
from zhuoyue.domain.outcomes.models import Award, FeedbackReport, Objection, PublicNotice, ResultList
from zhuoyue.kernel.subjects import Kind, Thing, joined


def _list_words(thing: Thing) -> str:
    values = {"category": thing.titled("category__title"), "n": thing["number"]}
    return _("%(category)s名单第%(n)s版") % values


KINDS = (
    Kind(
        ResultList,
        pgettext_lazy("record", "名单"),
        ("category__title", "category__title_en", "number"),
        _list_words,
    ),
    Kind(PublicNotice, pgettext_lazy("record", "公示"), ("title", "result_list"), lambda it: it["title"]),
    Kind(
        Objection,
        pgettext_lazy("record", "异议"),
        ("number", "state", "notice__result_list__category"),
        lambda it: it["number"],
    ),
    Kind(
        Award,
        pgettext_lazy("record", "奖项"),
        ("title", "name", "application"),
        lambda it: joined(it["title"], it["name"]),
        tells_of="application",
    ),
    Kind(
        FeedbackReport,
        pgettext_lazy("record", "反馈报告"),
        ("application", *OF_APPLICATION),
        named,
        tells_of="application",
    ),
)
