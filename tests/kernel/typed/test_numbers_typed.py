"""Numbers and days out of requests: any text is answered, and only what can be meant is taken."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.kernel import typed

TEXTS = st.one_of(
    st.text(),
    st.text("0123456789０９٣²,，.．-+eE%  \x00", max_size=60),
    st.integers().map(str),
    st.just("9" * 5000),
    st.none(),
)


@given(TEXTS)
def test_no_text_raises(text):
    assert 1 <= typed.whole(text, least=1, most=7, otherwise=3) <= 7
    assert typed.version(text) >= 0
    day = typed.day(text)
    assert day is None or 1800 <= day.year <= 2999
    number = typed.number(text or "")
    assert number is None or number.is_finite()
    assert number is None or typed.readings(text or "") is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12", 12),
        ("０１２", 12),
        (" 7 ", 7),
        ("", 3),
        (None, 3),
        ("-1", 3),
        ("1e3", 3),
        ("²", 3),
        ("٣", 3),
        ("0", 1),
        ("5000", 100),
        ("9" * 10, 3),
        ("9" * 5000, 3),
    ],
)
def test_a_small_whole_number(text, read):
    assert typed.whole(text, least=1, most=100, otherwise=3) == read


@pytest.mark.parametrize(("text", "read"), [("4", 4), ("", 0), (None, 0), ("x", 0), ("9" * 5000, 0)])
def test_a_version_that_is_missing_is_older_than_any(text, read):
    assert typed.version(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2021-06-30", date(2021, 6, 30)),
        ("２０２１-０６-３０", date(2021, 6, 30)),
        ("2021-13-40", None),
        ("20210630", None),
        ("2021-W01-1", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_of_a_filter(text, read):
    assert typed.day(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("98.5", "98.5"),
        ("９８．５", "98.5"),
        ("98.5%", "98.5"),
        ("９８％", "98"),
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        ("-3", "-3"),
        ("－３", "-3"),
        ("−3", "-3"),
        (".5", "0.5"),
        ("98.", "98"),
        ("\u200b98\ufeff.5", "98.5"),
        ("98，5", None),
        ("98,50", None),
        ("0,985", None),
        ("1,2345", None),
        ("1e9", None),
        ("NaN", None),
        ("Infinity", None),
        ("10²", None),
        ("٣", None),
        ("九十八", None),
        ("9" * 41, None),
        ("", None),
    ],
)
def test_a_number_is_taken_as_it_can_have_been_meant(text, read):
    assert typed.number(text) == (None if read is None else Decimal(read))


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("98，5", ("98.5", "985")),
        ("０，９８５", ("0.985", "0985")),
        ("-1,2345", ("-1.2345", "-12345")),
        ("1,234", None),
        ("98.5", None),
        ("a,b", None),
    ],
)
def test_two_readings_are_told(text, two):
    assert typed.readings(text) == two
