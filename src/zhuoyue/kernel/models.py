"""What the kernel itself stores."""

from zhuoyue.kernel.audit.models import AuditEvent, AuditHead
from zhuoyue.kernel.files.models import StoredFile
from zhuoyue.kernel.idempotency.models import Answer
from zhuoyue.kernel.jobs.models import Job
from zhuoyue.kernel.mail.models import OutboxMail
from zhuoyue.kernel.numbers.models import Series

__all__ = ["Answer", "AuditEvent", "AuditHead", "Job", "OutboxMail", "Series", "StoredFile"]
