"""How large a PDF's compressed streams become, counted without keeping them: a bomb is refused before it is opened."""

import re
import zlib
from collections.abc import Iterator

from zhuoyue.intake.errors import IntakeError

_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 1 << 16
_ZLIB_HEAD = 0x78
_NESTED = 3  # a filter chain deeper than this has no honest use


def check_streams(data: bytes, name: str, limit: int) -> None:
    left = limit
    for match in _STREAM.finditer(data):
        if data[match.end() : match.end() + 1] == bytes([_ZLIB_HEAD]):
            left -= _inflated_size(memoryview(data)[match.end() :], left, _NESTED)
        if left < 0:
            raise IntakeError("bomb", name=name, limit=limit)


def _inflated_size(packed: memoryview, limit: int, depth: int) -> int:
    """Bytes that come out, at most a little above `limit`; a stream inside the stream counts by its first piece."""
    size = 0
    for out in _inflated(packed):
        if not size and depth and out[:1] == bytes([_ZLIB_HEAD]):
            size += _inflated_size(memoryview(out), limit, depth - 1)
        size += len(out)
        if size > limit:
            break
    return size


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Pieces of at most _CHUNK bytes, fed in small pieces too, so that no long tail is copied again and again."""
    inflater = zlib.decompressobj()
    for start in range(0, len(packed), _CHUNK):
        fed: bytes | memoryview = packed[start : start + _CHUNK]
        while fed and not inflater.eof:
            try:
                out = inflater.decompress(fed, _CHUNK)
            except zlib.error:
                return  # not compressed after all, or damaged: what came out counts
            yield out
            fed = inflater.unconsumed_tail
        if inflater.eof:
            return
