"""Cycles and what hangs on them."""

from collections.abc import Iterable
from typing import Any

from access.kinds import CYCLES, Finder, Part, letter_of
from access.principals import Thing
from access.world import World
from zhuoyue.domain.programmes.models import Officer
from zhuoyue.kernel.models import OutboxMail
from zhuoyue.kernel.records import subject_of


def cycles(world: World, words: str = "cycle", parameter: str = "slug") -> Iterable[Thing]:
    for stage in CYCLES:
        yield Thing(stage, letter_of(stage), stage, {parameter: world.plays[stage].slug}, frozenset({words}))


def categories(world: World) -> Iterable[Thing]:
    for stage in CYCLES:
        yield Thing(stage, letter_of(stage), stage, {"category_id": world.plays[stage].category.pk})


def phases(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        phase = world.plays[stage].cycle.phases.first()
        yield Thing(stage, letter_of(stage), stage, {"phase_id": phase.pk})


def deadlines(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        deadline = world.plays[stage].category.deadlines.first()
        yield Thing(stage, letter_of(stage), stage, {"deadline_id": deadline.pk})


def rules_versions(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        yield Thing(stage, letter_of(stage), stage, {"version_id": world.plays[stage].cycle.rules_id})


def programmes(world: World) -> Iterable[Thing]:
    for stage in ("open", "others"):
        yield Thing(stage, letter_of(stage), stage, {"key": world.plays[stage].cycle.programme.key})


def notices(world: World) -> Iterable[Thing]:
    for stage in ("open", "draft", "others"):
        yield Thing(stage, letter_of(stage), stage, {"notice_id": world.notices[stage].pk}, frozenset({"notice"}))


def _letters(world: World, thing: Thing) -> Iterable[Any]:
    """Those that are about the cycle or its office."""
    cycle = world.plays[thing.stage].cycle
    about = [subject_of(cycle), subject_of(cycle.programme.organiser.organisation)]
    return OutboxMail.objects.filter(scope__in=about).values_list("pk", flat=True)


def letters(_world: World) -> Iterable[Thing]:
    for number, key in enumerate(OutboxMail.objects.order_by("created_at").values_list("pk", flat=True)[:2]):
        yield Thing(f"letter-{number}", "nobody's", "", {"letter_id": key})


def _officers(world: World, thing: Thing) -> Iterable[Any]:
    """Those who act for a body in the cycle, and in no other by that."""
    return world.plays[thing.stage].cycle.officers.values_list("pk", flat=True)


FOUND_BY: dict[str, Finder] = {
    "programmes.queries.letter_by_id": letters,
    "programmes.queries.cycle_by_slug": cycles,
    "programmes.queries.category_by_id": categories,
    "programmes.queries.phase_by_id": phases,
    "programmes.windows.deadline_by_id": deadlines,
    "programmes.queries.version_by_id": rules_versions,
    "programmes.queries.programme_by_key": programmes,
    "programmes.queries.notice_by_id": notices,
    "outcomes.queries.jury_run_of": categories,
}
PARTS = {
    "letter_id": Part(_letters, lambda _world: OutboxMail.objects.values_list("pk", flat=True)),
    "officer_id": Part(_officers, lambda _world: Officer.objects.values_list("pk", flat=True)),
    "position": Part(lambda _world, thing: (1,) if thing.name == "open" else (), lambda _world: (1, 2)),
    ("secretariat:shipped_pack", "key"): "saq-award-2021",
    ("secretariat:export_shipped", "key"): "saq-award-2021",
}
