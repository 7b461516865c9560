"""What is found of applications: by the office, by those who recommend, and by those who apply.

A draft is its organisation's alone.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.rules import RECOMMENDER_SEES, SEE, SEE_REGISTRATION
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.programmes.bodies import of_mandates
from zhuoyue.kernel.search import MOST, Hit, Source, opened_by

_WITH = ("organisation", "cycle__programme__organiser", "recommender")


def called(text: str, path: str = "") -> Q:
    """Applications whose name or number holds the text; `path` leads to them."""
    found = Q()
    for name in ("organisation__name", "subject", "number"):
        found |= Q(**{f"{path}{name}__icontains": text})
    return found


def hit_of(key: Any, application: Application) -> Hit:
    return Hit(key, str(application.title), str(application.number))


def _sent(text: str) -> QuerySet[Application]:
    return (
        Application.objects.filter(called(text), snapshot__isnull=False).select_related(*_WITH).order_by("-opened_at")
    )


def _registered(text: str) -> QuerySet[Registration]:
    wanted = Q(organisation__name__icontains=text) | Q(subject__icontains=text) | Q(application__number__icontains=text)
    return (
        Registration.objects.filter(wanted)
        .select_related("organisation", "cycle__programme__organiser", "application")
        .order_by("-sent_at")
    )


def _applications(permission: str, person: Any, found: QuerySet[Application]) -> list[Hit]:
    return [hit_of(application.pk, application) for application in opened_by(permission, person, found[:MOST])]


def _registrations(person: Any, found: QuerySet[Registration]) -> list[Hit]:
    return [_registration(each) for each in opened_by(SEE_REGISTRATION, person, found[:MOST])]


def _registration(registration: Registration) -> Hit:
    application = getattr(registration, "application", None)
    title = f"{registration.organisation.name} {registration.subject}".strip()
    return Hit(registration.pk, title, str(application.number) if application is not None else "")


def _office(person: Any) -> Q:
    held = organisations_with(person, Duty.SECRETARY, Duty.AUDITOR)
    return Q(cycle__programme__organiser__organisation__in=held)


def _by_office(person: Any, text: str) -> list[Hit]:
    return _applications(SEE, person, _sent(text).filter(_office(person)))


def _registrations_by_office(person: Any, text: str) -> list[Hit]:
    return _registrations(person, _registered(text).filter(_office(person)))


def _by_recommender(person: Any, text: str) -> list[Hit]:
    return _applications(RECOMMENDER_SEES, person, _sent(text).filter(of_mandates(person)))


def _by_applicant(person: Any, text: str) -> list[Hit]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return _registrations(person, _registered(text).filter(organisation__in=held))


SOURCES = (
    Source("sent", pgettext_lazy("places", "申报"), 10, "office.application", _by_office),
    Source("registrations", _("报名"), 20, "office.registration", _registrations_by_office),
    Source("recommended", _("推荐的申报"), 40, "recommender.application", _by_recommender),
    Source("own", _("本单位的申报"), 70, "applicant.registration", _by_applicant),
)
