from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, UUIDField

from zhuoyue.domain.criteria.enums import NodeKind
from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.enums import FORMAT
from zhuoyue.domain.dossiers.models import Answer, Dossier, Evidence, FormVersion, Indicator, Snapshot, readable
from zhuoyue.domain.dossiers.parts import faults_over_all, files_of, section_state, sections_of, type_of
from zhuoyue.domain.dossiers.parts.base import Held
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel.files import KINDS, Limits
from zhuoyue.kernel.files.limits import MEBIBYTE
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.prepared import Blank, Prepared
from zhuoyue.kernel.records import subject_of
from zhuoyue.packs.programmes.schema.forms import EvidenceFile, Form, Part

Entry = TypeVar("Entry", Indicator, Evidence)


@lru_cache(maxsize=64)
def _form(digest: str) -> Form:
    definition = FormVersion.objects.values_list("definition", flat=True).get(digest=digest)
    return Form.model_validate(definition, strict=False)


def form_of(dossier: Dossier) -> Form:
    """The typed form of a dossier; parsed once for each digest."""
    return _form(dossier.form.digest)


@lru_cache(maxsize=64)
def titles_of(edition_id: UUID | None) -> Mapping[str, tuple[str, str]]:
    """Criterion code -> (Chinese, English) title. Editions in use are frozen, so this may be kept."""
    if edition_id is None:
        return {}
    rows = Node.objects.filter(edition_id=edition_id).values_list("code", "title", "title_en")
    return {code: (title, title_en) for code, title, title_en in rows}


@dataclass(frozen=True)
class Contents:
    """A dossier read whole, in a fixed number of statements."""

    dossier: Dossier
    sections: tuple[Section, ...]
    answers: dict[str, Answer]
    indicators: list[Indicator]
    evidence: list[Evidence]

    def value(self, section: str) -> dict[str, Any]:
        answer = self.answers.get(section)
        return answer.value if answer else {}

    def version(self, section: str) -> int:
        answer = self.answers.get(section)
        return answer.version if answer else 0

    @cached_property
    def states(self) -> tuple[SectionState, ...]:
        return tuple(
            section_state(section, self.value(section.key), self.indicators, self.evidence) for section in self.sections
        )

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that stands between the dossier and a submission, in the order of the form."""
        found = [fault for state in self.states for fault in state.faults]
        for part in {section.part.key: section.part for section in self.sections}.values():
            found += faults_over_all(part, [state for state in self.states if state.section.part.key == part.key])
        return tuple(found)

    def changed_since(self, section: Section, moment: datetime) -> bool:
        """Whether anything of `section` was written after `moment`."""
        held = Held(self.value(section.key), self.indicators, self.evidence)
        return type_of(section.part).changed_since(section.part, held, self.answers.get(section.key), moment)

    @property
    def is_complete(self) -> bool:
        return not any(fault.blocks for fault in self.faults)


_NODE = Prepared(lambda: Node.objects.filter(edition=Blank("edition", UUIDField()), code=Blank("code", CharField())))
_OF = {"dossier": Blank("dossier", UUIDField())}
_ANSWERS = Prepared(lambda: Answer.objects.filter(**_OF))
_ANSWER = Prepared(lambda: Answer.objects.filter(**_OF, section=Blank("section", CharField())))
_INDICATORS = Prepared(lambda: Indicator.objects.filter(**_OF))
_EVIDENCE = Prepared(lambda: Evidence.objects.filter(**_OF).select_related("file"))


def _of(dossier: Dossier, entries: list[Entry]) -> list[Entry]:
    for entry in entries:
        entry.dossier = dossier
    return entries


def contents_of(dossier: Dossier) -> Contents:
    return Contents(
        dossier=dossier,
        sections=sections_in(dossier),
        answers={answer.section: answer for answer in _ANSWERS.ask(dossier=dossier.pk)},
        indicators=indicators_of(dossier),
        evidence=evidence_of(dossier),
    )


def content_of(dossier: Dossier, contents: Contents | None = None) -> dict[str, Any]:
    """Everything in a dossier as plain data: what a snapshot keeps and its digest is taken over."""
    held = contents or contents_of(dossier)
    return {
        "format": FORMAT,
        "form": dossier.form.digest,
        "edition": dossier.edition.key if dossier.edition else "",
        "answers": {section: held.answers[section].value for section in sorted(held.answers)},
        "indicators": [
            {
                "node": entry.node_code,
                "name": entry.name,
                "unit": entry.unit,
                "direction": entry.direction,
                "points": entry.points,
                "source": entry.source,
            }
            for entry in held.indicators
        ],
        "evidence": [
            {
                "part": entry.part,
                "slot": entry.slot,
                "title": entry.title,
                "file": str(entry.file_id),
                "name": entry.file.name,
                "size": entry.file.size,
                "digest": entry.file.digest,
            }
            for entry in held.evidence
        ],
    }


def answer_of(dossier: Dossier, section: str) -> Answer | None:
    return _ANSWER.first(dossier=dossier.pk, section=section)


def results_codes(dossier: Dossier) -> tuple[str, ...]:
    """The results items of the dossier's standard, for a form that names none itself."""
    if dossier.edition_id is None:
        return ()
    found = Node.objects.filter(edition_id=dossier.edition_id, kind=NodeKind.RESULTS).order_by("position")
    return tuple(found.values_list("code", flat=True))


def evidence_of(dossier: Dossier) -> list[Evidence]:
    return _of(dossier, _EVIDENCE.ask(dossier=dossier.pk))


def indicators_of(dossier: Dossier) -> list[Indicator]:
    return _of(dossier, _INDICATORS.ask(dossier=dossier.pk))


def sections_in(dossier: Dossier) -> tuple[Section, ...]:
    return sections_of(form_of(dossier), titles_of(dossier.edition_id))


def nodes_named(dossier: Dossier, codes: Sequence[str]) -> dict[str, Node]:
    """Code -> item of the dossier's standard, in its order; its prompt and suggested indicators stand there."""
    if dossier.edition_id is None:
        return {}
    found = Node.objects.filter(edition_id=dossier.edition_id, code__in=codes).order_by("position")
    return {node.code: node for node in found}


def node_named(dossier: Dossier, code: str | None) -> Node | None:
    """One item of the dossier's standard."""
    if dossier.edition_id is None or not code:
        return None
    return _NODE.first(edition=dossier.edition_id, code=code)


def indicator_by_id(indicator_id: UUID) -> Indicator | None:
    return Indicator.objects.select_related("dossier__form").filter(pk=indicator_id).first()


def file_of(dossier: Dossier, file_id: UUID) -> StoredFile | None:
    """A file that was handed in for `dossier`, now or in an earlier version."""
    return StoredFile.objects.filter(pk=file_id, held_by=subject_of(dossier)).first()


def file_in(snapshot: Snapshot, file_id: UUID) -> StoredFile | None:
    """A file that `snapshot` holds."""
    held = {entry["file"] for entry in snapshot.frozen["evidence"]}
    return StoredFile.objects.filter(pk=file_id).first() if str(file_id) in held else None


def snapshot_content(snapshot_id: UUID) -> dict[str, Any]:
    """What a snapshot holds. Raises UnknownFormatError."""
    return readable(Snapshot.objects.values_list("content", flat=True).get(pk=snapshot_id))


def snapshot_by_number(dossier: Dossier, number: int) -> Snapshot | None:
    return dossier.snapshots.filter(number=number).first()


def dossier_by_id(dossier_id: UUID) -> Dossier | None:
    return Dossier.objects.select_related("form", "edition").filter(pk=dossier_id).first()


def latest_snapshot(dossier: Dossier) -> Snapshot | None:
    return dossier.snapshots.order_by("-number").first()


def files_asked(form: Form) -> tuple[tuple[Part, EvidenceFile], ...]:
    """Every place of a form at which files are handed in, with its part."""
    return tuple((part, asked) for part in form.parts for asked in files_of(part))


def limits_of(asked: EvidenceFile) -> Limits:
    """What the form takes at one place, as the store of files understands it. Kinds it cannot open are not taken."""
    kinds = tuple(kind for kind in asked.types if kind in KINDS)
    return Limits(max_bytes=int(asked.max_megabytes * MEBIBYTE), kinds=kinds)


def series_codes(dossier: Dossier, part: Any) -> tuple[str, ...]:
    """The items under which `part` takes series: those it names, or all results items of the standard."""
    return part.nodes or results_codes(dossier)


def series_part(dossier: Dossier, node_code: str) -> Any | None:
    """The part of the form that takes series under an item of the standard."""
    parts: list[Any] = [part for part in form_of(dossier).parts if type_of(part).takes_series]
    return next((part for part in parts if node_code in series_codes(dossier, part)), None)
