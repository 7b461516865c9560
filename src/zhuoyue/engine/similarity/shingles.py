"""Letters, shingles and fingerprints of a text.

Only letters and digits count, in one width and one case, so that other punctuation, spaces or full-width figures hide
no copy. Every run of `length` letters is hashed (a shingle); of every `window` shingles in a row the least is kept
(winnowing: Schleimer, Wilkerson and Aiken 2003), so that two texts that share a run of window + length - 1 letters
always share a fingerprint, wherever the run stands.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that no power of it loses bits modulo 2^64
_TAG = 16  # low bits of a tagged hash that carry its place; windows are far narrower
_PLANE = 0x10000
_WIDE = 0x2E80


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """The letters of a text, and where each stands in it."""

    codes: Codes
    places: Places

    @property
    def wide(self) -> NDArray[np.bool_]:
        """Chinese, Japanese and Korean ones, which say as much as three of other scripts."""
        return self.codes >= _WIDE


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """Fingerprints in the order of the text, with the number of their first letter."""

    hashes: Hashes
    starts: Places


@lru_cache(maxsize=1)
def _table() -> Codes:
    """For each character of the basic plane its one form, 0 for what is no letter or digit."""
    return np.array([_folded(chr(code)) for code in range(_PLANE)], np.uint32)


def _folded(letter: str) -> int:
    if not letter.isalnum():
        return 0
    form = unicodedata.normalize("NFKC", letter).casefold()
    return ord(form) if len(form) == 1 else ord(letter)


def letters_of(content: str) -> Letters:
    """Characters beyond the basic plane (rare Chinese ones, mostly) stay as they are."""
    codes = np.frombuffer(content.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _table()[np.minimum(codes, _PLANE - 1)]
    beyond = codes >= _PLANE
    if beyond.any():
        folded[beyond] = codes[beyond]
    places = np.flatnonzero(folded)
    return Letters(folded[places], places)


def shingles_of(letters: Letters, length: int) -> Hashes:
    """48-bit hash of each run of `length` letters: a polynomial modulo 2^64, built by doubling, then mixed.

    Even hashes begin with a wide letter, odd ones do not.
    """
    count = letters.codes.size - length + 1
    if count < 1:
        return np.empty(0, np.uint64)
    part, width = letters.codes.astype(np.uint64), 1
    total, done = np.zeros(count, np.uint64), 0
    while True:
        if length & width:
            total *= _power(width)
            total += part[done : done + count]
            done += width
        if done == length:
            break
        part = part[:-width] * _power(width) + part[width:]
        width *= 2
    total ^= total >> np.uint64(31)
    total *= np.uint64(0xBF58476D1CE4E5B9)
    return (total >> np.uint64(_TAG + 1) << np.uint64(1)) | ~letters.wide[:count]


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(_BASE, exponent, 1 << 64))


def winnowed(hashes: Hashes, window: int) -> Prints:
    """The least of each `window` neighbours, the first among equals; all are one window when there are fewer."""
    if not hashes.size:
        return Prints(hashes, np.empty(0, np.int64))
    window = min(window, hashes.size)
    least = (hashes << np.uint64(_TAG)) | (np.arange(hashes.size, dtype=np.uint64) & np.uint64((1 << _TAG) - 1))
    width = 1
    while width < window:
        step = min(width, window - width)
        least = np.minimum(least[:-step], least[step:])
        width += step
    firsts = np.flatnonzero(np.concatenate(([True], least[1:] != least[:-1])))
    chosen = least[firsts]
    tags = (chosen & np.uint64((1 << _TAG) - 1)).astype(np.int64)
    starts = firsts + (tags - firsts) % (1 << _TAG)
    found = chosen >> np.uint64(_TAG)
    fresh = np.concatenate(([True], found[1:] != found[:-1]))  # one for a long run of one letter
    return Prints(found[fresh], starts[fresh])
