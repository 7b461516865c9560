"""From sign-up to submission, and back for correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import ApplicationState, Medium, Opinion, RegistrationState
from zhuoyue.domain.applications.errors import AlreadyRegisteredError, IncompleteError
from zhuoyue.domain.applications.models import Application, Receipt, Recommendation, Registration, Return
from zhuoyue.domain.applications.numbers import next_application_number, next_receipt_number
from zhuoyue.domain.applications.queries import edit_window, open_return
from zhuoyue.domain.applications.rules import (
    EDIT,
    HANDLE_REGISTRATION,
    LATE,
    NOT_YET,
    OPEN_APPLICATION,
    RECOMMEND,
    REGISTER,
    SEND_BACK,
    SUBMIT,
    TAKE_BACK,
)
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.models import Answer
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.rules import speaks_for
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import form_rules
from zhuoyue.kernel import access, audit, clock, flow, mail
from zhuoyue.kernel.models import StoredFile

REGISTERED = audit.verb("applications.registered", _("报名"))
PAPER_RECEIVED = audit.verb("applications.paper_received", _("登记纸质材料"))
OPENED = audit.verb("applications.opened", _("开始填写申报"))
RECEIVED = audit.verb("applications.received", _("出具回执"))


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
    details: Mapping[str, Any] | None = None,
    stamped_scan: StoredFile | None = None,
) -> Registration:
    """Sign an organisation up for a category. `details`: what the pack's registration form asks beyond the contact.

    Raises AlreadyRegisteredError when it stands registered.
    """
    access.check(REGISTER, by, category)
    if not speaks_for(by, organisation):
        raise access.RefusedError("applications.register", access.HIDDEN)
    facts = {
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
        "details": dict(details or {}),
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


@transaction.atomic
def confirm_registration(*, by: Any, registration: Registration) -> None:
    flow.move(registration, "confirm", by=by, scope=registration.cycle)
    mail.queue(
        to=registration.contact_email,
        subject=str(_("报名已确认：%(title)s")) % {"title": registration.cycle.title},
        text=str(_("%(name)s：贵单位的报名已经确认，请在申报截止前登录系统填写并提交申报材料。"))
        % {"name": registration.contact_name},
        dedupe=f"registration-confirmed:{registration.pk}:{registration.sent_at.isoformat()}",
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
    )


@transaction.atomic
def withdraw_registration(*, by: Any, registration: Registration) -> None:
    flow.move(registration, "withdraw", by=by, scope=registration.cycle)


@transaction.atomic
def note_paper(*, by: Any, registration: Registration, at: datetime) -> None:
    """The stamped form has arrived on paper."""
    access.check(HANDLE_REGISTRATION, by, registration)
    registration.paper_received_at = at
    registration.save(update_fields=["paper_received_at"])
    audit.record(PAPER_RECEIVED, by=by, subject=registration, scope=registration.cycle, data={"at": at})


@transaction.atomic
def open_application(*, by: Any, registration: Registration) -> Application:
    """The application of a registration; made on first opening, with the form and rules of that day."""
    access.check(OPEN_APPLICATION, by, registration)
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
        number=next_application_number(registration.cycle, category.position),
        opened_at=clock.now(),
    )
    audit.record(OPENED, by=by, subject=application, scope=application.cycle, data={"number": application.number})
    return application


def save_section(*, by: Any, application: Application, section: str, value: Mapping[str, Any], expected: int) -> Answer:
    """Keep what was typed, inside the deadline. Raises RefusedError, StaleError."""
    access.check(EDIT, by, application)
    return dossiers.save_answer(by=by, dossier=application.dossier, section=section, value=value, expected=expected)


@transaction.atomic
def submit(*, by: Any, application: Application) -> Receipt:
    """Freeze the dossier and acknowledge it. The receipt is given only when everything of it is stored.

    The clock is read once, here, at complete arrival. Raises RefusedError (late, not yours), IncompleteError.
    """
    moment = clock.now()
    access.check(SUBMIT, by, application)
    window = edit_window(application, moment)
    if not window.may_submit:
        raise access.RefusedError(SUBMIT, LATE if window.phase.is_late(moment) else NOT_YET)
    contents = contents_of(application.dossier)
    blocking = tuple(fault for fault in contents.faults if fault.blocks)
    if blocking:
        raise IncompleteError(blocking)
    returned = open_return(application)
    name = "resubmit" if application.state == ApplicationState.RETURNED else "submit"
    flow.move(application, name, by=by, at=moment, scope=application.cycle)
    snapshot = dossiers.take_snapshot(by=by, dossier=application.dossier)
    application.snapshot = snapshot
    application.submitted_at = moment
    application.save(update_fields=["snapshot", "submitted_at"])
    if returned is not None:
        returned.answered_at = moment
        returned.save(update_fields=["answered_at"])
    rule = window.phase.receipt_rule(moment)
    if returned is not None:
        rule = {**rule, "title": str(_("退回补正")), "deadline": returned.until.isoformat(), "grace_minutes": 0}
    return _acknowledge(by, application, moment, rule)


def _acknowledge(by: Any, application: Application, moment: datetime, rule: dict[str, Any]) -> Receipt:
    assert application.snapshot is not None  # noqa: S101 - the caller has just taken it
    receipt = Receipt.objects.create(
        application=application,
        snapshot=application.snapshot,
        number=next_receipt_number(application.cycle),
        medium=Medium.ONLINE,
        at=moment,
        rule=rule,
        digest=application.snapshot.digest,
    )
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("申报已收到：%(number)s")) % {"number": receipt.number},
        text=str(_("%(title)s的申报已经收到。回执号：%(receipt)s。服务器时间：%(at)s。校验码：%(digest)s。"))
        % {
            "title": application.title,
            "receipt": receipt.number,
            "at": moment.isoformat(timespec="seconds"),
            "digest": receipt.digest,
        },
        dedupe=f"receipt:{receipt.number}",
    )
    facts = {"number": receipt.number, "digest": receipt.digest, "rule": rule}
    receipt.audit_sequence = audit.record(
        RECEIVED, by=by, subject=receipt, scope=application.cycle, at=moment, data=facts
    )
    receipt.save(update_fields=["audit_sequence"])
    return receipt


@transaction.atomic
def withdraw(*, by: Any, application: Application, reason: str = "") -> None:
    flow.move(application, "withdraw", by=by, scope=application.cycle, reason=reason)
    dossiers.set_open(application.dossier, is_open=False)


@transaction.atomic
def give_opinion(
    *, by: Any, application: Application, outcome: str, opinion: str, rank: int | None = None
) -> Recommendation:
    """A recommending body's word on an application, inside its quota."""
    body = application.recommender
    if body is None:
        raise access.RefusedError(RECOMMEND, access.HIDDEN)
    name = "recommend" if outcome == Opinion.RECOMMEND else "decline"
    if name == "recommend":
        access.check(RECOMMEND, by, application)
        Body.objects.select_for_update().get(pk=body.pk)
    flow.move(application, name, by=by, scope=application.cycle, reason=opinion)
    return Recommendation.objects.create(
        application=application, body=body, outcome=outcome, opinion=opinion, rank=rank, by=by, at=clock.now()
    )


@transaction.atomic
def take_back_opinion(*, by: Any, application: Application) -> None:
    """Undo the last opinion; it stays readable, marked as taken back."""
    access.check(TAKE_BACK, by, application)
    flow.move(application, "take_back", by=by, scope=application.cycle)
    last = application.recommendations.filter(taken_back_at=None).order_by("-at").first()
    if last is not None:
        last.taken_back_at = clock.now()
        last.save(update_fields=["taken_back_at"])


@transaction.atomic
def send_back(
    *, by: Any, application: Application, items: Sequence[Mapping[str, str]], until: datetime, article: str = ""
) -> Return:
    """Return for correction: what, until when, under which article. Opens the dossier again."""
    access.check(SEND_BACK, by, application)
    flow.move(application, "send_back", by=by, scope=application.cycle, data={"items": [dict(item) for item in items]})
    dossiers.set_open(application.dossier, is_open=True)
    returned = Return.objects.create(
        application=application,
        items=[dict(item) for item in items],
        article=article,
        until=until,
        by=by,
        at=clock.now(),
    )
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("申报退回补正：%(number)s")) % {"number": application.number},
        text=str(_("%(title)s的申报有%(count)s处需要补正，请在%(until)s前修改并重新提交。"))
        % {
            "title": application.title,
            "count": len(items),
            "until": until.isoformat(timespec="minutes"),
        },
        dedupe=f"return:{returned.pk}",
    )
    return returned
