"""Likeness of two texts: the cosine of their TF-IDF vectors (sublinear counts, smoothed rarity).

A term that occurs tf times in a text, and in df of the n texts of both sides, weighs
(1 + ln tf) (1 + ln((1 + n) / (1 + df))); a text's vector has length 1, so likeness lies between 0 and 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from zhuoyue.engine.affinity.fields import FloatArray, IntArray
from zhuoyue.engine.affinity.terms import terms_of

PART = 5_000
"""Pairs compared at a time, and..."""
BLOCK = 500
"""...texts compared with all others at a time: both bound memory."""
DENSE = 0.05
"""Share of all pairs from which comparing everything with everything is faster."""


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """left, right: one row per text, one column per term."""

    terms: tuple[str, ...]
    left: sparse.csr_array
    right: sparse.csr_array

    def likeness(self, i: IntArray, j: IntArray) -> FloatArray:
        """Cosine of left text i[x] and right text j[x], for every x."""
        if not i.size:
            return np.zeros(0)
        if i.size < DENSE * self.left.shape[0] * self.right.shape[0]:
            return self._pairwise(i, j)
        scores = np.zeros(i.size)
        transposed = sparse.csc_array(self.right.T)
        for first in range(0, self.left.shape[0], BLOCK):
            inside = np.flatnonzero((i >= first) & (i < first + BLOCK))
            table = (self.left[first : first + BLOCK] @ transposed).toarray()
            scores[inside] = table[i[inside] - first, j[inside]]
        return scores

    def _pairwise(self, i: IntArray, j: IntArray) -> FloatArray:
        scores = np.zeros(i.size)
        for start in range(0, i.size, PART):
            part = slice(start, start + PART)
            scores[part] = np.asarray(self.left[i[part]].multiply(self.right[j[part]]).sum(axis=1)).ravel()
        return scores

    def contributions(self, i: int, j: int, *, most: int = 5) -> tuple[tuple[str, float], ...]:
        """The terms that add most to the likeness of two texts, with what each adds."""
        shared = sparse.csr_array(self.left[[i]].multiply(self.right[[j]]))
        found = sorted(zip(shared.indices, shared.data, strict=True), key=lambda term: (-term[1], self.terms[term[0]]))
        return tuple((self.terms[column], float(value)) for column, value in found[:most])


def compare_texts(left: Sequence[str], right: Sequence[str]) -> TextModel:
    counts = [terms_of(text) for text in (*left, *right)]
    terms = tuple(sorted({term for count in counts for term in count}))
    column = {term: at for at, term in enumerate(terms)}
    starts = np.cumsum([0, *(len(count) for count in counts)])
    columns = np.fromiter((column[term] for count in counts for term in count), dtype=np.int64, count=int(starts[-1]))
    times = np.fromiter((n for count in counts for n in count.values()), dtype=np.float64, count=int(starts[-1]))
    rarity = 1 + np.log((1 + len(counts)) / (1 + np.bincount(columns, minlength=len(terms))))
    matrix = sparse.csr_array(((1 + np.log(times)) * rarity[columns], columns, starts), shape=(len(counts), len(terms)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1)) @ matrix)
    return TextModel(terms, scaled[: len(left)], scaled[len(left) :])
