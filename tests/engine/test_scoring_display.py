from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.scoring import display

numbers = st.fractions(min_value=0, max_value=1000, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "places", "thresholds", "shown"),
    [
        ("62.5", 0, (), "63"),
        ("62.449", 1, (), "62.4"),
        ("59.96", 1, (60,), "59.9"),
        ("60", 1, (60,), "60.0"),
        ("60.04", 1, ("60.04",), "60.1"),
        ("60.04", 1, ("60.03", "60.05"), "60.04"),
        (Fraction(1, 3), 2, (), "0.33"),
    ],
)
def test_shown_values(value, places, thresholds, shown):
    assert str(display(value, places, thresholds=thresholds)) == shown


@given(numbers, st.integers(0, 3), st.lists(numbers, max_size=4))
def test_a_display_never_crosses_a_threshold(value, places, thresholds):
    shown = Fraction(display(value, places, thresholds=thresholds))
    assert all((shown >= line) == (value >= line) for line in thresholds)
    assert abs(shown - value) < Fraction(1, 10**places)


@given(numbers, st.integers(0, 3))
def test_without_thresholds_it_is_the_nearest(value, places):
    shown = display(value, places)
    assert -shown.as_tuple().exponent == places
    assert abs(Fraction(shown) - value) <= Fraction(1, 2 * 10**places)
    assert isinstance(shown, Decimal)
