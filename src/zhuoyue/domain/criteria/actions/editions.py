"""Editions: loading the shipped ones, reading published ones, confirming and freezing them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zhuoyue import intake
from zhuoyue.domain.criteria.enums import EditionState, NodeKind
from zhuoyue.domain.criteria.models import Edition, Node, Reading, Standard
from zhuoyue.domain.criteria.queries import nodes_of
from zhuoyue.domain.criteria.rules import EDIT, IMPORT, TAKE_ON
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.queries import bodies_of
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
TAKEN_ON = audit.verb("criteria.edition_taken_on", _("接手核对标准"))
EDITION_EDITED = audit.verb("criteria.edition_edited", _("修改标准信息"))

DOCUMENTS = Limits(max_bytes=intake.LIMITS.file_bytes, kinds=("txt", "docx", "pdf"))
_KINDS = {"process_item": NodeKind.PROCESS, "results_item": NodeKind.RESULTS}
UNOWNED = Q(owner=None)
SHARED = UNOWNED | ~Q(state=EditionState.DRAFT)


@dataclass(frozen=True, slots=True)
class _Office:
    """Who loads: the bodies that the person runs, and the one among them that the edition will belong to.

    Without owner it is the program itself.
    """

    mine: Sequence[Body] = ()
    owner: Body | None = None

    def has(self, key: str, shared: Q) -> Edition | None:
        """What stands here already under the key: an edition of their own, else one that is `shared` with them."""
        if self.owner is None:
            return Edition.objects.filter(key=key).first()
        keys = [key, *(_marked(key, body) for body in self.mine)]
        found = Edition.objects.filter(Q(owner__in=self.mine) | shared, key__in=keys)
        return min(found, key=lambda edition: edition.owner not in self.mine, default=None)

    def key_for(self, key: str) -> str:
        """The key itself, or where another body's draft holds it, the key with the owner's mark."""
        taken = self.owner is not None and Edition.objects.filter(key=key).exists()
        return _marked(key, self.owner) if taken and self.owner else key


def _marked(key: str, body: Body) -> str:
    return f"{key[:67]}-{body.pk.hex[:12]}"


def _office(by: Any, permission: str, chosen: Body | None, edition: Edition | None = None) -> _Office:
    """The body that `by` acts for: the chosen one where they run it, else their first by name."""
    if by is None:
        return _Office()
    access.check(permission, by, edition)
    mine = bodies_of(by, Duty.SECRETARY)
    if not mine:
        raise access.RefusedError(permission, access.HIDDEN)
    return _Office(mine, chosen if chosen in mine else mine[0])


@transaction.atomic
def load_standard(*, by: Any, data: StandardData, owner: Body | None = None) -> Edition:
    """Load an edition given as data, for `owner`; one that is at hand already is returned as it stands."""
    office = _office(by, IMPORT, owner)
    known = office.has(data.key, SHARED)
    if known is not None:
        return known
    standard, _made = Standard.objects.get_or_create(
        key=slugify(data.code) or data.key, defaults={"title": data.title, "title_en": data.title_en}
    )
    edition = Edition.objects.create(
        standard=standard,
        owner=office.owner,
        key=office.key_for(data.key),
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
    audit.record(LOADED, by=by, subject=edition, data={"key": edition.key})
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
def load_shipped(*, by: Any, owner: Body | None = None) -> list[Edition]:
    """Load the editions that come with the software; those that were not at hand yet are returned."""
    before = set(Edition.objects.values_list("pk", flat=True))
    loaded = [load_standard(by=by, data=one.standard, owner=owner) for one in shipped_standards()]
    return [edition for edition in loaded if edition.pk not in before]


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is false where the same document was read before: `edition` is what it became then."""

    edition: Edition
    is_new: bool


@transaction.atomic
def receive_document(*, by: Any, upload: Upload, owner: Body | None = None) -> Received:
    """Keep an uploaded standard and read it. Raises FileRefusedError and IntakeError; nothing is kept then."""
    access.check(IMPORT, by)
    file = receive(upload, limits=DOCUMENTS, by=by)
    path = folder() / file.path
    edition = import_document(by=by, path=path, name=file.name, file=file, owner=owner)
    is_new = Reading.objects.filter(edition=edition, file=file).exists()
    if is_new:
        StoredFile.objects.filter(pk=file.pk).update(held_by=subject_of(edition))
    return Received(edition, is_new)


@transaction.atomic
def import_document(
    *,
    by: Any,
    path: Path,
    name: str,
    file: StoredFile | None = None,
    scoring_model: str = "process-results",
    owner: Body | None = None,
) -> Edition:
    """Read a published standard into a draft edition that a person reviews against its lines, for `owner`.

    What another body made of the same document is theirs: this one gets an edition of its own. Raises IntakeError (not
    a standard, unreadable, too large, encrypted).
    """
    office = _office(by, IMPORT, owner)
    draft = intake.outline(intake.read(path, name=name))
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    key = f"import-{digest[:12]}"
    known = office.has(key, UNOWNED)
    if known is not None:
        return known
    title = draft.title[:200] or name
    standard, _made = Standard.objects.get_or_create(key=key, defaults={"title": title})
    edition = Edition.objects.create(
        standard=standard,
        owner=office.owner,
        key=office.key_for(key),
        title=title,
        source=name,
        scoring_model=scoring_model,
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


class EditionText(TypedDict, total=False):
    """What is written of an edition. Its state is moved and its owner taken on; its key and digest are computed."""

    code: str
    title: str
    title_en: str
    label: str
    issuer: str
    source: str
    verified_by: str


@transaction.atomic
def edit_edition(*, by: Any, edition: Edition, expected: int, **fields: Unpack[EditionText]) -> None:
    """Code, titles, issuer, source, who verified it. Nothing of an edition in use changes."""
    access.check(EDIT, by, edition)
    versions.save_edit(edition, expected=expected, fields=versions.only(EditionText, fields))
    audit.record(EDITION_EDITED, by=by, subject=edition, data={"fields": sorted(fields)})


@transaction.atomic
def take_on(*, by: Any, edition: Edition, owner: Body | None = None) -> None:
    """A draft that the program itself read in becomes the affair of one office: of two at once, the first."""
    office = _office(by, TAKE_ON, owner, edition)
    if not Edition.objects.filter(UNOWNED, pk=edition.pk).update(owner=office.owner):
        raise access.RefusedError(TAKE_ON, access.HIDDEN)
    edition.owner = office.owner
    audit.record(TAKEN_ON, by=by, subject=edition, data={"body": str(office.owner)})


def confirm(*, by: Any, edition: Edition) -> None:
    flow.move(edition, "confirm", by=by)


def reopen(*, by: Any, edition: Edition, reason: str) -> None:
    flow.move(edition, "reopen", by=by, reason=reason)


@transaction.atomic
def freeze(*, by: Any, edition: Edition) -> None:
    """Lock an edition that a cycle begins to judge by; its digest is what results refer to.

    A confirmed edition is there for every office to use: whoever's cycle it is, its owner changes it no more. What
    is frozen already stays as it is, whatever an older copy in hand says.
    """
    edition.state = Edition.objects.select_for_update().values_list("state", flat=True).get(pk=edition.pk)
    if edition.state == EditionState.FROZEN:
        return
    rows = [
        {"code": node.code, "kind": node.kind, "title": node.title, "points": node.points} for node in nodes_of(edition)
    ]
    edition.digest = hashlib.sha256(chain.canonical(rows)).hexdigest()
    edition.save(update_fields=["digest"])
    flow.move(edition, "freeze", by=by)
