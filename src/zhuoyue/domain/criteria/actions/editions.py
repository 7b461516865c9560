"""Editions: loading the shipped ones, reading published ones, confirming and freezing them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zhuoyue import intake
from zhuoyue.domain.criteria.enums import EditionState, NodeKind
from zhuoyue.domain.criteria.models import Edition, Node, Reading, Standard
from zhuoyue.domain.criteria.queries import nodes_of
from zhuoyue.domain.criteria.rules import EDIT, IMPORT
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, flow, versions
from zhuoyue.kernel.files import Limits, receive
from zhuoyue.kernel.files.storing import Upload, folder
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import subject_of
from zhuoyue.packs.standards import Standard as StandardData
from zhuoyue.packs.standards import StandardNode, shipped_standards

LOADED = audit.verb("criteria.standard_loaded", _("载入标准"))
READ = audit.verb("criteria.document_read", _("读入标准文本"))
EDITION_EDITED = audit.verb("criteria.edition_edited", _("修改标准信息"))

DOCUMENTS = Limits(max_bytes=intake.LIMITS.file_bytes, kinds=("txt", "docx", "pdf"))
_KINDS = {"process_item": NodeKind.PROCESS, "results_item": NodeKind.RESULTS}


@transaction.atomic
def load_standard(*, by: Any, data: StandardData) -> Edition:
    """Load an edition given as data; one that is loaded already is returned as it stands."""
    if by is not None:
        access.check(IMPORT, by)
    known = Edition.objects.filter(key=data.key).first()
    if known is not None:
        return known
    standard, _made = Standard.objects.get_or_create(
        key=slugify(data.code) or data.key, defaults={"title": data.title, "title_en": data.title_en}
    )
    edition = Edition.objects.create(
        standard=standard,
        key=data.key,
        code=data.code,
        title=data.title,
        title_en=data.title_en,
        issuer=data.issuer,
        label=data.edition,
        language="zh-hans" if data.language == "zh" else "en",
        source=data.source,
        verified_by=data.verified_by,
        scoring_model=data.scoring_model,
    )
    places = count(1)
    for node in data.nodes:
        _store(edition, node, None, places)
    audit.record(LOADED, by=by, subject=edition, data={"key": data.key})
    flow.move(edition, "confirm", by=by)
    return edition


def _store(edition: Edition, data: StandardNode, parent: Node | None, places: "count[int]") -> None:
    node = Node.objects.create(
        edition=edition,
        parent=parent,
        position=next(places),
        code=data.code,
        kind=data.kind,
        title=data.title,
        title_en=data.title_en,
        prompt=data.prompt,
        prompt_en=data.prompt_en,
        points=data.points,
        indicators=list(data.indicators),
    )
    for child in data.children:
        _store(edition, child, node, places)


@transaction.atomic
def load_shipped(*, by: Any) -> list[Edition]:
    """Load the editions that come with the software; those that were not there yet are returned."""
    known = set(Edition.objects.values_list("key", flat=True))
    return [load_standard(by=by, data=one.standard) for one in shipped_standards() if one.key not in known]


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is false where the same document was read before: `edition` is what it became then."""

    edition: Edition
    is_new: bool


@transaction.atomic
def receive_document(*, by: Any, upload: Upload) -> Received:
    """Keep an uploaded standard and read it. Raises FileRefusedError and IntakeError; nothing is kept then."""
    access.check(IMPORT, by)
    file = receive(upload, limits=DOCUMENTS, by=by)
    path = folder() / file.path
    edition = import_document(by=by, path=path, name=file.name, file=file)
    is_new = Reading.objects.filter(edition=edition, file=file).exists()
    if is_new:
        StoredFile.objects.filter(pk=file.pk).update(held_by=subject_of(edition))
    return Received(edition, is_new)


@transaction.atomic
def import_document(
    *, by: Any, path: Path, name: str, file: StoredFile | None = None, scoring_model: str = "process-results"
) -> Edition:
    """Read a published standard into a draft edition that a person reviews against its lines.

    Raises IntakeError (not a standard, unreadable, too large, encrypted).
    """
    if by is not None:
        access.check(IMPORT, by)
    draft = intake.outline(intake.read(path, name=name))
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    key = f"import-{digest[:12]}"
    known = Edition.objects.filter(key=key).first()
    if known is not None:
        return known
    standard, _made = Standard.objects.get_or_create(key=key, defaults={"title": draft.title[:200] or name})
    edition = Edition.objects.create(
        standard=standard, key=key, title=draft.title[:200] or name, source=name, scoring_model=scoring_model
    )
    _store_draft(edition, draft.nodes, None, count(1))
    data = intake.to_json(draft)
    Reading.objects.create(
        edition=edition,
        file=file,
        name=name,
        lines=data["lines"],
        unplaced=data["unplaced"],
        furniture=data["furniture"],
        counts=data["counts"],
    )
    audit.record(READ, by=by, subject=edition, data={"name": name, "digest": digest, "counts": data["counts"]})
    return edition


def _store_draft(edition: Edition, nodes: Iterable[intake.Node], parent: Node | None, places: "count[int]") -> None:
    for data in nodes:
        node = Node.objects.create(
            edition=edition,
            parent=parent,
            position=next(places),
            code=data.code,
            kind=_KINDS.get(data.kind.value, data.kind.value),
            title=data.title[:200],
            title_en=data.english[:200],
            text=data.text,
            points=data.points,
            indicators=[indicator.name for indicator in data.indicators],
            lines=list(data.lines),
        )
        _store_draft(edition, data.children, node, places)


@transaction.atomic
def edit_edition(*, by: Any, edition: Edition, expected: int, **fields: Any) -> None:
    """Code, titles, issuer, source, who verified it. Nothing of an edition in use changes."""
    access.check(EDIT, by, edition)
    versions.save_edit(edition, expected=expected, fields=fields)
    audit.record(EDITION_EDITED, by=by, subject=edition, data={"fields": sorted(fields)})


def confirm(*, by: Any, edition: Edition) -> None:
    flow.move(edition, "confirm", by=by)


def reopen(*, by: Any, edition: Edition, reason: str) -> None:
    flow.move(edition, "reopen", by=by, reason=reason)


@transaction.atomic
def freeze(*, by: Any, edition: Edition) -> None:
    """Lock an edition that a cycle begins to judge by; its digest is what results refer to."""
    if edition.state == EditionState.FROZEN:
        return
    rows = [
        {"code": node.code, "kind": node.kind, "title": node.title, "points": node.points} for node in nodes_of(edition)
    ]
    edition.digest = hashlib.sha256(chain.canonical(rows)).hexdigest()
    edition.save(update_fields=["digest"])
    flow.move(edition, "freeze", by=by)
