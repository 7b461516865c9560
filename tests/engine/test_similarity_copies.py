"""Near copies: found with their passages, and nothing else."""

import json
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.similarity_samples import english, prose
from zhuoyue.engine.similarity import Settings, SimilarityError, Text, build_index, find_copies, find_copies_of

GOLDEN = sorted((Path(__file__).parent / "golden" / "similarity").glob("*.json"))


def found(texts, **options):
    return find_copies(build_index(texts, **options))


def keys(pairs):
    return [(pair.first, pair.second) for pair in pairs]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    texts = [Text(key, content) for key, content in case["texts"].items()]
    pairs = found(texts, known=case["known"], settings=Settings(**case["settings"]))
    told = [
        {
            "pair": [pair.first, pair.second],
            "copied": pair.copied,
            "shares": [str(pair.share_of_first), str(pair.share_of_second)],
            "passages": [
                [
                    case["texts"][pair.first][passage.first_start : passage.first_end],
                    case["texts"][pair.second][passage.second_start : passage.second_end],
                ]
                for passage in pair.passages
            ],
        }
        for pair in pairs
    ]
    assert told == case["expected"], case["sentence"]


def test_a_planted_copy_is_told_with_its_offsets():
    copy = prose("copy", 300)
    texts = [
        Text("a", prose("a", 500) + copy + prose("b", 500)),
        Text("b", prose("c", 900) + copy),
        Text("c", prose("d", 900)),
    ]
    (pair,) = found(texts)
    (passage,) = pair.passages
    assert (pair.first, pair.second, pair.copied) == ("a", "b", 300)
    assert (passage.first_start, passage.first_end) == (500, 800)
    assert (passage.second_start, passage.second_end) == (900, 1200)
    assert (passage.letters, passage.weight) == (300, 300)
    assert (pair.share_of_first, pair.share_of_second) == (Decimal("0.2308"), Decimal("0.2500"))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.integers(200, 600), st.integers(0, 10**6))
def test_every_verbatim_copy_is_found_wherever_it_stands(before, after, size, seed):
    copy = prose(f"copy{seed}", size)
    one = prose(f"one{seed}", before) + copy + prose(f"two{seed}", after)
    two = prose(f"three{seed}", after) + copy + prose(f"four{seed}", before)
    (pair,) = found([Text("a", one), Text("b", two)])
    shared = one[pair.passages[0].first_start : pair.passages[0].first_end]
    assert copy in shared
    assert pair.copied >= size
    assert shared in two


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_an_edited_copy_is_told_in_few_passages(seed):
    chance = Random(seed)
    copy = prose(f"copy{seed}", 1000)
    edited = list(copy)
    for spot in sorted(chance.sample(range(1000), 30), reverse=True):
        edited[spot : spot + 1] = chance.choice([["改"], [edited[spot], "添"], []])
    (pair,) = found([Text("a", prose("x", 700) + copy), Text("b", "".join(edited) + prose("y", 700))])
    assert 500 <= pair.copied <= 1000
    assert len(pair.passages) <= 4


def test_points_spaces_and_width_hide_nothing():
    copy = prose("copy", 400) + "abc123" * 3
    wide = "，".join(copy).replace("a", "Ａ").replace("1", "１").upper()
    (pair,) = found([Text("a", prose("x", 300) + copy), Text("b", wide + "。" + prose("y", 300))])
    assert pair.copied == len(copy)


def test_texts_that_share_nothing_are_no_pair():
    assert found([Text(str(number), prose(number, 2000)) for number in range(10)]) == ()
    assert found([]) == ()
    assert found([Text("a", ""), Text("b", "短"), Text("c", prose("c", 500))]) == ()


def test_a_short_quotation_is_no_pair():
    quoted = prose("quoted", 120)
    assert found([Text("a", prose("a", 800) + quoted), Text("b", quoted + prose("b", 800))]) == ()


def test_latin_letters_count_a_third():
    copy = english("copy", 70)
    letters = sum(letter.isalpha() for letter in copy)
    assert 200 < letters < 600
    texts = [Text("a", english("a", 300) + " " + copy), Text("b", copy + " " + english("b", 300))]
    assert found(texts) == ()
    (pair,) = found(texts, settings=Settings(least=letters // 3))
    assert pair.copied == letters
    assert pair.passages[0].weight == letters // 3


def test_an_english_copy_is_found():
    copy = english("copy", 300)
    (pair,) = found([Text("a", english("a", 900) + " " + copy), Text("b", copy + ". " + english("b", 900))])
    assert pair.copied == sum(letter.isalpha() for letter in copy)


def test_what_is_given_as_known_is_no_copy():
    standard = prose("standard", 1500)
    texts = [Text("a", prose("a", 900) + standard), Text("b", standard + prose("b", 900))]
    assert len(found(texts)) == 1
    assert found(texts, known=[standard]) == ()


def test_what_many_share_is_no_copy_though_few_share_its_edges():
    form = prose("form", 1500)
    texts = [Text(str(number), prose(number, 300) + form + prose(f"end{number}", 300)) for number in range(1, 14)]
    assert found(texts) == ()
    assert len(found(texts, settings=Settings(common=13))) == 13 * 12 // 2


def test_boilerplate_in_a_copy_is_not_counted():
    form, copy = prose("form", 400), prose("copy", 400)
    texts = [Text("a", form + copy), Text("b", prose("b", 50) + form + copy), Text("c", prose("c", 500))]
    (pair,) = found(texts, known=[form])
    assert 400 <= pair.copied < 425  # the shingles across the edge are not known
    (passage,) = pair.passages
    assert passage.first_end == 800


def test_texts_of_one_owner_are_not_compared():
    copy = prose("copy", 500)
    texts = [Text("a", copy, owner="甲"), Text("b", copy, owner="甲"), Text("c", copy, owner="乙"), Text("d", copy)]
    assert keys(found(texts)) == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]


def test_a_passage_copied_twice_counts_once():
    copy = prose("copy", 300)
    (pair,) = found([Text("a", copy + prose("a", 900)), Text("b", copy + prose("b", 900) + copy)])
    assert pair.copied == 300


def test_moved_paragraphs_are_passages_of_their_own():
    parts = [prose(f"part{number}", 200) for number in range(3)]
    one = prose("x", 300).join(parts)
    two = prose("y", 300).join(reversed(parts))
    (pair,) = found([Text("a", one), Text("b", two)])
    assert [one[p.first_start : p.first_end] for p in pair.passages] == parts
    assert [two[p.second_start : p.second_end] for p in pair.passages] == parts


def test_a_letter_put_into_a_run_of_equal_letters_joins():
    left, right = prose("left", 150), prose("right", 150)
    one, two = left + "的" * 5 + right, left + "的" * 6 + right
    (pair,) = found([Text("a", one), Text("b", two)])
    assert len(pair.passages) == 1
    assert pair.copied == 305


def test_the_longest_copy_comes_first_and_progress_is_told():
    short, long = prose("short", 300), prose("long", 700)
    texts = [Text("a", short), Text("b", short + prose("b", 99)), Text("c", long), Text("d", prose("d", 99) + long)]
    heard = []
    pairs = find_copies(build_index(texts), progress=lambda done, of: heard.append((done, of)))
    assert keys(pairs) == [("c", "d"), ("a", "b")]
    assert heard == [(1, 2), (2, 2)]


def test_a_new_text_is_held_against_the_index():
    copy, form = prose("copy", 500), prose("form", 800)
    texts = [
        Text("a", form + copy, owner="甲"),
        Text("b", form + prose("b", 900), owner="乙"),
        Text("c", prose("c", 900)),
    ]
    index = build_index(texts, known=[form])
    (pair,) = find_copies_of(index, Text("new", form + prose("n", 100) + copy))
    assert (pair.first, pair.second) == ("new", "a")
    assert pair.copied >= 500
    assert find_copies_of(index, Text("new", form)) == ()
    assert find_copies_of(index, Text("new", "")) == ()
    assert find_copies_of(index, Text("a", form + copy)) == ()
    assert find_copies_of(index, Text("new", copy, owner="甲")) == ()
    assert keys(find_copies_of(index, Text("new", copy, owner="丙"))) == [("new", "a")]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=2, max_size=5))
def test_one_against_all_agrees_with_all_against_all(plan):
    parts = [prose(f"part{number}", 230) for number in range(6)]
    texts = [Text(str(n), "".join(parts[part] for part in chosen)) for n, chosen in enumerate(plan)]
    index = build_index(texts)
    everyone = {frozenset((pair.first, pair.second)) for pair in find_copies(index)}
    one_by_one = {frozenset((p.first, p.second)) for text in texts for p in find_copies_of(index, text)}
    sharing = {frozenset((str(a), str(b))) for a in range(len(plan)) for b in range(a) if set(plan[a]) & set(plan[b])}
    assert everyone == one_by_one == sharing


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shingle": 0}, "a shingle has a letter or more"),
        ({"window": 2000}, "1 to 1024"),
        ({"gap": -1}, "no less than 0"),
        ({"shortest": 5}, "at least a shingle's"),
        ({"least": 40}, "at least a passage's"),
        ({"common": 1}, "not common"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options, words):
    with pytest.raises(SimilarityError, match=words):
        Settings(**options)


def test_keys_must_differ():
    with pytest.raises(SimilarityError, match="same key"):
        build_index([Text("a", ""), Text("a", "")])
