from django.urls import reverse
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.programmes.queries import has_stages
from zhuoyue.kernel.subjects import Thing
from zhuoyue.web.secretariat.places import Place, Reader


def _expert_page(invitation: Thing, reader: Reader) -> str:
    if invitation.key("expert__pool__organisation") in reader.pools:
        return reverse("secretariat:expert", args=[invitation.key("expert")])
    return reader.of_year("experts")


PLACES = (Place("experts", pgettext_lazy("nav", "专家"), "experts", 50, offered=has_stages),)
PAGES = {"review.invitation": _expert_page}
LINKS = {
    "office.expert": "secretariat:expert",
}
