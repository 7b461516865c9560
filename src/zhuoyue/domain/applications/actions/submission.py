"""Sending an application in, and taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.errors import IncompleteError
from zhuoyue.domain.applications.models import Application, Receipt, Return
from zhuoyue.domain.applications.numbers import next_receipt_number
from zhuoyue.domain.applications.queries import EditWindow, edit_window, submission_rules
from zhuoyue.domain.applications.rules import LATE, NOT_YET, SUBMIT, WITHDRAW
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.domain.programmes.enums import Medium
from zhuoyue.kernel import access, audit, clock, flow, formats, mail
from zhuoyue.kernel.records import subject_of

RECEIVED = audit.verb("applications.received", _("出具回执"))


@transaction.atomic
def submit(*, by: Any, application: Application) -> Receipt:
    """Freeze the dossier and acknowledge it. The receipt is given only when everything of it is stored.

    The clock is read once, here, at complete arrival. Raises RefusedError (late, not yours), IncompleteError.
    """
    moment = clock.now()
    access.check(SUBMIT, by, application)
    window = edit_window(application, moment)
    if not window.may_submit:
        raise access.RefusedError(SUBMIT, LATE if window.is_late else NOT_YET)
    dossiers.close(by=by, dossier=application.dossier)
    contents = contents_of(application.dossier)
    blocking = tuple(fault for fault in contents.faults if fault.blocks)
    if blocking:
        raise IncompleteError(blocking)
    name = "resubmit" if application.state == ApplicationState.RETURNED else "submit"
    flow.move(application, name, by=by, at=moment, scope=application.cycle)
    number = application.snapshot.number + 1 if application.snapshot else 1
    application.snapshot = dossiers.take_snapshot(
        dossier=application.dossier, contents=contents, number=number, at=moment
    )
    application.submitted_at = moment
    application.save(update_fields=["snapshot", "submitted_at"])
    if window.returned is not None:
        _answer(window.returned, moment)
    return _acknowledge(by, application, moment, _rule(application, window, moment))


def _answer(returned: Return, moment: datetime) -> None:
    returned.answered_at = moment
    returned.save(update_fields=["answered_at"])


def _rule(application: Application, window: EditWindow, moment: datetime) -> dict[str, Any]:
    """What the receipt says of the clock: deadline, grace, the sentence of the rules, and their version."""
    rule = window.phase.receipt_rule(moment)
    if window.returned is not None:
        rule |= {
            "title": str(_("退回补正")),
            "deadline": window.returned.until.isoformat(),
            "grace_minutes": 0,
            "within_grace": False,
        }
    said = submission_rules(application)
    text = {"text": said.rule.zh, "text_en": said.rule.en} if said and said.rule else {}
    return rule | text | {"rules_version": application.rules.number, "rules_digest": application.rules.digest}


def _acknowledge(by: Any, application: Application, moment: datetime, rule: dict[str, Any]) -> Receipt:
    assert application.snapshot is not None  # noqa: S101 - the caller has just taken it
    receipt = Receipt(
        application=application,
        cycle=application.cycle,
        snapshot=application.snapshot,
        number=next_receipt_number(application.cycle),
        medium=Medium.ONLINE,
        at=moment,
        rule=rule,
        digest=application.snapshot.digest,
    )
    facts = {"number": receipt.number, "digest": receipt.digest, "rule": rule}
    receipt.audit_sequence = audit.record(
        RECEIVED, by=by, subject=receipt, scope=application.cycle, at=moment, data=facts
    )
    receipt.save(force_insert=True)
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("申报已收到：%(number)s")) % {"number": receipt.number},
        text=str(_("%(title)s的申报已经收到。回执号：%(receipt)s。服务器时间：%(at)s。校验码：%(digest)s。"))
        % {
            "title": application.title,
            "receipt": receipt.number,
            "at": formats.moment(moment, seconds=True),
            "digest": receipt.digest,
        },
        dedupe=f"receipt:{receipt.pk}",
        scope=subject_of(application.cycle),
    )
    return receipt


@transaction.atomic
def withdraw(*, by: Any, application: Application, reason: str = "") -> None:
    access.check(WITHDRAW, by, application)
    flow.move(application, "withdraw", by=by, scope=application.cycle, reason=reason)
    dossiers.set_open(application.dossier, is_open=False)
