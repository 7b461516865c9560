"""Any `needed` shares give the secret back; fewer fit every secret alike."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine import shares

NUMBERS = st.integers(0, shares.PRIME - 1)


@given(NUMBERS, st.lists(NUMBERS, min_size=0, max_size=4), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_every_choice_of_enough_shares_gives_the_secret(secret, coefficients, more):
    needed = len(coefficients) + 1
    parts = dict(enumerate(shares.split(secret, coefficients, needed + more), 1))
    for chosen in combinations(parts, needed):
        assert shares.join({number: parts[number] for number in chosen}) == secret


@given(NUMBERS, NUMBERS, NUMBERS)
@settings(max_examples=40, deadline=None)
def test_one_share_of_two_fits_any_other_secret(secret, coefficient, other):
    """For whatever secret somebody guesses there is a second share that would prove them right."""
    first, second = shares.split(secret, [coefficient], 2)
    fitting = (2 * first - other) % shares.PRIME
    assert shares.join({1: first, 2: fitting}) == other
    assert shares.join({1: first, 2: second}) == secret


def test_a_worked_division():
    assert shares.split(1234, [166, 94], 6) == [1494, 1942, 2578, 3402, 4414, 5614]
    assert shares.join({2: 1942, 4: 3402, 5: 4414}) == 1234
    assert shares.join({2: 1942, 4: 3402, 5: 4415}) != 1234


@pytest.mark.parametrize(
    ("secret", "coefficients", "holders"), [(-1, [1], 2), (shares.PRIME, [1], 2), (1, [-1], 2), (1, [1, 2], 2)]
)
def test_what_cannot_be_divided_is_refused(secret, coefficients, holders):
    with pytest.raises(ValueError, match=r"range|fewer"):
        shares.split(secret, coefficients, holders)
