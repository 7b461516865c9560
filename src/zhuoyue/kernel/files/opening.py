"""What a file is, by its content; whatever should not be kept is refused here."""

from typing import IO

from zhuoyue.kernel.files.archives import kind_of_archive
from zhuoyue.kernel.files.documents import check_pdf, flaw_of_ole, is_text
from zhuoyue.kernel.files.images import check_jpg, check_png
from zhuoyue.kernel.files.kinds import (
    FOREIGN,
    HEAD,
    KINDS,
    OF_EXTENSION,
    OFFICE,
    TEXT,
    Kind,
    family_of,
    words_of_stranger,
)
from zhuoyue.kernel.files.limits import Limits
from zhuoyue.kernel.files.names import extension_of
from zhuoyue.kernel.files.polyglots import check_single
from zhuoyue.kernel.files.refusals import FileRefusedError, Flaw


def kind_of(handle: IO[bytes], name: str, limits: Limits) -> Kind:
    """Raises FileRefusedError. `handle` is a file on disk, open for reading; `name` is already clean."""
    extension = extension_of(name)
    try:
        kind = _opened(handle, name, limits)
    except Flaw as flaw:
        raise FileRefusedError(flaw.code, **{"name": name, "accepted": limits.accepted, **flaw.params}) from flaw
    if extension and extension not in kind.extensions:
        raise FileRefusedError("lying", name=name, extension=extension, kind=kind.words)
    if kind.key not in limits.kinds:
        raise FileRefusedError("not_accepted", name=name, kind=kind.words, accepted=limits.accepted)
    return kind


def _opened(handle: IO[bytes], name: str, limits: Limits) -> Kind:
    handle.seek(0)
    head = handle.read(HEAD)
    family = family_of(head)
    foreign = FOREIGN.get(extension_of(name))
    if foreign is not None and family in {"", "zip", "ole"}:
        raise Flaw("foreign", kind=foreign)
    if family == "pdf":
        check_pdf(handle)
        check_single(handle, behind=b"%%EOF")
    elif family == "jpg":
        check_jpg(handle, limits.max_pixels)
        check_single(handle)
    elif family == "png":
        check_png(handle, limits.max_pixels)
        check_single(handle)
    elif family == "ole":
        raise flaw_of_ole(handle)
    elif family == "zip":
        return KINDS[kind_of_archive(handle, limits)]
    else:
        return _text_or_stranger(handle, head, name, limits)
    return KINDS[family]


def _text_or_stranger(handle: IO[bytes], head: bytes, name: str, limits: Limits) -> Kind:
    """Text has no mark of its own: it needs an extension that says so and must read as text throughout."""
    claimed = OF_EXTENSION.get(extension_of(name))
    if claimed is not None and claimed.key in TEXT and is_text(handle):
        return claimed
    seems = words_of_stranger(head)
    if seems:
        raise FileRefusedError("not_accepted", name=name, kind=seems, accepted=limits.accepted)
    if claimed is not None and claimed.key in (*OFFICE, "pdf", "jpg", "png", "zip"):
        raise Flaw("broken")
    raise FileRefusedError("unknown", name=name, accepted=limits.accepted)
