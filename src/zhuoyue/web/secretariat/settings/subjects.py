"""What each event of the record is about, in words, with the page of the office where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import organisations_with
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE
from zhuoyue.domain.review.queries.blind import hidden_from
from zhuoyue.kernel import access, subjects
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.web.secretariat.places import Reader, page_of


@dataclass(frozen=True, slots=True)
class About:
    """`url` is empty where there is no page, or none for the reader."""

    words: str
    url: str = ""


def abouts_of(events: Sequence[AuditEvent], cycle: Cycle, person: Any) -> list[About]:
    """For each event. One statement, whatever the number of events and of kinds of things."""
    things = subjects.things_named({event.subject for event in events})
    tells = any(thing.behind for thing in things.values())
    reader = Reader(
        cycle,
        access.allowed(MANAGE_CYCLE, person, cycle),
        hidden_from(person, cycle) if tells else frozenset(),
        frozenset(organisations_with(person, Duty.SECRETARY)),
    )
    return [_about(event.subject, things.get(event.subject), reader) for event in events]


def kinds_in_words() -> dict[str, str]:
    return {name: str(kind.word) for name, kind in subjects.kinds().items()}


def _about(subject: str, thing: subjects.Thing | None, reader: Reader) -> About:
    kind = subjects.kind_of(subject)
    if kind is None:
        return About(pgettext("record", "其他") if subject else "")
    if thing is None or thing.behind in reader.hidden:
        return About(str(kind.word))
    return About(thing.words, page_of(thing, reader))
