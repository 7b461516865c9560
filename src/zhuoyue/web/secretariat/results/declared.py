from django.urls import reverse
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.outcomes.queries import NOT_PROVED
from zhuoyue.domain.programmes.queries import has_stages
from zhuoyue.kernel.subjects import Thing
from zhuoyue.web.secretariat.places import Place, Reader, at, listed


def _objection_page(objection: Thing, reader: Reader) -> str:
    if reader.may_act and objection["state"] not in NOT_PROVED:
        return reverse("secretariat:office_objection", args=[objection.key()])
    return reverse("secretariat:category_results", args=[objection.key("notice__result_list__category")])


def _seat_page(_seat: Thing, reader: Reader) -> str:
    return reader.of_year("seats" if reader.may_act else "results")


PLACES = (Place("results", pgettext_lazy("nav", "公示与名录"), "results", 60, offered=has_stages),)
PAGES = {
    "review.seat": _seat_page,
    "review.meeting": at("category_results", "run__category"),
    "outcomes.resultlist": at("result_list"),
    "outcomes.publicnotice": at("result_list", "result_list"),
    "outcomes.objection": _objection_page,
    "outcomes.award": listed("award_roll"),
}
