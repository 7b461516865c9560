"""What many texts share is nobody's copy: shingles in more than so many texts, and those of texts given as known."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from zhuoyue.engine.similarity.shingles import Hashes

_MOST_SLOTS = 28  # 2^28 counters: 256 MB at one byte each
_AT_ONCE = 4_000_000  # hashes held before they are made one each: 32 MB


class Sketch:
    """In how many texts each shingle stands, roughly: shingles that fall into one slot are counted together.

    There are sixteen slots a letter up to 16 million letters and one up to 268 million, so that few share one; a count
    is never too low. Counting every shingle, not the fingerprints alone, makes it the same wherever the shingle stands.
    """

    __slots__ = ("_counts", "_limit", "_mask")

    def __init__(self, letters: int, most: int) -> None:
        """`most`: the count above which nobody asks."""
        slots = min(max(letters.bit_length() + 4, 20), _MOST_SLOTS)
        self._mask = np.uint64((1 << slots) - 1)
        self._limit = most + 1
        self._counts = np.zeros(1 << slots, np.min_scalar_type(self._limit))

    def add(self, hashes: Hashes) -> None:
        """Count one text; a shingle repeated in it counts once."""
        slots = self._slots(hashes)
        self._counts[slots] = np.minimum(self._counts[slots] + np.uint64(1), np.uint64(self._limit))

    def common(self, hashes: Hashes) -> Hashes:
        """Those that stand in more texts than `most`."""
        found: Hashes = hashes[self._counts[self._slots(hashes)] == self._limit]
        return found

    def _slots(self, hashes: Hashes) -> NDArray[np.int64]:
        return (hashes & self._mask).astype(np.int64)


class Union:
    """Hashes gathered from many texts, each once, in order."""

    __slots__ = ("_held", "_parts")

    def __init__(self, parts: Iterable[Hashes] = ()) -> None:
        self._parts = [np.empty(0, np.uint64), *parts]
        self._held = 0

    def add(self, hashes: Hashes) -> None:
        self._parts.append(hashes)
        self._held += hashes.size
        if self._held > _AT_ONCE:
            self._parts, self._held = [self.ordered()], 0

    def ordered(self) -> Hashes:
        return np.unique(np.concatenate(self._parts))


def among(hashes: Hashes, wanted: Hashes) -> NDArray[np.bool_]:
    """Which of `hashes` are in the ordered `wanted`."""
    if not wanted.size:
        return np.zeros(hashes.size, np.bool_)
    places = np.minimum(np.searchsorted(wanted, hashes), wanted.size - 1)
    found: NDArray[np.bool_] = wanted[places] == hashes
    return found
