"""Filling in an application, inside the deadline."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.errors import TooManyFilesError
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.numbers import next_application_number
from zhuoyue.domain.applications.queries import limits_of
from zhuoyue.domain.applications.rules import EDIT, OPEN_APPLICATION
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.models import Evidence, Indicator
from zhuoyue.domain.programmes.queries import form_rules
from zhuoyue.kernel import access, audit, clock, files, flow
from zhuoyue.kernel.files.storing import Upload
from zhuoyue.packs.programmes.schema.forms import EvidenceFile

OPENED = audit.verb("applications.opened", _("开始填写申报"))
TITLE_LENGTH = 120


@transaction.atomic
def open_application(*, by: Any, registration: Registration) -> Application:
    """The application of a registration; made on first opening, with the form and rules of that day."""
    access.check(OPEN_APPLICATION, by, registration)
    Registration.objects.select_for_update().only("pk").get(pk=registration.pk)
    known = Application.objects.filter(registration=registration).first()
    if known is not None:
        return known
    category = registration.category
    form = form_rules(category)
    if form is None:
        raise LookupError(f"category {category.key} takes no applications")
    application = Application.objects.create(
        registration=registration,
        cycle=registration.cycle,
        category=category,
        organisation=registration.organisation,
        subject=registration.subject,
        rules=registration.cycle.rules,
        dossier=dossiers.open_dossier(form=form, owner=registration.organisation, edition=category.edition),
        recommender=registration.recommender,
        number=next_application_number(category),
        opened_at=clock.now(),
    )
    audit.record(OPENED, by=by, subject=application, scope=application.cycle, data={"number": application.number})
    return application


def save_section(
    *, by: Any, application: Application, section: str, value: Mapping[str, Any], expected: int
) -> dossiers.Saved:
    """Keep what was typed, inside the deadline. Raises RefusedError, StaleError."""
    access.check(EDIT, by, application)
    return dossiers.save_answer(by=by, dossier=application.dossier, section=section, value=value, expected=expected)


def add_series(*, by: Any, application: Application, node_code: str, **fields: Any) -> Indicator:
    """A yearly series under a results item, inside the deadline."""
    access.check(EDIT, by, application)
    return dossiers.add_indicator(by=by, dossier=application.dossier, node_code=node_code, **fields)


def edit_series(*, by: Any, application: Application, indicator: Indicator, expected: int, **fields: Any) -> None:
    access.check(EDIT, by, application)
    dossiers.edit_indicator(by=by, indicator=indicator, expected=expected, **fields)


def remove_series(*, by: Any, application: Application, indicator: Indicator) -> None:
    access.check(EDIT, by, application)
    dossiers.remove_indicator(by=by, indicator=indicator)


@transaction.atomic
def add_file(*, by: Any, application: Application, part: str, asked: EvidenceFile, upload: Upload) -> Evidence:
    """Keep a file under what the form asks for. Raises FileRefusedError, TooManyFilesError, RefusedError."""
    access.check(EDIT, by, application)
    held = application.dossier.evidence.filter(part=part, slot=asked.key).count()
    if held >= asked.files_at_most:
        raise TooManyFilesError(asked.title.zh, asked.files_at_most)
    limits = limits_of(asked)
    file = files.receive(upload, limits=limits, by=by, held_by=application.dossier)
    title = Path(file.name).stem[:TITLE_LENGTH]
    return dossiers.add_evidence(by=by, dossier=application.dossier, part=part, slot=asked.key, title=title, file=file)


def remove_file(*, by: Any, application: Application, evidence: Evidence) -> None:
    access.check(EDIT, by, application)
    dossiers.remove_evidence(by=by, evidence=evidence)


@transaction.atomic
def reopen(*, by: Any, application: Application) -> None:
    """Go on with a withdrawn application while there is time."""
    flow.move(application, "reopen", by=by, scope=application.cycle)
    dossiers.set_open(application.dossier, is_open=True)
