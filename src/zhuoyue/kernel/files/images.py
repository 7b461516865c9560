"""Pictures, opened as far as their measures."""

import mmap
import struct
from typing import IO

from zhuoyue.kernel.files.refusals import Flaw

_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PNG_HEADER = struct.Struct(">8xI4sII")
_SEGMENT = struct.Struct(">BBH")
_FRAME = struct.Struct(">xHH")
# Frame headers carry the measures: 0xC0 to 0xCF but for the Huffman, arithmetic and reserved tables among them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA
_ESCAPE = 0xFF
_END = b"\xff\xd9"


def check_png(handle: IO[bytes], most_pixels: int) -> None:
    with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if len(data) < _PNG_HEADER.size or data.find(_PNG_END) < 0:
            raise Flaw("broken")
        length, tag, width, height = _PNG_HEADER.unpack_from(data)
        if (length, tag) != (13, b"IHDR"):
            raise Flaw("broken")
        _check_measures(width, height, most_pixels)


def check_jpg(handle: IO[bytes], most_pixels: int) -> None:
    """Walk the segments to the picture itself, which must have an end. What follows it (a phone's film) is let be."""
    with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place, measured = 2, False
        try:
            while True:
                escape, marker, length = _SEGMENT.unpack_from(data, place)
                if escape != _ESCAPE:
                    raise Flaw("broken")
                if marker == _ESCAPE:  # a fill byte before the marker
                    place += 1
                    continue
                if marker in _FRAMES:
                    height, width = _FRAME.unpack_from(data, place + 4)
                    _check_measures(width, height, most_pixels)
                    measured = True
                place += 2 + length
                if marker == _SCAN:
                    break
        except struct.error as error:
            raise Flaw("broken") from error
        if not measured or data.find(_END, place) < 0:
            raise Flaw("broken")


def _check_measures(width: int, height: int, most_pixels: int) -> None:
    if not width or not height:
        raise Flaw("broken")
    if width * height > most_pixels:
        raise Flaw("too_many_pixels", width=width, height=height)
