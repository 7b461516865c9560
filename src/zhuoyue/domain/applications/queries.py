from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.applications.models import Application, Receipt, Registration, Return
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import Window, category_rules, rules_of, window_in
from zhuoyue.kernel import clock
from zhuoyue.packs.programmes.schema.bodies import RecommendationLevel

SENT_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.RECOMMENDED,
    ApplicationState.DECLINED,
    ApplicationState.RETURNED,
    ApplicationState.IN_REVIEW,
    ApplicationState.INELIGIBLE,
    ApplicationState.CONCLUDED,
)
_WITH = (
    "organisation",
    "category__edition",
    "cycle__programme__organiser",
    "cycle__rules",
    "rules",
    "recommender__organisation",
    "dossier__form",
    "dossier__owner",
    "dossier__edition",
    "snapshot",
    "registration",
)


def application_by_id(application_id: UUID) -> Application | None:
    return (
        Application.objects.select_related(*_WITH).prefetch_related("cycle__phases").filter(pk=application_id).first()
    )


def registration_by_id(registration_id: UUID) -> Registration | None:
    return (
        Registration.objects.select_related("organisation", "category", "cycle__programme__organiser", "recommender")
        .filter(pk=registration_id)
        .first()
    )


def registrations_for_user(person: Any) -> QuerySet[Registration]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        Registration.objects.filter(organisation__in=held)
        .select_related("organisation", "category", "cycle", "application")
        .prefetch_related("cycle__phases")
        .order_by("-sent_at")
    )


def applications_for_user(person: Any) -> QuerySet[Application]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        Application.objects.filter(organisation__in=held)
        .select_related("organisation", "category", "cycle", "rules", "recommender__organisation")
        .prefetch_related("cycle__phases", "returns")
        .order_by("-opened_at")
    )


def applications_of_cycle(cycle: Cycle) -> QuerySet[Application]:
    return (
        Application.objects.filter(cycle=cycle)
        .select_related("organisation", "category", "recommender__organisation")
        .order_by("number")
    )


def applications_of_body(body: Body) -> QuerySet[Application]:
    """What a recommending body sees: its own applicants. Drafts show no content, only that they are being written."""
    return (
        Application.objects.filter(recommender=body)
        .select_related("organisation", "category", "cycle", "rules")
        .order_by("-cycle__created_at", "number")
    )


def open_return(application: Application) -> Return | None:
    """The return that still waits for its correction."""
    return application.returns.filter(answered_at=None).order_by("-at").first()


def last_receipt(application: Application) -> Receipt | None:
    return application.receipts.order_by("-at").first()


@dataclass(frozen=True, slots=True)
class EditWindow:
    """Until when an application may be edited and sent, and by which rule: the phase, or a return's own term.

    Writing may begin before the phase opens; sending may not.
    """

    may_edit: bool
    may_submit: bool
    until: datetime | None
    phase: Window
    returned: Return | None


def edit_window(application: Application, at: datetime | None = None) -> EditWindow:
    moment = at or clock.now()
    phase = window_in(application.cycle, Opens.APPLICATION, moment)
    if application.state == ApplicationState.RETURNED:
        returned = open_return(application)
        in_time = bool(returned and moment < returned.until)
        return EditWindow(in_time, in_time, returned.until if returned else None, phase, returned)
    is_draft = application.state == ApplicationState.DRAFT
    not_late = phase.is_open or phase.deadline is None or moment < phase.deadline
    return EditWindow(is_draft and not_late, is_draft and phase.is_open, phase.deadline, phase, None)


def recommendation_level(category: Category) -> RecommendationLevel | None:
    """The first hop that applications of the category take, None when they go straight to the organiser."""
    levels = rules_of(category.cycle.rules).recommendation
    return next((level for level in levels if not level.categories or category.key in level.categories), None)


@dataclass(frozen=True, slots=True)
class QuotaState:
    """How many a body has recommended in a category, of how many. `at_most` None: no limit."""

    used: int
    at_most: int | None

    @property
    def is_full(self) -> bool:
        return self.at_most is not None and self.used >= self.at_most


def quota_state(body: Body, category: Category) -> QuotaState:
    level = recommendation_level(category)
    used = Application.objects.filter(
        recommender=body, category=category, state__in=(ApplicationState.RECOMMENDED, ApplicationState.IN_REVIEW)
    ).count()
    quota = level.quota if level else None
    if quota is None:
        return QuotaState(used, None)
    own = next((entry.per_body_at_most for entry in quota.per_category if entry.category == category.key), None)
    return QuotaState(used, own if own is not None else quota.per_body_at_most)


def counts_of_cycle(cycle: Cycle) -> dict[str, int]:
    """Where the applications of a cycle stand: registered, started, sent, recommended, in review."""
    registered = Registration.objects.filter(cycle=cycle).exclude(
        state__in=(RegistrationState.REFUSED, RegistrationState.WITHDRAWN)
    )
    found = Application.objects.filter(cycle=cycle).aggregate(
        started=Count("pk"),
        sent=Count("pk", filter=Q(state__in=SENT_STATES)),
        recommended=Count("pk", filter=Q(state__in=(ApplicationState.RECOMMENDED,))),
        in_review=Count("pk", filter=Q(state__in=(ApplicationState.IN_REVIEW, ApplicationState.CONCLUDED))),
        ineligible=Count("pk", filter=Q(state=ApplicationState.INELIGIBLE)),
        returned=Count("pk", filter=Q(state=ApplicationState.RETURNED)),
    )
    return {"registered": registered.count(), **found}


def takes_applications(category: Category) -> bool:
    entry = category_rules(category)
    return entry.status == "open" and entry.form is not None
