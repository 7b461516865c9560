"""Where two texts match: fingerprints they share, grown letter by letter, joined over small differences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhuoyue.engine.similarity.boilerplate import among
from zhuoyue.engine.similarity.index import WIDE_WEIGHT, Index, Settings
from zhuoyue.engine.similarity.shingles import Codes, Letters, Prints, shingles_of

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passage:
    """Offsets into both texts as they were given, ends exclusive.

    `letters`: how many letters agree and are no boilerplate; `weight`: the same with three Latin ones as one.
    """

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    letters: int
    weight: int


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A text made ready for comparison; `thirds` of its first n letters, a wide one being three."""

    letters: Letters
    prints: Prints
    thirds: Sums

    @classmethod
    def of(cls, letters: Letters, prints: Prints) -> Self:
        return cls(letters, prints, _sums(np.where(letters.wide, WIDE_WEIGHT, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """How many of a text's first n letters are no boilerplate, and their thirds."""

    letters: Sums
    thirds: Sums

    @classmethod
    def of(cls, page: Page, index: Index) -> Self:
        """Every letter of a boilerplate shingle is discounted, whether or not it became a fingerprint."""
        length = index.settings.shingle
        hits = _sums(among(shingles_of(page.letters, length), index.boilerplate))
        numbers = np.arange(page.letters.codes.size)
        last, before = np.minimum(numbers + 1, hits.size - 1), np.clip(numbers + 1 - length, 0, hits.size - 1)
        telling = hits[last] == hits[before]
        return cls(_sums(telling), _sums(telling * np.diff(page.thirds)))


def _sums(values: NDArray[np.int64] | NDArray[np.bool_]) -> Sums:
    return np.cumsum(np.concatenate((np.zeros(1, np.int64), values)))


@dataclass(slots=True)
class _Run:
    """Letters that agree, numbered in each text's letters, ends exclusive."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    letters: int = 0
    thirds: int = 0


def passages_of(first: Page, second: Page, *, worth: Worth, settings: Settings) -> tuple[Passage, ...]:
    """Passages of `first` that match in `second`, at least `settings.shortest` long, in the order of the first.

    `worth` is that of the first.
    """
    runs = _runs(first, second, worth, settings.shingle)
    return tuple(
        Passage(
            int(first.letters.places[run.first_start]),
            int(first.letters.places[run.first_end - 1]) + 1,
            int(second.letters.places[run.second_start]),
            int(second.letters.places[run.second_end - 1]) + 1,
            run.letters,
            run.thirds // WIDE_WEIGHT,
        )
        for run in _joined(runs, first, second, worth, settings)
        if run.thirds >= settings.shortest * WIDE_WEIGHT
    )


def _runs(first: Page, second: Page, worth: Worth, least: int) -> list[_Run]:
    """Runs around shared fingerprints, each grown as far as the letters agree."""
    _, here, there = np.intersect1d(first.prints.hashes, second.prints.hashes, return_indices=True)
    anchors = sorted(zip(first.prints.starts[here].tolist(), second.prints.starts[there].tolist(), strict=True))
    ours, theirs = first.letters.codes, second.letters.codes
    reached: dict[int, int] = {}  # by diagonal: the end of the last run on it
    runs = []
    for a, b in anchors:
        if reached.get(a - b, -1) > a:
            continue
        start, end = a - _agreeing(ours[:a][::-1], theirs[:b][::-1]), a + _agreeing(ours[a:], theirs[b:])
        reached[a - b] = end
        if end - start >= least:  # less only when two shingles have one hash by chance
            runs.append(_Run(start, end, start - a + b, end - a + b))
            _credit(runs[-1], worth, start, end)
    return sorted(runs, key=lambda run: (run.first_start, run.second_start))


def _credit(run: _Run, worth: Worth, start: int, end: int) -> None:
    run.letters += int(worth.letters[end] - worth.letters[start])
    run.thirds += int(worth.thirds[end] - worth.thirds[start])


def _agreeing(first: Codes, second: Codes) -> int:
    """Length of the common beginning, looked for in steps that double."""
    most, done, step = min(first.size, second.size), 0, 64
    while done < most:
        end = min(done + step, most)
        differing = np.flatnonzero(first[done:end] != second[done:end])
        if differing.size:
            return done + int(differing[0])
        done, step = end, step * 2
    return most


def _joined(runs: list[_Run], first: Page, second: Page, worth: Worth, settings: Settings) -> list[_Run]:
    """Runs that follow each other in both texts within the gap become one passage."""
    joined: list[_Run] = []
    most = settings.gap * WIDE_WEIGHT
    for run in runs:
        for earlier in reversed(joined):
            if _apart(first, earlier.first_end, run.first_start, most) or run.first_start < earlier.first_start:
                continue
            if _apart(second, earlier.second_end, run.second_start, most) or run.second_start < earlier.second_start:
                continue
            for start, end in _alike(earlier, run, first, second, settings.shingle // 2):
                _credit(earlier, worth, start, end)
            _join(earlier, run)
            break
        else:
            joined.append(run)
    return joined


def _apart(page: Page, end: int, start: int, most: int) -> bool:
    """Runs may overlap, for each grows over a letter that was repeated; not by more than they may be apart."""
    return bool(abs(page.thirds[start] - page.thirds[end]) > most)


def _alike(earlier: _Run, run: _Run, first: Page, second: Page, least: int) -> Iterator[tuple[int, int]]:
    """Letters of the first text between two runs that agree in pieces of at least `least`, but share no fingerprint."""
    between = first.letters.codes[earlier.first_end : run.first_start].tolist()
    others = second.letters.codes[earlier.second_end : run.second_start].tolist()
    for block in SequenceMatcher(None, between, others, autojunk=False).get_matching_blocks():
        if block.size >= least:
            yield earlier.first_end + block.a, earlier.first_end + block.a + block.size


def _join(earlier: _Run, run: _Run) -> None:
    earlier.letters, earlier.thirds = earlier.letters + run.letters, earlier.thirds + run.thirds
    earlier.first_end = max(earlier.first_end, run.first_end)
    earlier.second_end = max(earlier.second_end, run.second_end)


def letters_within(spans: Iterable[tuple[int, int]], letters: Letters) -> int:
    """How many letters stand in at least one of the spans of offsets."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        low, high = np.searchsorted(letters.places, (max(start, reached), max(end, reached)))
        total, reached = total + int(high - low), max(end, reached)
    return total
