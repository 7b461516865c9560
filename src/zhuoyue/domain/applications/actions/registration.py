"""Signing up for a category, and what the secretariat says to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import RegistrationState
from zhuoyue.domain.applications.errors import AlreadyRegisteredError
from zhuoyue.domain.applications.models import Registration
from zhuoyue.domain.applications.queries import registration_rules
from zhuoyue.domain.applications.rules import ATTACH_SCAN, HANDLE_REGISTRATION, REGISTER
from zhuoyue.domain.dossiers.cleaning import value_of
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.parts import sections_of
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.rules import speaks_for
from zhuoyue.domain.programmes.models import Category
from zhuoyue.kernel import access, audit, clock, files, flow, mail
from zhuoyue.kernel.files import Limits
from zhuoyue.kernel.files.storing import Upload
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.records import subject_of

REGISTERED = audit.verb("applications.registered", _("报名"))
SCAN_ATTACHED = audit.verb("applications.scan_attached", _("上传盖章报名表"))
PAPER_RECEIVED = audit.verb("applications.paper_received", _("登记纸质材料"))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the secretariat writes to and calls."""

    name: str
    phone: str
    email: str


@transaction.atomic
def register(
    *,
    by: Any,
    category: Category,
    organisation: Organisation,
    contact: Contact,
    subject: str = "",
    recommender: Body | None = None,
    details: Mapping[str, Mapping[str, Any]] | None = None,
    stamped_scan: StoredFile | None = None,
) -> Registration:
    """Sign an organisation up for a category. `details`: what the pack's registration form asks beyond the contact.

    Raises AlreadyRegisteredError when it stands registered, ValueRefusedError for details that the form does not ask.
    """
    access.check(REGISTER, by, category)
    if not speaks_for(by, organisation):
        raise access.RefusedError("applications.register", access.HIDDEN)
    facts = {
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
        "details": _cleaned(category, details or {}),
        "recommender": recommender,
        "stamped_scan": stamped_scan,
        "sent_at": clock.now(),
    }
    try:
        with transaction.atomic():
            registration = Registration.objects.create(
                cycle=category.cycle, category=category, organisation=organisation, subject=subject, **facts
            )
    except IntegrityError:
        registration = Registration.objects.get(category=category, organisation=organisation, subject=subject)
        if registration.state not in (RegistrationState.WITHDRAWN, RegistrationState.REFUSED):
            raise AlreadyRegisteredError from None
        for name, value in facts.items():
            setattr(registration, name, value)
        registration.save()
        flow.move(registration, "renew", by=by, scope=category.cycle)
    audit.record(REGISTERED, by=by, subject=registration, scope=category.cycle)
    return registration


def _cleaned(category: Category, details: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Section -> value, each in the shape that the registration form stores."""
    form = registration_rules(category)
    sections = {section.key: section for section in (sections_of(form) if form else ())}
    others = [key for key in details if key not in sections]
    if others:
        raise ValueRefusedError({key: str(_("报名表里没有“%(key)s”这一节。")) % {"key": key} for key in others})
    return {key: value_of(sections[key], value) for key, value in details.items()}


@transaction.atomic
def confirm_registration(*, by: Any, registration: Registration) -> None:
    flow.move(registration, "confirm", by=by, scope=registration.cycle)
    mail.queue(
        to=registration.contact_email,
        subject=str(_("报名已确认：%(title)s")) % {"title": registration.cycle.title},
        text=str(_("%(name)s：贵单位的报名已经确认，请在申报截止前登录系统填写并提交申报材料。"))
        % {"name": registration.contact_name},
        dedupe=f"registration-confirmed:{registration.pk}:{registration.sent_at.isoformat()}",
        scope=subject_of(registration.cycle),
    )


@transaction.atomic
def refuse_registration(*, by: Any, registration: Registration, reason: str) -> None:
    flow.move(registration, "refuse", by=by, scope=registration.cycle, reason=reason)
    mail.queue(
        to=registration.contact_email,
        subject=str(_("报名未受理：%(title)s")) % {"title": registration.cycle.title},
        text=str(_("%(name)s：贵单位的报名未受理。理由：%(reason)s"))
        % {"name": registration.contact_name, "reason": reason},
        dedupe=f"registration-refused:{registration.pk}:{registration.sent_at.isoformat()}",
        scope=subject_of(registration.cycle),
    )


@transaction.atomic
def withdraw_registration(*, by: Any, registration: Registration) -> None:
    flow.move(registration, "withdraw", by=by, scope=registration.cycle)


@transaction.atomic
def attach_scan(*, by: Any, registration: Registration, upload: Upload, limits: Limits) -> None:
    """Hand in the stamped form, in place of an earlier scan. Raises FileRefusedError, RefusedError."""
    access.check(ATTACH_SCAN, by, registration)
    earlier = registration.stamped_scan
    registration.stamped_scan = files.receive(upload, limits=limits, by=by, held_by=registration)
    registration.save(update_fields=["stamped_scan"])
    facts = {"digest": registration.stamped_scan.digest}
    audit.record(SCAN_ATTACHED, by=by, subject=registration, scope=registration.cycle, data=facts)
    if earlier is not None:
        files.release(earlier)


@transaction.atomic
def note_paper(*, by: Any, registration: Registration, at: datetime) -> None:
    """The stamped form has arrived on paper."""
    access.check(HANDLE_REGISTRATION, by, registration)
    registration.paper_received_at = at
    registration.save(update_fields=["paper_received_at"])
    audit.record(PAPER_RECEIVED, by=by, subject=registration, scope=registration.cycle, data={"at": at})
