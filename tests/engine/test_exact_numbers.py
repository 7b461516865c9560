from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.exact import NumberError, decimal_of, exact, written


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (65, Fraction(65)),
        (" 0.1 ", Fraction(1, 10)),
        (Decimal("2.50"), Fraction(5, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_exact_numbers_are_read_as_they_are(value, number):
    assert exact(value) == number


@pytest.mark.parametrize("value", [0.1, True, None, "", "a", "nan", Decimal("Infinity"), [1]])
def test_what_is_no_exact_number_is_refused_with_its_name(value):
    with pytest.raises(NumberError, match="weight is "):
        exact(value, what="weight")


def test_a_float_in_a_data_file_means_what_its_author_wrote():
    assert written(0.1) == Fraction(1, 10)
    assert written("0.1") == Fraction(1, 10)
    with pytest.raises(NumberError):
        written(float("nan"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**9), max_value=10**9))
def test_a_decimal_comes_back_as_it_went_in(value):
    assert decimal_of(exact(value)) == value


def test_an_endless_decimal_is_rounded_at_fifty_digits():
    assert str(decimal_of(Fraction(2, 3))) == "0." + "6" * 49 + "7"
