"""Letters, shingles and fingerprints."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.similarity.shingles import letters_of, shingles_of, winnowed

words = st.text(st.sampled_from("质量卓越管理ab 1，。"), max_size=200)


def plain(content):
    return "".join(map(chr, letters_of(content).codes))


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        ("质量，管理。", "质量管理"),
        ("Ｑｕａｌｉｔｙ １２", "quality12"),
        ("A-B\n\t c!", "abc"),
        ("𠀀字", "𠀀字"),
        ("ß℡①", "ß℡1"),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_only_letters_count_in_one_form(content, letters):
    assert plain(content) == (letters if "℡" not in letters else letters.replace("℡", ""))


@settings(deadline=None)
@given(st.text())
def test_every_letter_knows_its_place(content):
    letters = letters_of(content)
    assert len(letters.codes) == len(letters.places)
    assert [plain(content[place]) for place in letters.places] == [chr(code) for code in letters.codes]


@settings(deadline=None)
@given(words, st.integers(1, 20))
def test_equal_runs_have_equal_hashes_and_others_do_not(content, length):
    text, hashes = plain(content), shingles_of(letters_of(content), length)
    runs = [text[start : start + length] for start in range(max(len(text) - length + 1, 0))]
    assert len(hashes) == len(runs)
    assert len(set(hashes.tolist())) == len(set(runs))
    assert len(set(zip(hashes.tolist(), runs, strict=True))) == len(set(runs))
    assert [int(value) & 1 for value in hashes] == [int(run[0].isascii()) for run in runs]


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=300), st.integers(1, 40))
def test_winnowing_keeps_the_least_of_every_window(values, window):
    hashes = np.array(values, np.uint64)
    prints = winnowed(hashes, window)
    size = min(window, len(values))
    least = {min(values[start : start + size]) for start in range(len(values) - size + 1) if size}
    assert set(prints.hashes.tolist()) == least
    assert [values[start] for start in prints.starts] == prints.hashes.tolist()
    assert prints.starts.tolist() == sorted(set(prints.starts.tolist()))


def test_a_long_text_keeps_its_places():
    hashes = np.random.default_rng(3).integers(0, 1 << 48, 200_000, np.uint64)
    prints = winnowed(hashes, 48)
    assert (hashes[prints.starts] == prints.hashes).all()
    assert np.diff(prints.starts).max() <= 48


def test_a_run_of_one_letter_leaves_one_print():
    assert winnowed(shingles_of(letters_of("哈" * 5000), 12), 48).hashes.size == 1


@settings(deadline=None)
@given(st.data())
def test_a_shared_run_shares_a_fingerprint(data):
    length, window = 4, 6
    letters = st.text(st.sampled_from("abcdefgh"), max_size=40)
    run = data.draw(st.text(st.sampled_from("abcdefgh"), min_size=length + window - 1, max_size=20))
    one, two = (
        set(
            winnowed(
                shingles_of(letters_of(data.draw(letters) + run + data.draw(letters)), length), window
            ).hashes.tolist()
        )
        for _ in range(2)
    )
    assert one & two
