"""What has happened to an application, from its sign-up on: arrivals, opinions, returns, and the record of events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.models import Application, Receipt, Recommendation, Return
from zhuoyue.kernel import audit
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.records import subject_of

_PERSON = "accounts.person:"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in words. `who` is empty for the system itself, or where the person is no longer known."""

    sequence: int
    at: datetime
    who: str
    what: str | Promise
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    receipts: list[Receipt]
    recommendations: list[Recommendation]
    returns: list[Return]
    events: list[Happened]


def history_of(application: Application) -> History:
    subjects = (application, application.registration, application.dossier)
    about = Q(subject__in=[subject_of(thing) for thing in subjects])
    events = list(AuditEvent.objects.filter(about).order_by("-sequence")[:200])
    return History(
        list(application.receipts.order_by("-at")),
        list(application.recommendations.select_related("body__organisation", "by").order_by("-at")),
        list(application.returns.select_related("by").order_by("-at")),
        happened(events),
    )


def happened(events: list[AuditEvent]) -> list[Happened]:
    """Events in words, with the names of those who acted, read in one statement."""
    ids = {event.actor.removeprefix(_PERSON) for event in events if event.actor.startswith(_PERSON)}
    names: dict[str, Any] = {
        str(key): name for key, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")
    }
    return [
        Happened(
            event.sequence,
            event.at,
            names.get(event.actor.removeprefix(_PERSON), ""),
            audit.words_of(event.verb),
            str(event.data.get("reason", "")),
        )
        for event in events
    ]
