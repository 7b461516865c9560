"""Packed files, unpacked once to nowhere: what is inside, and whether opening it could hurt.

Sizes written in an archive are claims. Only bytes that really came out are counted, and reading stops at the limit.
"""

import html
import io
import re
import stat
import tempfile
import zipfile
import zlib
from typing import IO

from zhuoyue.kernel.files.kinds import FOREIGN, HEAD, ZIP, is_archive
from zhuoyue.kernel.files.limits import Limits
from zhuoyue.kernel.files.names import clean_name
from zhuoyue.kernel.files.office_parts import reader_of
from zhuoyue.kernel.files.refusals import Flaw

CHUNK = 64 * 1024
DEEPEST = 2
BYTES_PER_ENTRY = 1024  # of the list of contents: a name and its facts
IN_MEMORY = 1024 * 1024
ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_TYPES = "[content_types].xml"
_OFD = "ofd.xml"
_NO_OFFICE = ("zip", "ofd")
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
_MACROS = ("vbaproject", "vbadata", "macroenabled", "macrosheet")
_unsafe = re.compile(r"^(/|[A-Za-z]:)|(^|/)\.\.(/|$)")


class Meter:
    """Counts what has come out of one upload, however deep it was packed."""

    def __init__(self, limits: Limits, stored: int) -> None:
        self.limits = limits
        self.stored = stored
        self.unpacked = 0
        self.entries = 0

    def spend(self, size: int) -> None:
        self.unpacked += size
        most = self.limits.max_unpacked
        if self.unpacked > self.limits.ratio_from:
            most = min(most, self.stored * self.limits.max_ratio)
        if self.unpacked > most:
            raise Flaw("unpacks_too_large")

    def count(self, entries: int) -> None:
        self.entries += entries
        if self.entries > self.limits.max_entries:
            raise Flaw("too_many_entries", most=self.limits.max_entries)


def kind_of_archive(handle: IO[bytes], limits: Limits) -> str:
    """`docx`, `xlsx`, `pptx` or `zip`, after every entry was read to its end. Raises Flaw."""
    meter = Meter(limits, handle.seek(0, io.SEEK_END))
    kind = _walk(handle, meter, depth=0)
    if kind == "ofd":
        raise Flaw("foreign", kind=FOREIGN[".ofd"])
    return kind


def _walk(handle: IO[bytes], meter: Meter, depth: int) -> str:
    try:
        _bound_contents(handle, meter)
        with zipfile.ZipFile(handle) as archive:
            entries = archive.infolist()
            meter.count(len(entries))
            for entry in entries:
                _check_entry(entry)
            kind = _office_kind(archive, entries, meter)
            if depth and kind in _NO_OFFICE:
                raise Flaw("nested")
            for entry in entries:
                _read(archive, entry, meter, depth, office=kind not in _NO_OFFICE)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Flaw("broken") from error
    if all(entry.is_dir() for entry in entries):
        raise Flaw("hollow")
    return kind


def _bound_contents(handle: IO[bytes], meter: Meter) -> None:
    """Look at the size of the list of contents before the library reads all of it into memory."""
    end = zipfile._EndRecData(handle)  # type: ignore[attr-defined]  # noqa: SLF001 - the very record ZipFile goes by
    if end is None:
        raise Flaw("broken")
    if end[zipfile._ECD_SIZE] > meter.limits.max_entries * BYTES_PER_ENTRY:  # type: ignore[attr-defined]  # noqa: SLF001 - its field
        raise Flaw("too_many_entries", most=meter.limits.max_entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise Flaw("encrypted")
    path = entry.orig_filename.replace("\\", "/")
    if "\0" in path or _unsafe.search(path) or stat.S_ISLNK(entry.external_attr >> 16):
        raise Flaw("unsafe_path", entry=clean_name(path))
    if entry.compress_type not in _METHODS:
        raise Flaw("packing")


def _office_kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], meter: Meter) -> str:
    """By the part list that every office package carries; anything else is a plain archive."""
    names = [entry.filename.lower() for entry in entries]
    if _TYPES not in names:
        return "ofd" if _OFD in names else "zip"
    if len(set(names)) < len(names):  # two parts of one name: readers would disagree which is meant
        raise Flaw("broken")
    with archive.open(entries[names.index(_TYPES)]) as source:
        raw = source.read(IN_MEMORY)
    meter.spend(len(raw))
    # Zero bytes go so that UTF-16 reads like UTF-8; a document type could hide any word behind an entity.
    types = html.unescape(raw.replace(b"\0", b"").decode("utf-8", "replace")).lower()
    if "<!" in types.replace("<!--", ""):
        raise Flaw("broken")
    if any(word in part for word in _MACROS for part in (types, *names)):
        raise Flaw("macros")
    return next((kind for part, kind in _MAIN_PARTS.items() if part in types), "zip")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: Meter, depth: int, *, office: bool) -> None:
    """Read one entry to its end. An office file may lie inside, any other archive may not.

    Inside an office file only ZIP is looked into: its packed drawings (.emz) are no archives of files.
    """
    with archive.open(entry) as source, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as inner:
        head = source.read(HEAD)
        meter.spend(len(head))
        packed = head.startswith(ZIP) if office else is_archive(head)
        reader = reader_of(entry.filename, head) if office else None
        if packed and (depth == DEEPEST or not head.startswith(ZIP)):
            raise Flaw("nested", entry=clean_name(entry.filename))
        chunk = head
        while chunk:
            if packed:
                inner.write(chunk)
            if reader:
                reader.feed(chunk)
            chunk = source.read(CHUNK)
            meter.spend(len(chunk))
        if packed:
            _walk_inner(inner, entry, meter, depth)


def _walk_inner(inner: tempfile.SpooledTemporaryFile[bytes], entry: zipfile.ZipInfo, meter: Meter, depth: int) -> None:
    try:
        _walk(inner, meter, depth + 1)
    except Flaw as flaw:
        if flaw.code != "nested" or flaw.params:
            raise
        raise Flaw("nested", entry=clean_name(entry.filename)) from flaw
