"""The index: which texts share which fingerprints, and from it the pairs worth comparing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhuoyue.engine.similarity.boilerplate import Sketch, Union, among
from zhuoyue.engine.similarity.shingles import Hashes, Prints, letters_of, shingles_of, winnowed

WIDE_WEIGHT = 3  # a Chinese letter says as much as three Latin ones
_WIDEST = 1024  # shingles in a window
_AT_ONCE = 20_000_000  # pair codes held before they are counted: 160 MB

Numbers = NDArray[np.int64]
Short = NDArray[np.int32]
_Compact = tuple[Hashes, Short]


class SimilarityError(ValueError):
    """Texts or settings that cannot be compared."""


@dataclass(frozen=True, slots=True)
class Text:
    """`owner`: texts of one owner are never compared with each other (a report and its appendix)."""

    key: str
    content: str
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Lengths count letters and digits only; in `shortest`, `least` and `gap` three Latin ones count as one Chinese.

    Every shared run of shingle + window - 1 letters (43) is sure to be seen. `common`: a shingle that stands in more
    texts than this is boilerplate (None: one text in a hundred, but at least ten). A passage is told from `shortest`
    letters on, a pair from `least` letters in such passages; within a passage, up to `gap` letters may differ in a row.
    """

    shingle: int = 12
    window: int = 32
    common: int | None = None
    shortest: int = 50
    least: int = 200
    gap: int = 60

    def __post_init__(self) -> None:
        if self.shingle < 1 or not 1 <= self.window <= _WIDEST or self.gap < 0:
            raise SimilarityError(
                f"a shingle has a letter or more, a window 1 to {_WIDEST} shingles, a gap no less than 0"
            )
        if not self.shingle <= self.shortest <= self.least:
            raise SimilarityError("a pair's least letters are at least a passage's, and those at least a shingle's")
        if self.common is not None and self.common < 2:  # noqa: PLR2004 - a copy takes two
            raise SimilarityError("a shingle in two texts is a copy, not common")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Fingerprints of all texts without boilerplate, those of text i from `bounds[i]` to `bounds[i + 1]`.

    `ordered` are the same by hash, then by text, each once a text, and `owners` the number of their text;
    `boilerplate` holds the hashes that were given as known or found common, in order.
    """

    texts: tuple[Text, ...]
    settings: Settings
    boilerplate: Hashes
    hashes: Hashes
    starts: Short
    bounds: Numbers
    ordered: Hashes
    owners: Short

    def prints(self, number: int) -> Prints:
        part = slice(self.bounds[number], self.bounds[number + 1])
        return Prints(self.hashes[part], self.starts[part].astype(np.int64))


def build_index(texts: Iterable[Text], *, known: Iterable[str] = (), settings: Settings | None = None) -> Index:
    """`known` are texts that anyone may quote: the standard, the form, the notice."""
    settings, texts = settings or Settings(), tuple(texts)
    if len({text.key for text in texts}) < len(texts):
        raise SimilarityError("two texts have the same key")
    sketch = Sketch(sum(len(text.content) for text in texts), settings.common or max(10, len(texts) // 100))
    for text in texts:
        sketch.add(hashes_of(text.content, settings))
    union, prints = Union(hashes_of(content, settings) for content in known), list[_Compact]()
    for text in texts:
        hashes = hashes_of(text.content, settings)
        union.add(sketch.common(hashes))
        found = winnowed(hashes, settings.window)
        prints.append((found.hashes, found.starts.astype(np.int32)))
    del sketch  # hundreds of megabytes
    boilerplate = union.ordered()
    for number, (hashes, starts) in enumerate(prints):
        telling = ~among(hashes, boilerplate)
        prints[number] = hashes[telling], starts[telling]
    return _laid_out(texts, settings, boilerplate, prints)


def _laid_out(texts: tuple[Text, ...], settings: Settings, boilerplate: Hashes, prints: list[_Compact]) -> Index:
    """Takes the prints out of their list as it goes: there is no room for both at ten thousand long texts."""
    sizes = [part.size for part, _ in prints]
    bounds = np.cumsum([0, *sizes], dtype=np.int64)
    hashes, starts = np.empty(bounds[-1], np.uint64), np.empty(bounds[-1], np.int32)
    for number in range(len(sizes) - 1, -1, -1):
        part = slice(bounds[number], bounds[number + 1])
        hashes[part], starts[part] = prints.pop()
    order = np.argsort(hashes, kind="stable")
    ordered, owners = hashes[order], np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[order]
    del order
    once = np.ones(ordered.size, np.bool_)
    once[1:] = (ordered[1:] != ordered[:-1]) | (owners[1:] != owners[:-1])
    return Index(texts, settings, boilerplate, hashes, starts, bounds, ordered[once], owners[once])


def hashes_of(content: str, settings: Settings) -> Hashes:
    return shingles_of(letters_of(content), settings.shingle)


def without(prints: Prints, boilerplate: Hashes) -> Prints:
    telling = ~among(prints.hashes, boilerplate)
    return Prints(prints.hashes[telling], prints.starts[telling])


def candidates(index: Index) -> Numbers:
    """Pairs of text numbers, the smaller first, that share enough fingerprints for a told pair; in order."""
    count = max(len(index.texts), 1)
    codes, weights = _weighed(index.ordered, index.owners, count)
    codes = codes[weights >= _enough(index.settings)]
    pairs = np.stack((codes // count, codes % count), axis=1)
    owners = [text.owner for text in index.texts]
    apart = [not owners[a] or owners[a] != owners[b] for a, b in pairs.tolist()]
    return pairs[np.array(apart, np.bool_)]


def candidates_for(index: Index, prints: Prints) -> Numbers:
    """Numbers of texts that share enough fingerprints with one that need not be in the index."""
    wanted = np.unique(prints.hashes)
    low, high = np.searchsorted(index.ordered, wanted), np.searchsorted(index.ordered, wanted, "right")
    met = np.repeat(low - np.cumsum(high - low) + (high - low), high - low) + np.arange(int((high - low).sum()))
    weights = np.bincount(index.owners[met], _weights(index.ordered[met]), len(index.texts))
    return np.flatnonzero(weights >= _enough(index.settings))


def _weights(hashes: Hashes) -> Numbers:
    return np.where(hashes & np.uint64(1), 1, WIDE_WEIGHT)


def _enough(settings: Settings) -> int:
    """Half the weight of the fingerprints that `least` letters have on the mean when verbatim, to allow for edits."""
    return max(WIDE_WEIGHT * settings.least // (settings.window + 1), 1)


def _weighed(hashes: Hashes, owners: Short, count: int) -> tuple[Numbers, Numbers]:
    """Codes (first · count + second) of pairs with a common hash, in order, and the weight of what they share."""
    waiting, held, step, left = [(np.empty(0, np.int64), np.empty(0, np.int64))], 0, 1, np.arange(hashes.size)
    while left.size:
        left = left[left + step < hashes.size]
        left = left[hashes[left] == hashes[left + step]]
        waiting.append((owners[left].astype(np.int64) * count + owners[left + step], _weights(hashes[left])))
        held, step = held + left.size, step + 1
        if held > _AT_ONCE:
            waiting, held = [_summed(waiting)], 0
    return _summed(waiting)


def _summed(parts: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    codes = np.concatenate([codes for codes, _ in parts])
    weights = np.concatenate([weights for _, weights in parts])
    order = np.argsort(codes, kind="stable")
    codes, weights = codes[order], weights[order]
    firsts = np.flatnonzero(np.diff(codes, prepend=-1))
    return codes[firsts], np.add.reduceat(weights, firsts) if firsts.size else weights
