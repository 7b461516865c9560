"""The Merkle tree of RFC 6962, kept as its complete subtrees.

A complete subtree never changes, so node (level, index), the root over leaves index·2^level up to (index + 1)·2^level,
can be stored once and for all. Everything below reads nodes through a function: from `Tree`, or from a table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zhuoyue.engine.chain.verifier import HASHES, ZERO, Consistency, Inclusion, root_of

Node = Callable[[int, int], bytes]
_WIDTH = len(ZERO)


class TreeError(ValueError):
    """A size or index that the tree does not have."""


@dataclass(frozen=True, slots=True)
class Peaks:
    """All that appending needs: the size and its complete subtrees, the largest and earliest first."""

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def root(self, *, algorithm: str = "sha256") -> bytes:
        return root_of(self.nodes, algorithm=algorithm)


@dataclass(frozen=True, slots=True)
class Layer:
    """New nodes of one level, from `first` on."""

    level: int
    first: int
    digests: tuple[bytes, ...]


def grow(peaks: Peaks, leaves: Iterable[bytes], *, algorithm: str = "sha256") -> tuple[Peaks, tuple[Layer, ...]]:
    """Append leaf digests: the new peaks, and every node that is now complete, to be stored."""
    digest, layers, fresh = HASHES[algorithm], [], list(leaves)
    standing = dict(zip(_levels(peaks.size), peaks.nodes, strict=True))
    size, first, level = peaks.size + len(fresh), peaks.size, 0
    while fresh:
        layers.append(Layer(level, first, tuple(fresh)))
        pairs = fresh
        if first & 1:  # the standing peak of this level waits for its right half
            pairs = [standing[level], *fresh]
        standing[level] = fresh[-1]
        fresh = [digest(b"\x01" + left + right) for left, right in zip(pairs[::2], pairs[1::2], strict=False)]
        first, level = first >> 1, level + 1
    return Peaks(size, tuple(standing[level] for level in _levels(size))), tuple(layers)


def root_at(size: int, node: Node, *, algorithm: str = "sha256") -> bytes:
    """Root of the first `size` leaves, for any size up to the present one."""
    return _span(0, size, node, algorithm)


def prove_inclusion(index: int, size: int, node: Node, *, algorithm: str = "sha256") -> Inclusion:
    """PATH(index, D[size]) of RFC 6962."""
    if not 0 <= index < size:
        raise TreeError(f"a log of {size} records has no record {index}")
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + _half(high - low)
        if index < middle:
            path.append(_span(middle, high, node, algorithm))
            high = middle
        else:
            path.append(_span(low, middle, node, algorithm))
            low = middle
    return Inclusion(index, size, tuple(reversed(path)))


def prove_consistency(old: int, size: int, node: Node, *, algorithm: str = "sha256") -> Consistency:
    """PROOF(old, D[size]) of RFC 6962; empty where nothing needs proof (old = 0 or old = size)."""
    if not 0 <= old <= size:
        raise TreeError(f"a log of {size} records never had {old}")
    if old == 0:
        return Consistency(old, size, ())
    low, high, path = 0, size, []
    while old != high:
        middle = low + _half(high - low)
        if old <= middle:
            path.append(_span(middle, high, node, algorithm))
            high = middle
        else:
            path.append(_span(low, middle, node, algorithm))
            low = middle
    if low:
        path.append(_span(low, high, node, algorithm))
    return Consistency(old, size, tuple(reversed(path)))


class Tree:
    """A tree in memory: 64 bytes a record."""

    __slots__ = ("_levels", "_peaks", "algorithm")

    def __init__(self, leaves: Iterable[bytes] = (), *, algorithm: str = "sha256") -> None:
        self.algorithm = algorithm
        self._levels: list[bytearray] = []
        self._peaks = Peaks()
        self.append(leaves)

    @property
    def size(self) -> int:
        return self._peaks.size

    @property
    def peaks(self) -> Peaks:
        return self._peaks

    def append(self, leaves: Iterable[bytes]) -> tuple[Layer, ...]:
        """Add a batch of leaf digests; returns the nodes that became complete."""
        self._peaks, layers = grow(self._peaks, leaves, algorithm=self.algorithm)
        for layer in layers:
            if layer.level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[layer.level] += b"".join(layer.digests)
        return layers

    def node(self, level: int, index: int) -> bytes:
        return bytes(self._levels[level][index * _WIDTH : (index + 1) * _WIDTH])

    def root(self, size: int | None = None) -> bytes:
        return root_at(self._known(size), self.node, algorithm=self.algorithm)

    def inclusion(self, index: int, size: int | None = None) -> Inclusion:
        return prove_inclusion(index, self._known(size), self.node, algorithm=self.algorithm)

    def consistency(self, old: int, size: int | None = None) -> Consistency:
        return prove_consistency(old, self._known(size), self.node, algorithm=self.algorithm)

    def _known(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise TreeError(f"the log has {self.size} records, not {size}")
        return size


def _levels(size: int) -> Iterator[int]:
    """Levels of the peaks of a tree, the highest first: the bits of its size."""
    return (level for level in reversed(range(size.bit_length())) if size >> level & 1)


def _half(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _span(low: int, high: int, node: Node, algorithm: str) -> bytes:
    """Root over leaves low..high-1, where `low` is a multiple of a power of two not below the length."""
    peaks, start = [], low
    for level in _levels(high - low):
        peaks.append(node(level, start >> level))
        start += 1 << level
    return root_of(peaks, algorithm=algorithm)
