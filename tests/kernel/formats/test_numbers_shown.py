from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.kernel.formats import file_size, number, percent, plain, rounded, share

D = Decimal


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234567, None, "1,234,567"),
        (D("1234.50"), None, "1,234.5"),
        (D("1E+3"), None, "1,000"),
        (D("0.0000001"), None, "0.0000001"),
        (D("2.345"), 2, "2.35"),
        (D("-2.345"), 2, "-2.35"),
        (D("999.999"), 1, "1,000.0"),
        (0, 0, "0"),
        (None, 2, "–"),
    ],
)
def test_numbers_have_thousands_and_exact_digits(value, places, shown):
    assert number(value, places) == shown


@pytest.mark.parametrize(("value", "shown"), [(D("12.50"), "12.5"), (D("1E+2"), "100"), (100, "100"), (D("0.00"), "0")])
def test_plain_says_the_value_and_nothing_more(value, shown):
    assert plain(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "thresholds", "shown"),
    [
        (D("69.96"), 1, (), "70.0%"),
        (D("69.96"), 1, (70,), "69.96%"),
        (D("69.96"), 0, (70,), "69.96%"),
        (D("69.4"), 0, (70,), "69%"),
        (D("70.04"), 1, (70,), "70.04%"),
        (D(70), 1, (70,), "70.0%"),
        (D("70.2"), 0, (D("70.1"),), "70.2%"),
        (None, 0, (), "–"),
    ],
)
def test_a_percent_never_rounds_across_a_threshold(value, places, thresholds, shown):
    assert percent(value, places, thresholds) == shown


@given(
    st.decimals(0, 100, places=6),
    st.integers(0, 3),
    st.decimals(0, 100, places=2),
)
def test_shown_and_exact_stand_on_the_same_side(value, places, threshold):
    shown = rounded(value, places, [threshold])
    assert shown.compare(threshold) == value.compare(threshold)
    assert abs(shown - value) <= D("0.5").scaleb(-places)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 3, "33%"), (999, 1000, "99.9%"), (1, 1000, "0.1%"), (3, 3, "100%"), (0, 3, "0%"), (1, 0, "–")],
)
def test_a_share_is_whole_only_when_it_is(part, whole, shown):
    assert share(part, whole) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (20 * 1024 * 1024, "20 MB"),
        (1024 * 1024 - 1, "1 MB"),
        (3 * 1024**4 * 1024, "3072 TB"),
    ],
)
def test_file_sizes_are_short(size, shown):
    assert file_size(size) == shown
