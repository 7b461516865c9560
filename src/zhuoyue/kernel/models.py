"""What the kernel itself stores."""

from zhuoyue.kernel.audit.models import AuditEvent, AuditHead
from zhuoyue.kernel.files.models import StoredFile
from zhuoyue.kernel.idempotency.models import Answer
from zhuoyue.kernel.jobs.models import Job
from zhuoyue.kernel.mail.models import OutboxMail

__all__ = ["Answer", "AuditEvent", "AuditHead", "Job", "OutboxMail", "StoredFile"]
