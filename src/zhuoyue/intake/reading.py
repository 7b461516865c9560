"""From a file to a Document. The content decides what a file is; an extension that says otherwise is refused."""

from collections.abc import Callable
from pathlib import Path

from zhuoyue.intake import kinds
from zhuoyue.intake.converting import convert
from zhuoyue.intake.document import LIMITS, Document, Limits
from zhuoyue.intake.errors import BYTES, IntakeError
from zhuoyue.intake.text_file import read_text

# Files of WPS are those of old Word under another name.
_CONVERTED = {
    kinds.OLD_WORD: (kinds.OLD_WORD, kinds.RTF),
    kinds.WPS: (kinds.OLD_WORD, kinds.RTF),
    kinds.RTF: (kinds.RTF,),
    kinds.ODT: (kinds.ODT,),
}
_READ = (kinds.TEXT, kinds.WORD, kinds.PDF)


def read(path: Path, *, name: str = "", limits: Limits = LIMITS) -> Document:
    """Read a published document.

    `name` is the name the sender gave, where `path` is a temporary file. Raises IntakeError, and nothing else, for a
    file that cannot be read.
    """
    name = name or path.name
    suffix = Path(name).suffix.lower()
    if suffix not in {*_READ, *_CONVERTED, kinds.OFD}:
        raise IntakeError("unsupported_type", name=name, suffix=suffix)
    data = _bytes_of(path, name, limits)
    kind = _checked_kind(data, name, suffix)
    if suffix in _CONVERTED:
        data, suffix = convert(data, kind, name, kinds.NAMES[suffix]), kinds.WORD
    document = _reader(suffix)(data, name, limits)
    if not any(line.text.strip() for line in document.lines):
        raise IntakeError("empty", name=name)
    return document


def _reader(suffix: str) -> Callable[[bytes, str, Limits], Document]:
    """The library for PDF takes 9 MB; it is loaded when the first such file comes."""
    if suffix == kinds.WORD:
        from zhuoyue.intake.docx_file import read_docx  # noqa: PLC0415 - as said above

        return read_docx
    if suffix == kinds.PDF:
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
        raise IntakeError("too_large", name=name, what=BYTES, limit=limits.file_bytes)
    if not data:
        raise IntakeError("empty", name=name)
    return data


def _checked_kind(data: bytes, name: str, suffix: str) -> str:
    """What the content is, where the extension says the same; a refusal that names the content else."""
    kind = kinds.kind_of(data)
    if kind in _CONVERTED.get(suffix, (suffix,)) and kind != kinds.OFD:
        return kind
    if suffix == kinds.PDF and b"%PDF-" in data[:1024]:
        return kinds.PDF  # cut off before anything that a PDF is told by
    if kind == kinds.OFD:
        raise IntakeError("ofd", name=name)
    if kind == kinds.ENCRYPTED:
        raise IntakeError("encrypted", name=name)
    if kind in {kinds.OLD_WORD, kinds.OLE}:
        raise IntakeError("old_word", name=name)
    expected = kinds.NAMES[suffix]
    raise IntakeError("wrong_type", name=name, expected=expected, found=kinds.NAMES.get(kind, kind))
