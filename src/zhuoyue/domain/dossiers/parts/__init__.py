"""The types of form parts: what each can do, one class a type. Whoever adds a type adds its class and its row here."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.models import Evidence, Indicator
from zhuoyue.domain.dossiers.parts.base import Held, PartType
from zhuoyue.domain.dossiers.parts.context import Context
from zhuoyue.domain.dossiers.parts.evidence import Evidences
from zhuoyue.domain.dossiers.parts.indicators import Indicators
from zhuoyue.domain.dossiers.parts.narrative import Narrative
from zhuoyue.domain.dossiers.parts.profile import Profile
from zhuoyue.domain.dossiers.parts.statement import Statement
from zhuoyue.domain.dossiers.parts.table import Table
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import EvidenceFile, Form, FormField, Part, PartBase

TYPES: dict[type[PartBase], PartType[Any]] = {
    kind.part: kind for kind in (Profile(), Context(), Narrative(), Table(), Indicators(), Evidences(), Statement())
}


def type_of(part: Part) -> PartType[Any]:
    """Raises KeyError for a part that has no class here."""
    return TYPES[type(part)]


def sections_of(form: Form, titles: Mapping[str, tuple[str, str]] | None = None) -> tuple[Section, ...]:
    """Every page of `form`, in order. `titles`: code -> (Chinese, English) for items that name only a criterion."""
    return tuple(section for part in form.parts for section in type_of(part).sections(part, titles or {}))


def section_state(
    section: Section, value: Mapping[str, Any], indicators: Sequence[Indicator], evidence: Sequence[Evidence]
) -> SectionState:
    return type_of(section.part).state(section.part, section, Held(value, indicators, evidence))


def faults_over_all(part: Part, states: Sequence[SectionState]) -> tuple[Fault, ...]:
    """What is wrong with the sections of a part taken together."""
    return type_of(part).faults_over_all(part, states)


def text_keys(section: Section) -> tuple[str, ...]:
    """The keys under which a section keeps typed text."""
    return type_of(section.part).text_keys(section.part)


def fields_of(part: Part) -> tuple[FormField, ...]:
    return type_of(part).fields(part)


def files_of(part: Part) -> tuple[EvidenceFile, ...]:
    return type_of(part).files(part)
