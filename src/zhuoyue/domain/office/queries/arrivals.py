"""What has arrived in a cycle, for whoever runs it: registrations, and applications once they have been sent."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F, QuerySet

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.models import ConditionCheck

_ORDERS = {
    "number": "number",
    "name": "organisation__name",
    "body": "recommender__organisation__name",
    "sent": "submitted_at",
    "state": "state",
}


def sent_application(application_id: UUID) -> Application | None:
    """An application that was submitted at least once; what is only being written is nobody else's to see."""
    return (
        Application.objects.select_related(
            "organisation",
            "category__cycle__programme__organiser__organisation",
            "category__cycle__rules",
            "category__edition",
            "cycle__programme__organiser__organisation",
            "cycle__rules",
            "rules",
            "recommender__organisation",
            "registration",
            "dossier__form",
            "snapshot",
        )
        .filter(pk=application_id, snapshot__isnull=False)
        .first()
    )


# what a row of a list says of whose it is
_PARTIES = (
    "organisation__name",
    "organisation__credit_code",
    "category__title",
    "category__title_en",
    "recommender__organisation__name",
)


def sent_of_cycle(cycle: Cycle) -> QuerySet[Application]:
    """Submitted applications as the rows of a list."""
    return (
        Application.objects.filter(cycle=cycle, snapshot__isnull=False)
        .select_related("organisation", "category", "recommender__organisation")
        .only("number", "subject", "submitted_at", "state", *_PARTIES)
    )


def narrowed(
    found: QuerySet[Application], *, state: str = "", category: str = "", body: UUID | None = None, text: str = ""
) -> QuerySet[Application]:
    """By state, category key, recommending body, and words in the number or the name."""
    if state:
        found = found.filter(state=state)
    if category:
        found = found.filter(category__key=category)
    if body:
        found = found.filter(recommender=body)
    if text:
        found = (
            found.filter(number__icontains=text)
            | found.filter(organisation__name__icontains=text)
            | found.filter(subject__icontains=text)
        )
    return found


def ordered(found: QuerySet[Application], by: str) -> QuerySet[Application]:
    """By one of the columns of the list, `-` for the other way round; by number where it is none of them."""
    backwards, key = by.startswith("-"), by.removeprefix("-")
    column = F(_ORDERS.get(key, "number"))
    first = column.desc(nulls_last=True) if backwards else column.asc(nulls_last=True)
    return found.order_by(first, "number")


def bodies_named_in(cycle: Cycle) -> list[Body]:
    """The bodies that applicants of a cycle name as their recommender, by name."""
    named = Registration.objects.filter(cycle=cycle).values("recommender")
    return list(Body.objects.filter(pk__in=named).select_related("organisation").order_by("organisation__name"))


def registrations_of_cycle(cycle: Cycle, state: str = "") -> QuerySet[Registration]:
    found = Registration.objects.filter(cycle=cycle, **({"state": state} if state else {}))
    return found.select_related("organisation", "category", "recommender__organisation").order_by("-sent_at")


def rows_of_registrations(cycle: Cycle, state: str = "") -> QuerySet[Registration]:
    """The same, as the rows of a list."""
    shown = ("subject", "sent_at", "paper_received_at", "state", *_PARTIES)
    return registrations_of_cycle(cycle, state).only(*shown)


def registration_by_id(registration_id: UUID) -> Registration | None:
    return (
        Registration.objects.select_related(
            "organisation",
            "category",
            "cycle__rules",
            "cycle__programme__organiser__organisation",
            "recommender__organisation",
            "stamped_scan",
        )
        .filter(pk=registration_id)
        .first()
    )


def busiest_of(cycles: Sequence[Cycle]) -> Cycle | None:
    """The cycle with most registrations, the first where they are equal: where an office begins its day."""
    rows = Registration.objects.filter(cycle__in=cycles).values_list("cycle").annotate(count=Count("pk"))
    counts = Counter(dict(rows))
    return max(cycles, key=lambda cycle: counts[cycle.pk], default=None)


def registration_counts(cycle: Cycle) -> Counter[str]:
    rows = Registration.objects.filter(cycle=cycle).values_list("state").annotate(count=Count("pk"))
    return Counter(dict(rows))


def checks_of(application: Application) -> list[ConditionCheck]:
    return list(ConditionCheck.objects.filter(application=application).select_related("by").order_by("-at"))
