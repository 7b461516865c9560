"""What is due, whose it is, and where it is looked after."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoyue.domain.office.queries.overview import Due
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.kernel import links
from zhuoyue.web.secretariat.frame import words_of

NAMED = 3

# where the one who is asked does it, and whether that page is of the one thing
LINKS = {
    "books": ("examiner", False),
    "answer": ("examiner.invitation", True),
    "declaration": ("examiner.invitation", True),
    "correction": ("applicant", False),
    "opinion": ("recommender", False),
}


def path_to(due: Due) -> str:
    name, of_one = LINKS[due.kind]
    return links.to(name, due.ref) if of_one else links.to(name)


def matter(due: Due) -> str:
    count = len(due.names)
    match due.kind:
        case "books":
            words = ngettext("%(stage)s未提交（%(n)s份）", "%(stage)s未提交（%(n)s份）", count)
            return words % {"stage": words_of(due), "n": count}
        case "answer":
            return _("未答复评审邀请")
        case "declaration":
            return _("未交利益冲突声明")
        case "opinion":
            words = ngettext("未出具推荐意见（%(n)s份）", "未出具推荐意见（%(n)s份）", count)
            return words % {"n": count}
        case _:
            return _("退回补正未重新提交")


def note(due: Due) -> str:
    if due.kind == "declaration":
        return _("未交前不能打开任何材料")
    names = _("、").join(due.names[:NAMED])
    return _("%(names)s等") % {"names": names} if len(due.names) > NAMED else names


def role(due: Due) -> str:
    return {"correction": _("申报单位"), "opinion": _("推荐单位")}.get(due.kind, _("专家"))


def key(due: Due) -> str:
    return f"{due.kind}:{due.ref}"


def row(cycle: Cycle, due: Due) -> dict[str, Any]:
    url = {
        "books": lambda: reverse("secretariat:expert", kwargs={"expert_id": due.ref}),
        "correction": lambda: reverse("secretariat:application", kwargs={"application_id": due.ref}),
        "opinion": lambda: reverse("secretariat:bodies", kwargs={"slug": cycle.slug}),
    }.get(due.kind, lambda: reverse("secretariat:experts", kwargs={"slug": cycle.slug}))()
    return {"due": due, "title": matter(due), "note": note(due), "url": url, "role": role(due), "key": key(due)}
