"""Mail leaves through an outbox, after commit, at least once."""

from zhuoyue.kernel.mail.models import MailState, OutboxMail
from zhuoyue.kernel.mail.outbox import Delivery, MailRefusedError, deliver_due, queue, send_again

__all__ = ["Delivery", "MailRefusedError", "MailState", "OutboxMail", "deliver_due", "queue", "send_again"]
