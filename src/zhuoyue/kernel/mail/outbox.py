"""Letters wait in a table and leave by SMTP: at least once each, never before the change they tell of is committed."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from zhuoyue.kernel import clock, typed
from zhuoyue.kernel.mail.models import MailState, OutboxMail

LONGEST_SUBJECT = 300
LONGEST_ERROR = 500
# A claimed letter is left alone this long, which no SMTP exchange takes; after it a crashed sender's letter goes again.
LEASE = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 20  # with doubling waits of at most six hours: about three days
PERMANENT = 500


class MailRefusedError(ValueError):
    """This cannot be a letter: the address is none."""


@dataclass(slots=True)
class Delivery:
    """What one round did."""

    sent: int = 0
    retried: int = 0
    failed: int = 0


class _ServerAwayError(Exception):
    """The server cannot be talked to; other letters would fare alike."""


def queue(*, to: str, subject: str, text: str, dedupe: str, scope: str = "") -> None:
    """Put a letter into the outbox, in the caller's transaction. A second one of the same `dedupe` is not taken.

    A subject is made one line whatever stands in it. Raises MailRefusedError.
    """
    subject = typed.shown_line(subject)
    try:
        validate_email(to)
    except ValidationError as error:
        raise MailRefusedError(_("“%(to)s”不是有效的邮箱地址。") % {"to": to}) from error
    subject = subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
    letter = OutboxMail(to=to, subject=subject, text=text, dedupe=dedupe, scope=scope, next_try_at=clock.now())
    OutboxMail.objects.bulk_create([letter], ignore_conflicts=True)


def deliver_due(now: datetime, most: int = 200) -> Delivery:
    """Send what is due. Without an SMTP host everything stays in the outbox, readable there.

    Each letter is claimed and committed before it is sent, so that no two senders take the same. One that was sent
    just before a crash goes again after the lease; its Message-ID stays the same.
    """
    round_ = Delivery()
    if not settings.EMAIL_HOST:
        return round_
    server = EmailBackend(fail_silently=False)
    try:
        for letter in _claimed(now, most):
            _send(server, letter, now, round_)
    except _ServerAwayError:
        pass
    finally:
        _hang_up(server)
    return round_


def _claimed(now: datetime, most: int) -> Iterator[OutboxMail]:
    due = OutboxMail.objects.filter(state=MailState.QUEUED, next_try_at__lte=now).order_by("next_try_at", "created_at")
    for letter in list(due[:most]):
        ours = OutboxMail.objects.filter(pk=letter.pk, state=MailState.QUEUED, next_try_at=letter.next_try_at)
        with transaction.atomic(durable=True):
            taken = ours.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
        if taken:
            letter.attempts += 1
            yield letter


def _send(server: EmailBackend, letter: OutboxMail, now: datetime, round_: Delivery) -> None:
    try:
        server.open()
    except OSError as error:
        _retry(letter, error, now, round_)
        raise _ServerAwayError from error
    try:
        server.send_messages([_message_of(letter)])
    except OSError as error:  # smtplib's errors are among them
        _hang_up(server)
        if _permanent(error):
            _settle(letter, state=MailState.FAILED, error=error)
            round_.failed += 1
        else:
            _retry(letter, error, now, round_)
    else:
        OutboxMail.objects.filter(pk=letter.pk).update(state=MailState.SENT, sent_at=now, last_error="")
        round_.sent += 1


def _hang_up(server: EmailBackend) -> None:
    with suppress(OSError):
        server.close()


def _message_of(letter: OutboxMail) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{letter.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to], headers=headers)


def _permanent(error: OSError) -> bool:
    """Was the letter itself refused for good? A refusal of the sender is for the operator to mend, so it waits."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= PERMANENT


def _retry(letter: OutboxMail, error: OSError, now: datetime, round_: Delivery) -> None:
    if letter.attempts >= MOST_ATTEMPTS:
        _settle(letter, state=MailState.FAILED, error=error)
        round_.failed += 1
        return
    wait = min(timedelta(minutes=2 ** (letter.attempts - 1)), LONGEST_WAIT)
    _settle(letter, state=MailState.QUEUED, error=error)
    OutboxMail.objects.filter(pk=letter.pk).update(next_try_at=now + wait)
    round_.retried += 1


def _settle(letter: OutboxMail, *, state: MailState, error: OSError) -> None:
    OutboxMail.objects.filter(pk=letter.pk).update(state=state, last_error=_words_of(error)[:LONGEST_ERROR])


def _words_of(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {words.decode('utf-8', 'replace')}" for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return f"{type(error).__name__}: {error}"


def send_again(now: datetime) -> int:
    """Give failed letters a new set of attempts; how many."""
    failed = OutboxMail.objects.filter(state=MailState.FAILED)
    return failed.update(state=MailState.QUEUED, attempts=0, next_try_at=now)
