"""Writing into a dossier, and freezing it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers.models import Answer, Dossier, Evidence, FormVersion, Indicator, Snapshot
from zhuoyue.domain.dossiers.rules import EDIT
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, versions
from zhuoyue.kernel.models import StoredFile
from zhuoyue.packs.programmes.schema.forms import Form

EVIDENCE_ADDED = audit.verb("dossiers.evidence_added", _("上传材料"))
EVIDENCE_REMOVED = audit.verb("dossiers.evidence_removed", _("移除材料"))
SNAPSHOT_TAKEN = audit.verb("dossiers.snapshot_taken", _("固定材料版本"))


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


@transaction.atomic
def save_answer(*, by: Any, dossier: Dossier, section: str, value: Mapping[str, Any], expected: int) -> Answer:
    """Keep what was typed into a section, whatever its length: limits stop a submission, never a save.

    `expected` is the version that the page showed (0: nothing yet). Raises StaleError when someone else has saved.
    """
    access.check(EDIT, by, dossier)
    fields = {"value": dict(value), "changed_by": audit.actor_name(by), "changed_at": clock.now()}
    answer = dossier.answers.filter(section=section).first()
    if answer is None:
        try:
            with transaction.atomic():
                return Answer.objects.create(dossier=dossier, section=section, **fields)
        except IntegrityError:
            answer = dossier.answers.get(section=section)
    try:
        versions.save_edit(answer, expected=expected, fields=fields)
    except versions.StaleError as error:
        if error.current.value != fields["value"]:  # type: ignore[attr-defined]
            raise
        return error.current  # type: ignore[return-value]
    return answer


@transaction.atomic
def add_indicator(*, by: Any, dossier: Dossier, node_code: str, **fields: Any) -> Indicator:
    access.check(EDIT, by, dossier)
    last = dossier.indicators.filter(node_code=node_code).aggregate(last=Max("position"))["last"] or 0
    return Indicator.objects.create(dossier=dossier, node_code=node_code, position=last + 1, **fields)


@transaction.atomic
def edit_indicator(*, by: Any, indicator: Indicator, expected: int, **fields: Any) -> None:
    access.check(EDIT, by, indicator.dossier)
    versions.save_edit(indicator, expected=expected, fields=fields)


@transaction.atomic
def remove_indicator(*, by: Any, indicator: Indicator) -> None:
    access.check(EDIT, by, indicator.dossier)
    indicator.delete()


@transaction.atomic
def add_evidence(*, by: Any, dossier: Dossier, part: str, slot: str, title: str, file: StoredFile) -> Evidence:
    access.check(EDIT, by, dossier)
    last = dossier.evidence.filter(part=part, slot=slot).aggregate(last=Max("position"))["last"] or 0
    evidence = Evidence.objects.create(dossier=dossier, part=part, slot=slot, position=last + 1, title=title, file=file)
    audit.record(EVIDENCE_ADDED, by=by, subject=evidence, data={"digest": file.digest, "slot": slot})
    return evidence


@transaction.atomic
def remove_evidence(*, by: Any, evidence: Evidence) -> None:
    access.check(EDIT, by, evidence.dossier)
    audit.record(
        EVIDENCE_REMOVED, by=by, subject=evidence, data={"digest": evidence.file.digest, "slot": evidence.slot}
    )
    evidence.delete()


def content_of(dossier: Dossier) -> dict[str, Any]:
    """Everything in a dossier as plain data: what a snapshot keeps and its digest is taken over."""
    return {
        "form": dossier.form.digest,
        "edition": dossier.edition.key if dossier.edition else "",
        "answers": {answer.section: answer.value for answer in dossier.answers.order_by("section")},
        "indicators": [
            {
                "node": entry.node_code,
                "name": entry.name,
                "unit": entry.unit,
                "direction": entry.direction,
                "points": entry.points,
                "source": entry.source,
            }
            for entry in dossier.indicators.all()
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
            for entry in dossier.evidence.select_related("file")
        ],
    }


@transaction.atomic
def take_snapshot(*, by: Any, dossier: Dossier) -> Snapshot:
    """Freeze the dossier as its next version and lock it against edits until it is opened again."""
    access.check(EDIT, by, dossier)
    content = content_of(dossier)
    digest = hashlib.sha256(chain.canonical(content)).hexdigest()
    number = (dossier.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    snapshot = Snapshot.objects.create(
        dossier=dossier, number=number, content=content, digest=digest, taken_at=clock.now()
    )
    set_open(dossier, is_open=False)
    audit.record(SNAPSHOT_TAKEN, by=by, subject=snapshot, data={"number": number, "digest": digest})
    return snapshot


def set_open(dossier: Dossier, *, is_open: bool) -> None:
    """Lock or unlock. The verb of the owning app (submission, return) records why."""
    dossier.is_open = is_open
    dossier.save(update_fields=["is_open"])
