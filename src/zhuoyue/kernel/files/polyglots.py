"""One file that is two: what another program would find behind a picture or a PDF."""

import mmap
import re
import zipfile
from typing import IO

from zhuoyue.kernel.files.refusals import Flaw

_MARKUP = rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)[\s>/]"
_MARKS = re.compile(rb"(?P<HTML>(?i:" + _MARKUP + rb"))|(?P<RAR>Rar!\x1a\x07)|(?P<Z7>7z\xbc\xaf\x27\x1c)")
_WORDS = {"HTML": "HTML", "RAR": "RAR", "Z7": "7Z"}
_CENTRAL = b"PK\x01\x02"


def check_single(handle: IO[bytes], *, behind: bytes = b"") -> None:
    """Raises Flaw. Marks are looked for throughout, or only `behind` the last such mark: texts inside may name them."""
    with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        mark = _MARKS.search(data, max(data.rfind(behind), 0) if behind else 0)
        if mark is not None:
            raise Flaw("two_in_one", found=_WORDS[str(mark.lastgroup)])
        if _is_archive_too(handle, data):
            raise Flaw("two_in_one", found="ZIP")


def _is_archive_too(handle: IO[bytes], data: mmap.mmap) -> bool:
    """An end record alone may be chance; the list of contents right before it is not."""
    end = zipfile._EndRecData(handle)  # type: ignore[attr-defined]  # noqa: SLF001 - the record that unpackers go by
    if end is None:
        return False
    start = end[zipfile._ECD_LOCATION] - end[zipfile._ECD_SIZE]  # type: ignore[attr-defined]  # noqa: SLF001 - its fields
    return start >= 0 and data[start : start + 4] == _CENTRAL
