"""Files people hand in: received, checked by content, kept by digest, given back as attachments."""

from zhuoyue.kernel.files.delivery import as_attachment
from zhuoyue.kernel.files.kinds import KINDS
from zhuoyue.kernel.files.limits import Limits
from zhuoyue.kernel.files.models import StoredFile
from zhuoyue.kernel.files.refusals import FileRefusedError
from zhuoyue.kernel.files.storing import open_stored, receive, release, sweep, verify

__all__ = [
    "KINDS",
    "FileRefusedError",
    "Limits",
    "StoredFile",
    "as_attachment",
    "open_stored",
    "receive",
    "release",
    "sweep",
    "verify",
]
