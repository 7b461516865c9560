"""Files come in, are found again, are checked, and go when nobody holds them.

The bytes are on the disk, named by their digest, before the row that speaks of them is written: temporary name,
fsync, rename, fsync of the folder, row. A crash leaves a file without a row, which the sweep takes, never the reverse.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.db.models import Model

from zhuoyue.kernel.audit import actor_name
from zhuoyue.kernel.files.limits import Limits
from zhuoyue.kernel.files.models import StoredFile
from zhuoyue.kernel.files.names import clean_name, extension_of, original_name
from zhuoyue.kernel.files.opening import kind_of
from zhuoyue.kernel.files.refusals import FileRefusedError
from zhuoyue.kernel.formats import file_size
from zhuoyue.kernel.records import subject_of

INCOMING = "incoming"
CHUNK = 256 * 1024
GRACE = timedelta(days=1)


class Upload(Protocol):
    """What Django hands over for a file field."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


def folder() -> Path:
    return Path(settings.FILES_FOLDER)


def receive(upload: Upload, *, limits: Limits, by: Any, held_by: Model | str = "") -> StoredFile:
    """Keep an upload, or raise FileRefusedError and keep nothing. The row is written in the caller's transaction."""
    name = clean_name(upload.name or "")
    incoming = folder() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as temporary:
        try:
            size, digest = _copy(upload, temporary, name, limits)
            kind = kind_of(temporary, name, limits)
            stored = StoredFile(
                name=name if extension_of(name) else name + kind.extensions[0],
                original_name=original_name(upload.name or ""),
                kind=kind.key,
                content_type=kind.content_type,
                size=size,
                digest=digest,
                held_by=subject_of(held_by) if isinstance(held_by, Model) else held_by,
                uploaded_by=actor_name(by),
            )
            _settle(Path(temporary.name), folder() / stored.path)
        finally:
            Path(temporary.name).unlink(missing_ok=True)
    stored.save(force_insert=True)
    return stored


def _copy(upload: Upload, out: IO[bytes], name: str, limits: Limits) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limits.max_bytes:
            raise FileRefusedError("too_large", name=name, most=file_size(limits.max_bytes))
        digest.update(chunk)
        out.write(chunk)
    if not size:
        raise FileRefusedError("empty", name=name)
    out.flush()
    os.fsync(out.fileno())
    return size, digest.hexdigest()


def _settle(temporary: Path, place: Path) -> None:
    """Give the temporary file its lasting name. The same content again replaces itself, sound for perhaps spoiled."""
    for parent in (place.parent.parent, place.parent):
        if not parent.exists():
            parent.mkdir(exist_ok=True)
            _sync_folder(parent.parent)
    with _turn(fcntl.LOCK_SH):
        temporary.replace(place)
    _sync_folder(place.parent)


def _sync_folder(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _turn(kind: int) -> Iterator[None]:
    """Many may bring files at once; the sweep looks and removes alone."""
    with (folder() / ".turn").open("a") as lock:
        fcntl.flock(lock, kind)
        yield


def open_stored(file: StoredFile) -> BufferedReader:
    return (folder() / file.path).open("rb")


def verify(file: StoredFile) -> bool:
    """Is what lies on the disk what was handed in?"""
    try:
        with open_stored(file) as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
            return found == file.digest and handle.tell() == file.size
    except OSError:
        return False


def release(file: StoredFile) -> None:
    """Nobody holds it any more; the next sweep takes it."""
    StoredFile.objects.filter(pk=file.pk).update(held_by="")
    file.held_by = ""


def sweep(now: datetime, grace: timedelta = GRACE) -> int:
    """Remove what nobody holds and what no row speaks of, once older than `grace`. How many bytes' files went.

    The grace covers an upload whose transaction is still under way.
    """
    before = now - grace
    StoredFile.objects.filter(held_by="", created_at__lt=before).delete()
    removed = 0
    for place in sorted(folder().glob("*/**/*")):
        if place.is_file():
            with _turn(fcntl.LOCK_EX):
                removed += _removed(place, before.timestamp())
    return removed


def _removed(place: Path, before: float) -> bool:
    try:
        if place.stat().st_mtime >= before or StoredFile.objects.filter(digest=place.name).exists():
            return False
        place.unlink()
    except FileNotFoundError:
        return False
    return True
