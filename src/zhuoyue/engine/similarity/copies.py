"""Near copies: the pairs of texts that share long passages, with the passages to show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from zhuoyue.engine.similarity.index import Index, Text, candidates, candidates_for, without
from zhuoyue.engine.similarity.passages import Page, Passage, Worth, letters_within, passages_of
from zhuoyue.engine.similarity.shingles import letters_of, shingles_of, winnowed

_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by key; `copied` letters agree in the passages, of so many letters in each text.

    Containment is the share of one text that stands in the other. It tells a short copy in a long text, where the
    share of the union (Jaccard) vanishes.
    """

    first: str
    second: str
    copied: int
    first_letters: int
    second_letters: int
    passages: tuple[Passage, ...]

    @property
    def share_of_first(self) -> Decimal:
        return (Decimal(self.copied) / self.first_letters).quantize(_FOUR_PLACES)

    @property
    def share_of_second(self) -> Decimal:
        return (Decimal(self.copied) / self.second_letters).quantize(_FOUR_PLACES)


def find_copies(index: Index, *, progress: Callable[[int, int], None] | None = None) -> tuple[Pair, ...]:
    """Every pair of near copies in the index, the longest copy first; `progress` hears of (compared, to compare)."""
    numbers, found = candidates(index).tolist(), list[Pair]()
    for first, group in groupby(enumerate(numbers, 1), key=lambda item: item[1][0]):
        page = Page.of(letters_of(index.texts[first].content), index.prints(first))
        worth = Worth.of(page, index)
        for done, (_, second) in group:
            found += _told(index, index.texts[first], page, worth, second)
            if progress is not None:
                progress(done, len(numbers))
    return tuple(sorted(found, key=_longest_first))


def find_copies_of(index: Index, text: Text) -> tuple[Pair, ...]:
    """Near copies of one text, in the index or not, among those in it; itself and its owner's are left out."""
    letters, found = letters_of(text.content), list[Pair]()
    prints = winnowed(shingles_of(letters, index.settings.shingle), index.settings.window)
    page = Page.of(letters, without(prints, index.boilerplate))
    worth = Worth.of(page, index)
    for number in candidates_for(index, page.prints).tolist():
        other = index.texts[number]
        if other.key != text.key and not (text.owner and other.owner == text.owner):
            found += _told(index, text, page, worth, number)
    return tuple(sorted(found, key=_longest_first))


def _longest_first(pair: Pair) -> tuple[int, str, str]:
    return -pair.copied, pair.first, pair.second


def _told(index: Index, first: Text, page: Page, worth: Worth, number: int) -> Iterator[Pair]:
    """The pair, when its passages are long enough; letters that two passages share count once."""
    second = index.texts[number]
    other = Page.of(letters_of(second.content), index.prints(number))
    passages = passages_of(page, other, worth=worth, settings=index.settings)
    agreeing = sum(passage.letters for passage in passages)
    copied = min(
        agreeing,
        letters_within(((passage.first_start, passage.first_end) for passage in passages), page.letters),
        letters_within(((passage.second_start, passage.second_end) for passage in passages), other.letters),
    )
    weight = sum(passage.weight for passage in passages)
    if copied and weight * copied >= index.settings.least * agreeing:
        yield Pair(first.key, second.key, copied, page.letters.codes.size, other.letters.codes.size, passages)
