"""A .docx is a zip of XML parts. Nothing in it is believed before its real size and shape are known."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from zhuoyue.intake.document import Limits
from zhuoyue.intake.errors import PARTS, IntakeError, Words

_CHUNK = 1 << 16


def open_parts(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    """The XML parts by path, unpacked within the limits and checked to be plain, shallow XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = dict(_unpacked(archive, name, limits))
    # A forged archive makes zipfile raise any of these; there is no common base.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError("damaged", name=name) from error
    if not any(is_main(path) for path in parts):
        raise IntakeError(
            "wrong_type",
            name=name,
            expected=Words("Word 文档（.docx）", "a Word document (.docx)"),
            found=Words("压缩包", "an archive"),
        )
    for part in parts.values():
        _check_xml(part, name, limits)
    return parts


def is_main(path: str) -> bool:
    """Whether the part is the text itself: word/document.xml, and document2.xml in files from Word on the web."""
    return path.startswith("word/document") and path.endswith(".xml")


def _unpacked(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    infos = archive.infolist()
    if len(infos) > limits.archive_parts:
        raise IntakeError("too_large", name=name, what=PARTS, limit=limits.archive_parts)
    if any(info.flag_bits & 1 for info in infos):
        raise IntakeError("encrypted", name=name)
    left = limits.unpacked_bytes
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")):
            continue
        content = _read_at_most(archive, info, left)
        if content is None:
            raise IntakeError("bomb", name=name, limit=limits.unpacked_bytes)
        left -= len(content)
        yield info.filename, content


def _read_at_most(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The part's bytes, or None once more than `limit` have come out: the size it declares is not asked."""
    content = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > limit:
                return None
    return bytes(content)


def _check_xml(part: bytes, name: str, limits: Limits) -> None:
    depth = 0

    def enter(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.xml_depth:
            raise IntakeError("unsafe", name=name, what=Words("XML 嵌套过深", "XML nested too deep"))

    def leave(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_arguments: object) -> None:
        raise IntakeError("unsafe", name=name, what="XML DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise IntakeError("damaged", name=name) from error
