"""QR codes as one SVG path, for `print-frame`."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 2


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path`: strokes of the dark modules; `size`: side of the view box in modules, quiet zone included."""

    path: str
    size: int


def qr_of(text: str) -> QrCode:
    rows = [bytes(row) for row in segno.make(text, micro=False, error="m").matrix]
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x + QUIET} {y + QUIET + 0.5}h{length}")
            x += length
    return QrCode("".join(strokes), len(rows) + 2 * QUIET)
