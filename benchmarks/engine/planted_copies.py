"""Texts with known copies: Zipf words, stock sentences, a form that all fill in, a standard that many quote.

Chinese texts and, one in ten, English ones. In 2 n of them a part of another text is planted, n verbatim and n with
edits: letters replaced, put in and left out, a third each.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

LETTERS = 30_000
COPIED = LETTERS // 20
EDITED = 0.03


@dataclass(frozen=True, slots=True)
class Corpus:
    texts: list[str]
    standard: str
    verbatim: frozenset[tuple[int, int]]
    edited: frozenset[tuple[int, int]]


class Tongue:
    """A vocabulary, and stock sentences made of it that any writer may use."""

    def __init__(self, rng: np.random.Generator, *, english: bool) -> None:
        alphabet = np.arange(97, 123) if english else np.arange(0x4E00, 0x4E00 + 3500)
        lengths = rng.integers(2, 11, 20_000) if english else rng.choice([1, 2, 2, 2, 3, 4], 20_000)
        shape = (len(alphabet) - np.arange(len(alphabet))) ** (0.5 if english else 2.0)
        self.words = [
            "".join(map(chr, rng.choice(alphabet, length, p=shape / shape.sum()))) + (" " if english else "")
            for length in lengths
        ]
        self.mean = sum(map(len, self.words)) / len(self.words)
        self.weights = zipf(len(self.words))
        self.stop = ". " if english else "。"
        self.stock = [self.sentence(rng, int(words)) for words in rng.integers(8, 25, 3000)]
        self.form = self.prose(rng, 1500)

    def sentence(self, rng: np.random.Generator, words: int) -> str:
        return "".join(self.words[n] for n in self.draw(rng, words)) + self.stop

    def draw(self, rng: np.random.Generator, count: int) -> list[int]:
        return np.minimum(np.searchsorted(self.weights, rng.random(count)), len(self.words) - 1).tolist()

    def prose(self, rng: np.random.Generator, letters: int) -> str:
        count, parts = int(letters / self.mean * 2), []
        for place, number in enumerate(self.draw(rng, count)):
            parts.append(self.words[number])
            if place % 15 == 14:  # noqa: PLR2004 - a sentence of fifteen words
                parts.append(self.stop)
        return "".join(parts)[:letters]


def zipf(count: int) -> np.ndarray:
    weights = 1 / (np.arange(count) + 10)
    return np.cumsum(weights / weights.sum())


def corpus(count: int, planted: int, *, seed: int = 20260701) -> Corpus:
    rng = np.random.default_rng(seed)
    tongues = [Tongue(rng, english=False), Tongue(rng, english=True)]
    standard = tongues[0].prose(rng, 3000)
    kinds = rng.random(count) < 0.1  # noqa: PLR2004 - one English text in ten
    texts = [document(rng, tongues[int(kind)], standard if not kind else "") for kind in kinds]
    pairs = []
    for kind in (False, True):
        share = round(planted * 2 * (0.1 if kind else 0.9))
        numbers = rng.permutation(np.flatnonzero(kinds == kind))[: 2 * share].tolist()
        pairs += list(zip(numbers[::2], numbers[1::2], strict=False))
    verbatim, edited = pairs[::2], pairs[1::2]
    for source, target in verbatim:
        texts[target] = plant(rng, texts[source], texts[target], 0.0)
    for source, target in edited:
        texts[target] = plant(rng, texts[source], texts[target], EDITED)
    return Corpus(texts, standard, ordered(verbatim), ordered(edited))


def ordered(pairs: list[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((min(pair), max(pair)) for pair in pairs)


def document(rng: np.random.Generator, tongue: Tongue, standard: str) -> str:
    """60 stock sentences and the form strewn in; three texts in ten quote a third of the standard."""
    own = tongue.prose(rng, LETTERS)
    stock = np.minimum(np.searchsorted(zipf(len(tongue.stock)), rng.random(60)), len(tongue.stock) - 1)
    inserts = [tongue.stock[n] for n in stock] + [tongue.form[start : start + 150] for start in range(0, 1500, 150)]
    if standard and rng.random() < 0.3:  # noqa: PLR2004 - as above
        start = int(rng.integers(0, 2000))
        inserts.append(standard[start : start + 1000])
    rng.shuffle(inserts)
    kept = LETTERS - sum(map(len, inserts))
    cuts = [0, *sorted(rng.integers(0, kept, len(inserts)).tolist()), kept]
    pieces = [own[a:b] for a, b in pairwise(cuts)]
    return "".join(piece for both in zip(pieces, [*inserts, ""], strict=True) for piece in both)


def plant(rng: np.random.Generator, source: str, target: str, edits: float) -> str:
    """The target with COPIED letters of the source in the place of as many of its own."""
    start, place = (int(n) for n in rng.integers(0, LETTERS - COPIED, 2))
    copy = list(source[start : start + COPIED])
    for spot in sorted(rng.choice(COPIED, round(COPIED * edits), replace=False).tolist(), reverse=True):
        letter = chr(0x4E00 + int(rng.integers(3500))) if ord(copy[spot]) > 255 else chr(97 + int(rng.integers(26)))  # noqa: PLR2004 - Latin
        copy[spot : spot + 1] = [[letter], [copy[spot], letter], []][int(rng.integers(3))]
    return target[:place] + "".join(copy) + target[place + COPIED :]
