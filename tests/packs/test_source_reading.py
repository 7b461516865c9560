from decimal import Decimal

import pytest

from zhuoyue.packs.source import MAX_CHARACTERS, SourceError, decode, load_yaml
from zhuoyue.packs.yaml_text import written

TEXT = """\
# head
title: {zh: 奖, en: Award}   # beside
start: 2021-06-30
at: 2021-06-30T17:00:00+08:00
share: 0.10
count: 3
open: true
nothing:
list:
  # before
  - key: one

  - key: two
    deep: [a, b]
"""


def faults_of(text):
    with pytest.raises(SourceError) as refused:
        load_yaml(text, "x.yaml")
    (message,) = refused.value.messages
    return message


def test_data_is_plain_and_dates_stay_as_written():
    assert load_yaml(TEXT, "x.yaml").data == {
        "title": {"zh": "奖", "en": "Award"},
        "start": "2021-06-30",
        "at": "2021-06-30T17:00:00+08:00",
        "share": Decimal("0.1"),
        "count": 3,
        "open": True,
        "nothing": None,
        "list": ({"key": "one"}, {"key": "two", "deep": ("a", "b")}),
    }


def test_comments_quotes_and_blank_lines_survive():
    source = load_yaml(TEXT, "x.yaml")
    assert written(source.tree) == TEXT
    assert source.text == TEXT


def test_a_byte_order_mark_is_dropped():
    assert load_yaml("\ufeffa: 1\n", "x.yaml").data == {"a": 1}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("title", "en"), 2),
        (("list", 1), 13),
        (("list", 1, "deep"), 14),
        (("list", 1, "missing", "more"), 13),
        (("list", 9), 9),
        (("list", "one"), 9),
        (("start", "x"), 3),
    ],
)
def test_the_line_of_the_deepest_part_that_exists(path, line):
    assert load_yaml(TEXT, "x.yaml").line_of(path) == line


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 1\n", "yaml-alias", 1),
        ("a: 1\nb: !!python/name:os.system x\n", "yaml-alias", 2),
        ("a:\n  <<: {b: 1}\n", "yaml-alias", 2),
        ("a: 1\nb: *x\n", "yaml-alias", 2),
        ("a: 1\na: 2\n", "duplicate-key", 2),
        ("- a\n", "not-a-mapping", 1),
        ("", "not-a-mapping", 1),
        ("a:\n  1: x\n", "not-a-text-key", 2),
        ("a: 1\n\tb: 2\n", "yaml-syntax", 2),
        ("a: 1\nb: x\x07y\n", "yaml-syntax", 2),
        (f"a: 1\nb: {'9' * 5000}\n", "number-too-long", 2),
        ("9" * 5000, "number-too-long", 1),
        (f"a: [1, -0x{'f' * 5000}]", "number-too-long", 1),
        (f"{'9' * 200}: 1", "number-too-long", 1),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "too-deep", 1),
        ("a: " + "x" * MAX_CHARACTERS + "\n", "too-large", 1),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_used_is_named_with_its_line(text, code, line):
    message = faults_of(text)
    assert (message.code, message.line, message.file) == (code, line, "x.yaml")
    assert str(message).startswith(f"x.yaml:{line} ")
    assert message.in_language("en").endswith(message.remedy_en)


def test_a_file_in_another_encoding_is_named_with_its_line():
    assert decode("甲: 乙\n".encode(), "x.yaml") == "甲: 乙\n"
    with pytest.raises(SourceError) as refused:
        decode(b"a: 1\n" + "标题: 奖".encode("gb18030"), "x.yaml")
    (message,) = refused.value.messages
    assert (message.code, message.line) == ("not-utf-8", 2)
