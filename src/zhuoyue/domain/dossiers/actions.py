"""Writing into a dossier, and freezing it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.dossiers.cleaning import series_of, value_of
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.domain.dossiers.errors import TooManyFilesError, ValueRefusedError
from zhuoyue.domain.dossiers.models import Answer, Dossier, Evidence, FormVersion, Indicator, Snapshot
from zhuoyue.domain.dossiers.owners import owner_named
from zhuoyue.domain.dossiers.queries import (
    Contents,
    content_of,
    files_asked,
    form_of,
    limits_of,
    sections_in,
    series_part,
)
from zhuoyue.domain.dossiers.rules import EDIT, check_writing
from zhuoyue.domain.dossiers.sections import section_by_key
from zhuoyue.engine import chain
from zhuoyue.kernel import access, audit, clock, files, versions
from zhuoyue.kernel.files.storing import Upload
from zhuoyue.packs.programmes.schema.forms import Form

EVIDENCE_ADDED = audit.verb("dossiers.evidence_added", gettext_lazy("上传材料"))
EVIDENCE_REMOVED = audit.verb("dossiers.evidence_removed", gettext_lazy("移除材料"))
TITLE_LENGTH = 120


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


def open_dossier(*, form: Form, owner: str, edition: Edition | None) -> Dossier:
    """An empty dossier of the app that declared itself as `owner`, which has checked the right to open it."""
    return Dossier.objects.create(form=form_version(form), owner=owner_named(owner).key, edition=edition)


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that a save left, and its moment: what the page shows and sends with the next save."""

    version: int
    at: datetime


def _lock(by: Any, dossier: Dossier) -> None:
    """Hold the dossier against a submission at the same moment, and look again whether it is still open."""
    dossier.is_open = Dossier.objects.select_for_update().values_list("is_open", flat=True).get(pk=dossier.pk)
    check_writing(by, dossier)


@transaction.atomic
def save_answer(*, by: Any, dossier: Dossier, section: str, value: Mapping[str, Any], expected: int) -> Saved:
    """Keep what was typed into a section, whatever its length: limits stop a submission, never a save.

    `expected` is the version that the page showed (0: nothing yet). Raises ValueRefusedError for a section or a value
    that the form does not have, StaleError when someone else has saved, RefusedError.
    """
    _lock(by, dossier)
    found = section_by_key(sections_in(dossier), section)
    if found is None:
        raise ValueRefusedError({"": _("表单里没有“%(section)s”这一节。") % {"section": section}})
    moment = clock.now()
    fields = {"value": value_of(found, value), "changed_by": audit.actor_name(by), "changed_at": moment}
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
def add_indicator(
    *,
    by: Any,
    dossier: Dossier,
    node_code: str,
    name: str,
    unit: str = "",
    direction: str = Direction.HIGHER,
    points: Sequence[Mapping[str, Any]] = (),
    source: str = "",
) -> Indicator:
    """A yearly series under an item of the standard. Raises ValueRefusedError, RefusedError."""
    _lock(by, dossier)
    if series_part(dossier, node_code) is None:
        raise ValueRefusedError({"": _("表单在“%(node)s”下不收指标。") % {"node": node_code}})
    series = series_of({"name": name, "unit": unit, "direction": direction, "points": points, "source": source})
    last = dossier.indicators.filter(node_code=node_code).aggregate(last=Max("position"))["last"] or 0
    fields = series.as_fields()
    return Indicator.objects.create(dossier=dossier, node_code=node_code, position=last + 1, **fields)


@transaction.atomic
def edit_indicator(
    *,
    by: Any,
    indicator: Indicator,
    expected: int,
    name: str | None = None,
    unit: str | None = None,
    direction: str | None = None,
    points: Sequence[Mapping[str, Any]] | None = None,
    source: str | None = None,
) -> None:
    """Change what is given of a series; None leaves it. Raises ValueRefusedError, StaleError, RefusedError."""
    _lock(by, indicator.dossier)
    given = {"name": name, "unit": unit, "direction": direction, "points": points, "source": source}
    changed = {key: value for key, value in given.items() if value is not None}
    stored = {key: getattr(indicator, key) for key in given}
    series = series_of(stored | changed).as_fields()
    versions.save_edit(indicator, expected=expected, fields={key: series[key] for key in changed})


@transaction.atomic
def remove_indicator(*, by: Any, indicator: Indicator) -> None:
    _lock(by, indicator.dossier)
    indicator.delete()


@transaction.atomic
def add_evidence(*, by: Any, dossier: Dossier, part: str, slot: str, upload: Upload) -> Evidence:
    """Keep a file at a place of the form, within its limits and their number.

    Raises ValueRefusedError for a place that the form does not have, FileRefusedError, TooManyFilesError, RefusedError.
    """
    _lock(by, dossier)
    places = {(holder.key, asked.key): asked for holder, asked in files_asked(form_of(dossier))}
    asked = places.get((part, slot))
    if asked is None:
        raise ValueRefusedError({"": _("表单里没有收取“%(slot)s”的位置。") % {"slot": slot}})
    held = dossier.evidence.filter(part=part, slot=slot).aggregate(count=Count("pk"), last=Max("position"))
    if held["count"] >= asked.files_at_most:
        raise TooManyFilesError(asked.title, asked.files_at_most)
    file = files.receive(upload, limits=limits_of(asked), by=by, held_by=dossier)
    evidence = Evidence.objects.create(
        dossier=dossier,
        part=part,
        slot=slot,
        position=(held["last"] or 0) + 1,
        title=Path(file.name).stem[:TITLE_LENGTH],
        file=file,
    )
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
