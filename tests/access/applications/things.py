"""Registrations and applications."""

from collections.abc import Iterable
from typing import Any

from access.kinds import Finder, Part, application_of, applied
from access.principals import Thing
from access.world import World
from zhuoyue.domain.applications.models import Receipt


def registrations(world: World) -> Iterable[Thing]:
    for name in ("a-draft", "a-waiting", "a-review", "b-sent", "b-others"):
        letter, stage = applied(name)
        kwargs = {"registration_id": world.registrations[name].pk}
        yield Thing(name, letter, stage, kwargs, frozenset({"registration"}))


def applications(world: World) -> Iterable[Thing]:
    for name in ("a-draft", "a-sent", "a-returned", "a-review", "a-ended", "b-draft", "b-sent", "b-others"):
        letter, stage = applied(name)
        words = frozenset({"application", "draft" if stage == "draft" else "sent-once"})
        yield Thing(name, letter, stage, {"application_id": world.applications[name].pk}, words)


def _receipts(_world: World, thing: Thing) -> Iterable[Any]:
    return application_of(thing).receipts.values_list("pk", flat=True)


def _versions(_world: World, thing: Thing) -> Iterable[int]:
    return range(1, application_of(thing).receipts.count() + 1)


FOUND_BY: dict[str, Finder] = {
    "applications.queries.registration_by_id": registrations,
    "office.queries.arrivals.registration_by_id": registrations,
    "applications.queries.application_by_id": applications,
    "office.queries.arrivals.sent_application": applications,
}
PARTS = {
    "receipt_id": Part(_receipts, lambda _world: Receipt.objects.values_list("pk", flat=True)),
    "number": Part(_versions, lambda _world: range(5)),
}
HOLDERS = {"applicant:scan": ("a-draft",), "secretariat:registration_scan": ("a-draft",)}
