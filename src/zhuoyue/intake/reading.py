"""From a file to a Document. The content decides what a file is; an extension that says otherwise is refused."""

from collections.abc import Callable
from pathlib import Path

import filetype

from zhuoyue.intake.document import LIMITS, Document, Limits
from zhuoyue.intake.errors import IntakeError
from zhuoyue.intake.text_file import read_text

_EXPECTED = {".txt": "文本文件", ".docx": "Word 文档（.docx）", ".pdf": "PDF"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD = 1024  # readers accept the mark anywhere in the first kilobyte


def read(path: Path, *, name: str = "", limits: Limits = LIMITS) -> Document:
    """Read a published document.

    `name` is the name the sender gave, where `path` is a temporary file. Raises IntakeError, and nothing else, for a
    file that cannot be read.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower()
    if suffix not in _EXPECTED:
        raise IntakeError("unsupported_type", name=name, suffix=suffix)
    data = _bytes_of(path, name, limits)
    _check_type(data, name, suffix)
    document = _reader(suffix)(data, name, limits)
    if not any(line.text.strip() for line in document.lines):
        raise IntakeError("empty", name=name)
    return document


def _reader(suffix: str) -> Callable[[bytes, str, Limits], Document]:
    """The libraries for Word and PDF together take 18 MB; each is loaded when the first such file comes."""
    if suffix == ".docx":
        from zhuoyue.intake.docx_file import read_docx  # noqa: PLC0415 - as said above

        return read_docx
    if suffix == ".pdf":
        from zhuoyue.intake.pdf_file import read_pdf  # noqa: PLC0415 - as said above

        return read_pdf
    return read_text


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise IntakeError("missing", name=name) from error
    if len(data) > limits.file_bytes:
        raise IntakeError("too_large", name=name, what="文件字节数", limit=limits.file_bytes)
    if not data:
        raise IntakeError("empty", name=name)
    return data


def _check_type(data: bytes, name: str, suffix: str) -> None:
    if data.startswith(_OLE):
        # An encrypted .docx is an OLE container with this stream, its name in UTF-16.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise IntakeError("encrypted" if encrypted else "old_word", name=name)
    found = _type_of(data)
    if found != suffix:
        shown = _EXPECTED.get(found, found)
        raise IntakeError("wrong_type", name=name, expected=_EXPECTED[suffix], found=shown)


def _type_of(data: bytes) -> str:
    if b"%PDF-" in data[:_PDF_HEAD]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in data else "压缩包"
    guess = filetype.guess(data)
    return ".txt" if guess is None else str(guess.mime)
