"""Which part of a thing an address means: a value for each parameter that the finding of the thing does not take.

None: the thing has no such part, so this address is not asked about it.
"""

import uuid
from collections.abc import Callable
from typing import Any

from access.addresses import Address
from access.policy import Thing
from access.world import World
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.review.models import Assignment, Entry
from zhuoyue.kernel.models import OutboxMail
from zhuoyue.kernel.records import subject_of

Part = Callable[[World, Thing], Any]


def application_of(thing: Thing) -> Application:
    for name, model in (("application_id", None), ("assignment_id", Assignment), ("entry_id", Entry)):
        if name in thing.kwargs:
            found = thing.kwargs[name]
            key = model.objects.values_list("application", flat=True).get(pk=found) if model else found
            return Application.objects.select_related("dossier", "snapshot").get(pk=key)
    raise LookupError(thing.name)


def _file(_world: World, thing: Thing) -> uuid.UUID | None:
    """A file of the dossier; where only what was sent is shown, of the one that was sent."""
    evidence = application_of(thing).dossier.evidence.first()
    return evidence.file_id if evidence else None


def _indicator(_world: World, thing: Thing) -> uuid.UUID:
    return application_of(thing).dossier.indicators.get().pk


def _receipt(_world: World, thing: Thing) -> uuid.UUID | None:
    receipt = application_of(thing).receipts.first()
    return receipt.pk if receipt else None


def _version(_world: World, thing: Thing) -> int | None:
    return 1 if application_of(thing).snapshot_id else None


def _issue(_world: World, thing: Thing) -> uuid.UUID:
    return application_of(thing).visit_issues.get().pk


def _candidate(world: World, thing: Thing) -> uuid.UUID | None:
    return None if thing.stage == "visit" else world.applications[f"b-{thing.stage}"].pk


def _letter(world: World, thing: Thing) -> uuid.UUID | None:
    """A letter that is about the cycle or its office; a cycle without any has none to ask about."""
    cycle = world.plays[thing.stage].cycle
    about = [subject_of(cycle), subject_of(cycle.programme.organiser.organisation)]
    letter = OutboxMail.objects.filter(scope__in=about).first()
    return letter.pk if letter else None


def _officer(world: World, _thing: Thing) -> uuid.UUID:
    return Membership.objects.get(person=world.people["officer"]).pk


def _body(world: World, thing: Thing) -> uuid.UUID | None:
    """A body that recommends in the cycle."""
    found = world.plays[thing.stage].cycle.registrations.exclude(recommender=None).first()
    return found.recommender_id if found else None


def _attached(_world: World, thing: Thing) -> int | None:
    return 1 if thing.name == "open" else None


OF_PARAMETER: dict[str, Part | Any] = {
    "token": "no-token",
    "uidb36": "0",
    "body_id": _body,
    "file_id": _file,
    "indicator_id": _indicator,
    "receipt_id": _receipt,
    "issue_id": _issue,
    "letter_id": _letter,
    "membership_id": _officer,
    "position": _attached,
    "node": "2.1",
    "code": "1.1",
    "number": _version,
    "application_id": _candidate,
}
OF_ADDRESS: dict[tuple[str, str], Part | Any] = {
    ("account_reset_password_from_key", "key"): "0-0",
    ("applicant:section", "key"): "context",
    ("secretariat:shipped_pack", "key"): "saq-award-2021",
    ("secretariat:export_shipped", "key"): "saq-award-2021",
}


# Addresses without a parameter for the part they show: the things that have it.
HOLDERS = {
    "applicant:scan": ("a-draft",),
    "secretariat:registration_scan": ("a-draft",),
    "secretariat:category_results": ("open", "review", "ended", "others"),
    "secretariat:review_edition": ("read", "their-draft", "waiting"),
    "secretariat:edition_document": ("read", "their-draft"),
}


def has_part(address: Address, thing: Thing | None) -> bool:
    return thing is None or thing.name in HOLDERS.get(address.name, (thing.name,))


def parts_of(address: Address, taken: set[str], world: World, thing: Thing | None) -> dict[str, Any]:
    """Raises KeyError for a parameter that this file does not know."""
    found = {}
    for name in address.parameters:
        if name not in taken:
            known = (address.name, name)
            value = OF_ADDRESS[known] if known in OF_ADDRESS else OF_PARAMETER[name]
            found[name] = value(world, thing) if callable(value) else value
    return found
