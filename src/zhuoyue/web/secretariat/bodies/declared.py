from django.utils.translation import pgettext_lazy

from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.web.secretariat.places import Place, listed


def _recommend(cycle: Cycle) -> bool:
    return bool(recommending_entries(cycle))


PLACES = (Place("bodies", pgettext_lazy("nav", "推荐单位"), "bodies", 40, offered=_recommend),)
PAGES = {
    "orgs.body": listed("bodies"),
    "orgs.membership": listed("bodies"),
    "programmes.officer": listed("bodies"),
    "applications.extension": listed("bodies"),
}
