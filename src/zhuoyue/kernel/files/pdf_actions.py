"""What a PDF would do by itself and what it carries, read out of its objects wherever they are packed."""

import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import IO, Any

from django.utils.translation import gettext as _

from zhuoyue.kernel.files.refusals import Flaw

LARGEST_STREAM = 64 * 1024 * 1024  # bytes of objects packed into one stream
_STRINGS = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_DOES = re.compile(rb"(?:/S |^)/(JavaScript|Launch)\b|/Subtype /(RichMedia)\b|/(XFA) (?=\[|\d)")
_CARRIES = re.compile(rb"/EF (?:<<|\d)")
_QUIET = frozenset({"/GoTo", "/Named"})


@cache
def _library() -> ModuleType:
    import pikepdf  # noqa: PLC0415 - needed when the first PDF arrives
    from pikepdf import settings  # noqa: PLC0415 - as above

    settings.set_qpdf_limits(flate_max_memory=LARGEST_STREAM, run_length_max_memory=LARGEST_STREAM)
    return pikepdf


def check_actions(handle: IO[bytes]) -> None:
    """Raises Flaw: scripts, programs to start, whatever opening would visit, and files inside."""
    pikepdf = _library()
    handle.seek(0)
    try:
        with pikepdf.open(handle) as document:
            for text in _objects(document, pikepdf):
                _check_object(text)
            _check_opening(document.Root.get("/OpenAction"), pikepdf)
    except pikepdf.PdfError as error:
        raise Flaw("broken") from error


def _objects(document: Any, pikepdf: ModuleType) -> Iterator[bytes]:
    """Each object as the file would write it, names in their plain form, without texts and without streams."""
    for thing in document.objects:
        plain = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        yield _STRINGS.sub(b"", plain.unparse(resolved=True))


def _check_object(text: bytes) -> None:
    does = _DOES.search(text)
    if does is not None:
        raise Flaw("runs", found=next(filter(None, does.groups())).decode())
    if _CARRIES.search(text):
        raise Flaw("embedded", found=_("附件"))


def _check_opening(action: Any, pikepdf: ModuleType) -> None:
    """A page to begin with is fine; anything else that happens by opening is not."""
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) not in _QUIET:
        raise Flaw("runs", found=_("打开时的动作"))
