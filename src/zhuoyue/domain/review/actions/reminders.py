"""Reminding whoever is late: a letter that says what, until when and where. The sender sees it before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE
from zhuoyue.kernel import access, audit, clock, mail
from zhuoyue.kernel.records import subject_of

REMINDED = audit.verb("review.reminded", gettext_lazy("催办"))


@dataclass(frozen=True, slots=True)
class Reminder:
    """One letter. `path` is the page of this site where the matter is done."""

    to: str
    subject: str
    text: str
    path: str


@transaction.atomic
def remind(*, by: Any, cycle: Cycle, reminders: Sequence[Reminder]) -> int:
    """Send each, at most once a day to one address on one matter. How many were written."""
    access.check(MANAGE_CYCLE, by, cycle)
    today = clock.today().date().isoformat()
    people = {person.email: person for person in Person.objects.filter(email__in=[one.to for one in reminders])}
    for one in reminders:
        link = _link(people.get(one.to.lower()), one.path)
        mail.queue(
            to=one.to,
            subject=one.subject,
            text=f"{one.text}\n{link}",
            dedupe=f"reminder:{cycle.pk}:{one.to}:{one.path}:{today}"[:200],
            scope=subject_of(cycle),
        )
    facts = {"letters": len(reminders), "to": sorted({one.to for one in reminders})}
    audit.record(REMINDED, by=by, subject=cycle, scope=cycle, data=facts)
    return len(reminders)


def _link(person: Person | None, path: str) -> str:
    """The page itself; for someone who never signed in, through their first sign-in."""
    return way_to(person, path) if person is not None else f"{settings.PUBLIC_URL}{path}"


def letter_of(name: str, matter: str, until: str) -> str:
    """The words of a reminder, as the sender sees them before it goes."""
    return _("%(name)s：您好。“%(matter)s”应于%(until)s前完成，请尽快办理：") % {
        "name": name,
        "matter": matter,
        "until": until,
    }
