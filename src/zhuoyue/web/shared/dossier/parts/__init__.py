"""The types of form parts on the page, one class a type. Whoever adds a type adds its class and its row here."""

from typing import Any

from zhuoyue.packs.programmes.schema.forms import Part, PartBase
from zhuoyue.web.shared.dossier.parts.base import PartFace
from zhuoyue.web.shared.dossier.parts.context import ContextFace
from zhuoyue.web.shared.dossier.parts.evidence import EvidenceFace
from zhuoyue.web.shared.dossier.parts.indicators import IndicatorsFace
from zhuoyue.web.shared.dossier.parts.narrative import NarrativeFace
from zhuoyue.web.shared.dossier.parts.profile import ProfileFace
from zhuoyue.web.shared.dossier.parts.statement import StatementFace
from zhuoyue.web.shared.dossier.parts.table import TableFace

FACES: dict[type[PartBase], PartFace[Any]] = {
    face.part: face
    for face in (
        ProfileFace(),
        ContextFace(),
        NarrativeFace(),
        TableFace(),
        IndicatorsFace(),
        EvidenceFace(),
        StatementFace(),
    )
}


def face_of(part: Part) -> PartFace[Any]:
    """Raises KeyError for a part that has no class here."""
    return FACES[type(part)]
