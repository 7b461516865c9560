"""Organisations, and who acts for an office."""

from collections.abc import Iterable
from typing import Any

from access.kinds import Finder, Part
from access.principals import Thing
from access.world import World
from zhuoyue.domain.orgs.models import Body, Membership


def organisations(world: World) -> Iterable[Thing]:
    for letter in "ab":
        yield Thing(letter, letter, "", {"organisation_id": world.organisations[letter].pk})


def office_members(world: World) -> Iterable[Thing]:
    for name, letter in (("second", "office"), ("other-secretary", "others")):
        membership = Membership.objects.get(person=world.people[name])
        yield Thing(name, letter, "", {"membership_id": membership.pk})


def _bodies(world: World, thing: Thing) -> Iterable[Any]:
    """Those that recommend in the cycle: bound there, or named by who applies."""
    cycle = world.plays[thing.stage].cycle
    named = cycle.registrations.exclude(recommender=None).values_list("recommender", flat=True)
    return sorted({*named, *cycle.bodies.values_list("body", flat=True)})


FOUND_BY: dict[str, Finder] = {
    "orgs.queries.organisation_by_id": organisations,
    "orgs.queries.office_member_by_id": office_members,
}
PARTS = {
    "body_id": Part(_bodies, lambda _world: Body.objects.values_list("pk", flat=True)),
}
