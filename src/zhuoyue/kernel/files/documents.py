"""PDF, old office files and plain text, opened as far as telling whether a reader could."""

import codecs
import io
import mmap
import re
from threading import Lock
from typing import IO

from zhuoyue.kernel.files.pdf_actions import check_actions
from zhuoyue.kernel.files.refusals import Flaw

CHUNK = 64 * 1024
TAIL = 4096
_pdfium = Lock()  # the library must not be entered twice at once
_encrypted = "EncryptedPackage".encode("utf-16-le")
_controls = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_END_MARK = "\x1a"  # editors of old systems close a text with it


def check_pdf(handle: IO[bytes]) -> None:
    """Complete, with pages, readable without a password, and doing nothing by itself.

    A PDF that everyone can read and only an owner may change is accepted: official papers often are.
    """
    import pypdfium2  # noqa: PLC0415 - 9 MB, needed when the first PDF arrives
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    size = handle.seek(0, io.SEEK_END)
    handle.seek(max(0, size - TAIL))
    if b"%%EOF" not in handle.read():
        raise Flaw("broken")
    handle.seek(0)
    with _pdfium:
        # the library keeps its last error: one that it fails to set would be taken for that of an earlier file
        raw.FPDF_LoadMemDocument(b"", 0, None)
        try:
            pypdfium2.PdfDocument(handle).close()
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
            raise Flaw("encrypted" if locked else "broken") from error
    check_actions(handle)


def flaw_of_ole(handle: IO[bytes]) -> Flaw:
    """New office files with a password travel in the old container; whatever else is in it is an old office file."""
    with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return Flaw("encrypted" if data.find(_encrypted) >= 0 else "old_office")


def is_text(handle: IO[bytes]) -> bool:
    """UTF-8, GB 18030, or UTF-16 that says so, throughout; without control characters, but for an end mark."""
    handle.seek(0)
    marked = handle.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    return any(_decodes(handle, encoding) for encoding in (("utf-16",) if marked else ("utf-8", "gb18030")))


def _decodes(handle: IO[bytes], encoding: str) -> bool:
    handle.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    ended = False
    try:
        while chunk := handle.read(CHUNK):
            text = decoder.decode(chunk)
            body = text.rstrip(_END_MARK)
            if _controls.search(body) or (ended and body):
                return False
            ended = ended or body != text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
