from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, UUIDField
from django.utils import timezone

from zhuoyue.domain.applications.enums import ApplicationState, Opinion, RegistrationState
from zhuoyue.domain.applications.errors import QuotaState, ReturnRuleError
from zhuoyue.domain.applications.models import Application, Receipt, Recommendation, Registration, Return
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.dossiers.queries import files_asked
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.programmes.bodies import bound_to, keys_of_body
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.queries import category_rules, rules_of, stage_rules
from zhuoyue.domain.programmes.windows import Window, hold_deadlines, window_in
from zhuoyue.kernel import clock, working_days
from zhuoyue.kernel.prepared import Blank, Prepared
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes.schema.bodies import Quota, RecommendationLevel
from zhuoyue.packs.programmes.schema.forms import EvidenceFile, Form
from zhuoyue.packs.programmes.schema.phases import Submission
from zhuoyue.packs.programmes.schema.stages import Returns

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
    "cycle__programme__organiser__organisation",
    "rules",
    "recommender__organisation",
    "dossier__form",
    "snapshot",
    "registration",
)


# long texts that hardly any page reads: the frozen dossier, and what is kept parsed by digest
_WITHOUT = ("snapshot__content", "dossier__form__definition", "rules__text")


_BY_ID = Prepared(
    lambda: Application.objects.filter(pk=Blank("pk", UUIDField())).select_related(*_WITH).defer(*_WITHOUT)
)


def application_by_id(application_id: UUID) -> Application | None:
    """An application with all that a page about one reads."""
    application = _BY_ID.first(pk=application_id)
    if application is not None:
        _share(application)
        hold_deadlines(application.category)
    return application


def _share(application: Application) -> None:
    """What an application names by several ways is loaded once."""
    category, cycle, dossier = application.category, application.cycle, application.dossier
    category.cycle = cycle
    dossier.application = application
    if dossier.edition_id == category.edition_id:
        dossier.edition = category.edition
    if cycle.rules_id == application.rules_id:
        cycle.rules = application.rules


def sent_dossier(application: Application) -> Snapshot | None:
    """What was last submitted, with the dossier that the application holds."""
    if application.snapshot is not None:
        application.snapshot.dossier = application.dossier
    return application.snapshot


def registration_by_id(registration_id: UUID) -> Registration | None:
    return (
        Registration.objects.select_related(
            "organisation",
            "category__cycle__rules",
            "category__edition",
            "cycle__programme__organiser__organisation",
            "cycle__rules",
            "recommender__organisation",
            "stamped_scan",
            "application",
        )
        .prefetch_related("category__deadlines")
        .filter(pk=registration_id)
        .first()
    )


def registrations_for_user(person: Any) -> QuerySet[Registration]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        Registration.objects.filter(organisation__in=held)
        .select_related("organisation", "category", "cycle", "application")
        .prefetch_related("category__deadlines", "application__returns")
        .order_by("-sent_at")
    )


def applications_for_user(person: Any) -> QuerySet[Application]:
    held = organisations_with(person, Duty.REPRESENTATIVE, Duty.MEMBER)
    return (
        Application.objects.filter(organisation__in=held)
        .select_related("organisation", "category", "cycle", "rules", "recommender__organisation")
        .prefetch_related("category__deadlines", "returns")
        .order_by("-opened_at")
    )


def applications_of_cycle(cycle: Cycle) -> QuerySet[Application]:
    return (
        Application.objects.filter(cycle=cycle)
        .select_related("organisation", "category", "recommender__organisation")
        .order_by("number")
    )


def applications_of_body(body: Body, cycles: Sequence[UUID]) -> QuerySet[Application]:
    """What the officers of a body see: its applicants in the cycles (ids) in which they act.

    Drafts show no content, only that they are being written.
    """
    return (
        Application.objects.filter(recommender=body, cycle__in=cycles)
        .select_related("organisation", "category", "cycle", "rules")
        .order_by("-cycle__created_at", "number")
    )


@dataclass(frozen=True, slots=True)
class BodyCategory:
    """Where the applicants of a recommending body stand in one category."""

    category: Category
    registered: int
    started: int
    sent: int
    waiting: int
    recommended: int
    declined: int
    in_review: int


def standing_of_body(body: Body, cycles: Sequence[UUID]) -> list[BodyCategory]:
    """One row for each category of `cycles` (ids) in which the body has applicants, the newest cycle first."""
    standing = Q(recommendations__outcome=Opinion.RECOMMEND, recommendations__taken_back_at=None)
    counts = {
        "started": Q(),
        "sent": Q(snapshot__isnull=False),
        "waiting": Q(state=ApplicationState.SUBMITTED),
        "recommended": standing,
        "declined": Q(state=ApplicationState.DECLINED),
        "in_review": Q(state__in=(ApplicationState.IN_REVIEW, ApplicationState.CONCLUDED)),
    }
    found = (
        Application.objects.filter(recommender=body, cycle__in=cycles)
        .exclude(state=ApplicationState.WITHDRAWN)
        .values("category")
        .annotate(**{name: Count("pk", filter=which, distinct=True) for name, which in counts.items()})
    )
    counted = {row.pop("category"): row for row in found}
    signed_up = (
        Category.objects.filter(registrations__recommender=body, cycle__in=cycles)
        .exclude(registrations__state__in=(RegistrationState.REFUSED, RegistrationState.WITHDRAWN))
        .annotate(signed_up=Count("registrations", distinct=True))
        .select_related("cycle__rules", "cycle__programme")
        .defer("cycle__rules__text")
        .order_by("-cycle__created_at", "position")
    )
    nothing = dict.fromkeys(counts, 0)
    return [BodyCategory(entry, entry.signed_up, **counted.get(entry.pk, nothing)) for entry in signed_up]


def open_return(application: Application) -> Return | None:
    """The return that still waits for its correction."""
    waiting = [entry for entry in application.returns.all() if entry.answered_at is None]
    return waiting[-1] if waiting else None


def receipts_of(application: Application) -> list[Receipt]:
    """Oldest first; nothing is asked of the database before the first submission."""
    if application.snapshot_id is None:
        return []
    return list(application.receipts.select_related("snapshot").defer("snapshot__content"))


def receipt_of(application: Application, receipt_id: UUID) -> Receipt | None:
    return application.receipts.select_related("snapshot").defer("snapshot__content").filter(pk=receipt_id).first()


def last_receipt(application: Application) -> Receipt | None:
    return application.receipts.order_by("-at").first()


@dataclass(frozen=True, slots=True)
class EditWindow:
    """Until when an application may be edited and sent, and by which rule: its deadline, or a return's own term.

    Writing may begin before the window opens; sending may not.
    """

    may_edit: bool
    may_submit: bool
    until: datetime | None
    phase: Window
    returned: Return | None
    is_late: bool = False


def edit_window(application: Application, at: datetime | None = None) -> EditWindow:
    moment = at or clock.now()
    phase = window_in(application.category, Opens.APPLICATION, moment)
    if application.state == ApplicationState.RETURNED:
        returned = open_return(application)
        in_time = bool(returned and moment < returned.until)
        return EditWindow(in_time, in_time, returned.until if returned else None, phase, returned, not in_time)
    is_draft = application.state == ApplicationState.DRAFT
    late = phase.is_late(moment)
    return EditWindow(is_draft and not late, is_draft and phase.is_open, phase.deadline, phase, None, late)


def first_level(rules: Rules, category: str) -> RecommendationLevel | None:
    """The first hop that applications of the category take, None when they go straight to the organiser."""
    return next((level for level in rules.recommendation if not level.categories or category in level.categories), None)


def recommendation_level(category: Category) -> RecommendationLevel | None:
    return first_level(rules_of(category.cycle.rules), category.key)


def quota_state(body: Body, category: Category, *, without: Application | None = None) -> QuotaState:
    """What the body has used. A place stays used until the opinion is taken back or the application withdrawn.

    `without` leaves out an application that holds a place already and is judged anew.
    """
    level = recommendation_level(category)
    standing = Recommendation.objects.filter(
        application__category=category, outcome=Opinion.RECOMMEND, taken_back_at=None
    ).exclude(application__state=ApplicationState.WITHDRAWN)
    if without is not None:
        standing = standing.exclude(application=without)
    counted = standing.aggregate(
        used=Count("application", filter=Q(body=body), distinct=True), total=Count("application", distinct=True)
    )
    quota = level.quota if level else None
    if level is None or quota is None:
        return QuotaState(counted["used"], None, counted["total"], category=category.title)
    keys = keys_of_body(category.cycle, body) if quota.allocations else set()
    own = places_allowed(quota, category.key, keys)
    return QuotaState(counted["used"], own, counted["total"], quota.total, level.title.zh, category.title)


def places_allowed(quota: Quota, category: str, keys: Collection[str]) -> int | None:
    """What is allocated to the body that stands by `keys`, else to every body for the category, else to every body."""
    allocated = (entry.at_most for entry in quota.allocations if entry.body in keys)
    of_category = (entry.per_body_at_most for entry in quota.per_category if entry.category == category)
    return next((most for most in (*allocated, *of_category)), quota.per_body_at_most)


def rank_is_taken(application: Application, rank: int) -> bool:
    """Whether the body has put another application of the category at that rank."""
    return (
        Recommendation.objects.filter(
            body=application.recommender,
            application__category=application.category,
            outcome=Opinion.RECOMMEND,
            rank=rank,
            taken_back_at=None,
        )
        .exclude(application__state=ApplicationState.WITHDRAWN)
        .exclude(application=application)
        .exists()
    )


def returns_rule(application: Application) -> Returns | None:
    """How often and for how long the rules let an application be returned; None where they say nothing."""
    stages = stage_rules(application.category, application.rules)
    return next((stage.returns for stage in stages if stage.returns), None)


def latest_return(application: Application, at: datetime) -> datetime | None:
    """The last moment that a return sent at `at` may give for the correction: the end of the rule's last day."""
    rule = returns_rule(application)
    if rule is None:
        return None
    today = timezone.localtime(at)
    if rule.unit == "working_days":
        last = working_days.foresee(today.date(), rule.days).day
    else:
        last = today.date() + timedelta(days=rule.days)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=today.tzinfo)


def return_fault(
    application: Application, *, items: Sequence[Mapping[str, str]], until: datetime, at: datetime
) -> ReturnRuleError | None:
    """Why an application may not be returned so; None when it may."""
    if not any(item.get("text", "").strip() for item in items):
        return ReturnRuleError("no_items")
    if until <= at:
        return ReturnRuleError("past")
    rule, latest = returns_rule(application), latest_return(application, at)
    if rule is not None and application.returns.count() >= rule.times_at_most:
        return ReturnRuleError("too_often", times=rule.times_at_most)
    if latest is not None and until > latest:
        return ReturnRuleError("too_late", latest=latest)
    return None


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


def submission_rules(application: Application) -> Submission | None:
    """What the rules say of handing in an application of its category."""
    rules = rules_of(application.rules)
    return rules.submission(category_rules(application.category, application.rules).submission)


def registration_rules(category: Category) -> Form | None:
    """The form of the sign-up, None where the category asks nothing beyond a contact."""
    rules = rules_of(category.cycle.rules)
    return rules.form(category_rules(category).registration_form)


def scan_rules(form: Form | None) -> EvidenceFile | None:
    """The stamped scan that a registration form asks for."""
    return next((asked for _part, asked in files_asked(form)), None) if form is not None else None


def recommenders_of(category: Category) -> list[Body]:
    """Whom an applicant may name: the bodies that stand in the cycle for the first hop of the category."""
    level = recommendation_level(category)
    return list(bound_to(category.cycle, *level.by)) if level is not None else []


def takes_applications(category: Category) -> bool:
    entry = category_rules(category)
    return entry.status == "open" and entry.form is not None


def registration_of(category: Category, organisation: Organisation, subject: str = "") -> Registration:
    """Raises Registration.DoesNotExist."""
    return Registration.objects.get(category=category, organisation=organisation, subject=subject)


def recommendations_of(application: Application) -> list[Recommendation]:
    """Every opinion on an application, the latest first; those taken back are marked so."""
    return list(application.recommendations.select_related("by").order_by("-at"))


def recommendations_of_body(body: Body, cycles: Sequence[UUID]) -> list[Recommendation]:
    """The standing opinions of a body in `cycles` (ids), by rank where it ranks."""
    found = body.recommendations.filter(taken_back_at=None, application__cycle__in=cycles).select_related(
        "application__organisation"
    )
    return list(found.order_by("outcome", "rank", "at"))
