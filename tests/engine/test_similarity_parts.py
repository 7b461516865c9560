"""The parts that only large collections or rare chances reach."""

import numpy as np

from engine.similarity_samples import prose
from zhuoyue.engine.similarity import Settings, Text, boilerplate, build_index, find_copies, index
from zhuoyue.engine.similarity.boilerplate import Sketch, Union, among
from zhuoyue.engine.similarity.passages import Page, Worth, passages_of
from zhuoyue.engine.similarity.shingles import Prints, letters_of


def test_large_collections_are_worked_through_in_parts(monkeypatch):
    copy, form = prose("copy", 400), prose("form", 300)
    texts = [Text(str(number), form + prose(number, 200) + copy) for number in range(9)]
    texts += [Text(f"x{number}", form + prose(f"x{number}", 200)) for number in range(9)]
    whole = find_copies(build_index(texts))
    monkeypatch.setattr(boilerplate, "_AT_ONCE", 100)
    monkeypatch.setattr(index, "_AT_ONCE", 10)
    assert find_copies(build_index(texts)) == whole
    assert len(whole) == 36


def test_two_texts_under_one_hash_by_chance_are_no_match():
    chance = Prints(np.array([7], np.uint64), np.array([3], np.int64))
    pages = [Page.of(letters_of(prose(name, 300)), chance) for name in "ab"]
    assert passages_of(*pages, worth=Worth.of(pages[0], build_index([])), settings=Settings()) == ()


def test_the_sketch_counts_a_shingle_once_a_text():
    sketch, values = Sketch(1000, 2), np.array([5, 5, 5, 9], np.uint64)
    for _ in range(2):
        sketch.add(values)
    assert sketch.common(values).tolist() == []
    sketch.add(values[:1])
    assert sketch.common(values).tolist() == [5, 5, 5]


def test_the_sketch_stops_counting_above_its_limit():
    sketch, values = Sketch(10, 254), np.array([5], np.uint64)
    for _ in range(600):
        sketch.add(values)
    assert sketch.common(values).tolist() == [5]


def test_gathered_hashes_come_once_and_in_order():
    union = Union([np.array([9, 2], np.uint64)])
    union.add(np.array([2, 4], np.uint64))
    assert union.ordered().tolist() == [2, 4, 9]
    assert among(np.array([1, 4, 10], np.uint64), union.ordered()).tolist() == [False, True, False]
    assert among(np.array([1], np.uint64), Union().ordered()).tolist() == [False]
