from django.utils.translation import pgettext_lazy

from zhuoyue.domain.programmes.queries import has_stages
from zhuoyue.web.secretariat.places import Place, at

PLACES = (Place("review", pgettext_lazy("nav", "评审"), "review", 30, offered=has_stages),)
PAGES = {
    "review.stagerun": at("stage"),
    "review.assignmentrun": at("assignments", "run"),
    "review.assignment": at("assignments", "run"),
}
