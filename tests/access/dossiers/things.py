"""What a dossier holds: files, indicators, sections, clauses."""

from collections.abc import Iterable
from typing import Any

from access.kinds import Part, application_of
from access.principals import Thing
from access.world import World
from zhuoyue.domain.dossiers.models import Indicator
from zhuoyue.kernel.models import StoredFile


def _files(_world: World, thing: Thing) -> Iterable[Any]:
    """Those of the dossier; where only what was sent is shown, the ones that were sent."""
    return application_of(thing).dossier.evidence.values_list("file_id", flat=True)


def _indicators(_world: World, thing: Thing) -> Iterable[Any]:
    return application_of(thing).dossier.indicators.values_list("pk", flat=True)


PARTS = {
    "file_id": Part(_files, lambda _world: StoredFile.objects.values_list("pk", flat=True)),
    "indicator_id": Part(_indicators, lambda _world: Indicator.objects.values_list("pk", flat=True)),
    ("applicant:section", "key"): "context",
}
