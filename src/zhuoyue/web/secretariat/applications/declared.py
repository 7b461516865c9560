from django.urls import reverse
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel.subjects import Thing
from zhuoyue.web.secretariat.places import Page, Place, Reader, at


def _are_taken(cycle: Cycle) -> bool:
    return any(category.form or category.registration_form for category in rules_of(cycle.rules).categories)


def page_of_application(prefix: str, key: str) -> Page:
    """What is only being written has no page in the office; its registration has."""

    def page(thing: Thing, _reader: Reader) -> str:
        if thing[f"{prefix}snapshot"]:
            return reverse("secretariat:application", args=[thing.key(key)])
        return reverse("secretariat:registration", args=[thing.key(f"{prefix}registration")])

    return page


_its_application = page_of_application("application__", "application")
PLACES = (Place("applications", pgettext_lazy("nav", "申报"), "applications", 20, offered=_are_taken),)
PAGES = {
    "applications.registration": at("registration"),
    "applications.application": page_of_application("", "pk"),
    "applications.receipt": _its_application,
    "review.stagebook": _its_application,
    "review.visitissue": _its_application,
    "outcomes.feedbackreport": _its_application,
}
LINKS = {
    "office.application": "secretariat:application",
    "office.registration": "secretariat:registration",
}
