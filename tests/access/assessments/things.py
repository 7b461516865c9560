"""Self-assessments, what is written and scored in them, and what is planned."""

from collections.abc import Callable, Iterable
from typing import Any

from access.kinds import Finder, Part
from access.principals import Thing
from access.world import World
from zhuoyue.domain.assessments.models import Assessment, Improvement
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.models import Indicator
from zhuoyue.kernel.models import StoredFile


def assessments(world: World) -> Iterable[Thing]:
    for name, made in world.assessments.items():
        letter, state = name.split("-")
        yield Thing(name, letter, state, {"assessment_id": made.pk})


def improvements(world: World) -> Iterable[Thing]:
    for step in Improvement.objects.select_related("assessment").order_by("created_at"):
        letter = "a" if step.assessment.organisation_id == world.organisations["a"].pk else "b"
        yield Thing(f"{letter}-step", letter, "finished", {"improvement_id": step.pk})


def _of(thing: Thing) -> Assessment:
    return Assessment.objects.select_related("dossier").get(pk=thing.kwargs["assessment_id"])


def _codes(world: World, thing: Thing, first: str) -> list[str]:
    known = Node.objects.filter(edition=_of(thing).edition_id).values_list("code", flat=True)
    return [first, *(code for code in known if code != first)]


def _all_codes(_world: World) -> list[str]:
    return sorted(set(Node.objects.values_list("code", flat=True)))


def _codes_from(first: str) -> Part:
    own: Callable[[World, Thing], Iterable[Any]] = lambda world, thing: _codes(world, thing, first)  # noqa: E731 - as short as its name
    return Part(own, _all_codes)


SERIES = Part(
    lambda _world, thing: _of(thing).dossier.indicators.values_list("pk", flat=True),
    lambda _world: Indicator.objects.values_list("pk", flat=True),
)
FILES = Part(
    lambda _world, thing: _of(thing).dossier.evidence.values_list("file_id", flat=True),
    lambda _world: StoredFile.objects.values_list("pk", flat=True),
)
VERSIONS = Part(
    lambda _world, thing: _of(thing).dossier.snapshots.values_list("number", flat=True), lambda _world: range(5)
)
FOUND_BY: dict[str, Finder] = {
    "assessments.queries.assessment_by_id": assessments,
    "assessments.queries.improvement_by_id": improvements,
}
PARTS = {
    ("applicant:assess_item", "code"): _codes_from("1.1"),
    ("applicant:assessment_section", "key"): "narrative/1.1",
    ("applicant:assessment_new_series", "node"): _codes_from("2.1"),
    ("applicant:assessment_preview_series", "node"): _codes_from("2.1"),
    ("applicant:assessment_edit_series", "indicator_id"): SERIES,
    ("applicant:assessment_remove_series", "indicator_id"): SERIES,
    ("applicant:assessment_file", "file_id"): FILES,
    ("applicant:assessment_version", "number"): VERSIONS,
}
