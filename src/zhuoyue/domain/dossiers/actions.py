"""Writing into a dossier, and freezing it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers.models import Answer, Dossier, Evidence, FormVersion, Indicator, Snapshot
from zhuoyue.domain.dossiers.queries import Contents, contents_of
from zhuoyue.domain.dossiers.rules import EDIT
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, files, versions
from zhuoyue.kernel.models import StoredFile
from zhuoyue.packs.programmes.schema.forms import Form

EVIDENCE_ADDED = audit.verb("dossiers.evidence_added", _("上传材料"))
EVIDENCE_REMOVED = audit.verb("dossiers.evidence_removed", _("移除材料"))


def form_version(form: Form) -> FormVersion:
    """The stored definition of `form`; made on first use, found by digest afterwards."""
    definition = form.model_dump(mode="json", by_alias=True, exclude_none=True)
    digest = hashlib.sha256(chain.canonical(_without_floats(definition))).hexdigest()
    return FormVersion.objects.get_or_create(digest=digest, defaults={"definition": definition})[0]


def _without_floats(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_floats(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_floats(part) for part in value]
    return str(value) if isinstance(value, float) else value


def open_dossier(*, form: Form, owner: Organisation, edition: Edition | None) -> Dossier:
    """An empty dossier. Whoever opens it (a registration, a self-assessment) has checked the right."""
    return Dossier.objects.create(form=form_version(form), owner=owner, edition=edition)


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that a save left, and its moment: what the page shows and sends with the next save."""

    version: int
    at: datetime


def _lock(by: Any, dossier: Dossier) -> None:
    """Hold the dossier against a submission at the same moment, and look again whether it is still open."""
    dossier.is_open = Dossier.objects.select_for_update().values_list("is_open", flat=True).get(pk=dossier.pk)
    access.check(EDIT, by, dossier)


@transaction.atomic
def save_answer(*, by: Any, dossier: Dossier, section: str, value: Mapping[str, Any], expected: int) -> Saved:
    """Keep what was typed into a section, whatever its length: limits stop a submission, never a save.

    `expected` is the version that the page showed (0: nothing yet). Raises StaleError when someone else has saved.
    """
    _lock(by, dossier)
    moment = clock.now()
    fields = {"value": dict(value), "changed_by": audit.actor_name(by), "changed_at": moment}
    if dossier.answers.filter(section=section, version=expected).update(version=expected + 1, **fields):
        return Saved(expected + 1, moment)
    answer = dossier.answers.filter(section=section).first()
    if answer is None:
        Answer.objects.create(dossier=dossier, section=section, **fields)
        return Saved(1, moment)
    if answer.value == fields["value"]:
        return Saved(answer.version, answer.changed_at)
    raise versions.StaleError(answer, fields)


@transaction.atomic
def add_indicator(*, by: Any, dossier: Dossier, node_code: str, **fields: Any) -> Indicator:
    _lock(by, dossier)
    last = dossier.indicators.filter(node_code=node_code).aggregate(last=Max("position"))["last"] or 0
    return Indicator.objects.create(dossier=dossier, node_code=node_code, position=last + 1, **fields)


@transaction.atomic
def edit_indicator(*, by: Any, indicator: Indicator, expected: int, **fields: Any) -> None:
    _lock(by, indicator.dossier)
    versions.save_edit(indicator, expected=expected, fields=fields)


@transaction.atomic
def remove_indicator(*, by: Any, indicator: Indicator) -> None:
    _lock(by, indicator.dossier)
    indicator.delete()


@transaction.atomic
def add_evidence(*, by: Any, dossier: Dossier, part: str, slot: str, title: str, file: StoredFile) -> Evidence:
    _lock(by, dossier)
    last = dossier.evidence.filter(part=part, slot=slot).aggregate(last=Max("position"))["last"] or 0
    evidence = Evidence.objects.create(dossier=dossier, part=part, slot=slot, position=last + 1, title=title, file=file)
    audit.record(EVIDENCE_ADDED, by=by, subject=evidence, data={"digest": file.digest, "slot": slot})
    return evidence


@transaction.atomic
def remove_evidence(*, by: Any, evidence: Evidence) -> None:
    _lock(by, evidence.dossier)
    audit.record(
        EVIDENCE_REMOVED, by=by, subject=evidence, data={"digest": evidence.file.digest, "slot": evidence.slot}
    )
    evidence.delete()
    if not evidence.dossier.snapshots.exists():
        files.release(evidence.file)


def content_of(dossier: Dossier, contents: Contents | None = None) -> dict[str, Any]:
    """Everything in a dossier as plain data: what a snapshot keeps and its digest is taken over."""
    held = contents or contents_of(dossier)
    return {
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


def close(*, by: Any, dossier: Dossier) -> None:
    """Lock against edits, before its contents are read for a snapshot. Raises RefusedError when it is not open."""
    dossier.is_open = bool(Dossier.objects.filter(pk=dossier.pk, is_open=True).update(is_open=False))
    access.check(EDIT, by, dossier)


def take_snapshot(*, dossier: Dossier, contents: Contents, number: int, at: datetime) -> Snapshot:
    """Freeze what `contents` holds as version `number`. The verb of the owning app (submission) records it."""
    content = content_of(dossier, contents)
    digest = hashlib.sha256(chain.canonical(content)).hexdigest()
    return Snapshot.objects.create(dossier=dossier, number=number, content=content, digest=digest, taken_at=at)


def set_open(dossier: Dossier, *, is_open: bool) -> None:
    """Lock or unlock. The verb of the owning app (submission, return) records why."""
    dossier.is_open = is_open
    dossier.save(update_fields=["is_open"])
