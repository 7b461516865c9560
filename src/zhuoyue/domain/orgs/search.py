from typing import Any

from django.utils.translation import pgettext_lazy

from zhuoyue.domain.orgs.queries import organisations_for_user
from zhuoyue.kernel.search import MOST, Hit, Source


def _own(person: Any, text: str) -> list[Hit]:
    named = [each for each in organisations_for_user(person) if text.lower() in each.name.lower()]
    return [Hit(organisation.pk, organisation.name) for organisation in named[:MOST]]


SOURCES = (Source("organisations", pgettext_lazy("places", "单位"), 80, "applicant.organisation", _own),)
