"""Alpha against its definition, pair by pair and in fractions."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.agreement import Level, alpha_of, ratings_of


def definition(units, values, level):
    """The coincidence matrix and 1 - Do / De, as printed."""
    rated = {}
    for unit, value in zip(units, values, strict=True):
        rated.setdefault(unit, []).append(value)
    pairs = Counter()
    for found in rated.values():
        for one, other in permutations(range(len(found)), 2):
            pairs[found[one], found[other]] += Fraction(1, len(found) - 1)
    totals = Counter()
    for (one, _), weight in pairs.items():
        totals[one] += weight
    count = sum(totals.values())
    scale = sorted(totals)

    def distance(one, other):
        if level is Level.NOMINAL:
            return int(one != other)
        if level is Level.INTERVAL:
            return (one - other) ** 2
        low, high = sorted((scale.index(one), scale.index(other)))
        return (sum(totals[value] for value in scale[low : high + 1]) - (totals[one] + totals[other]) / 2) ** 2

    observed = sum((weight * distance(*pair) for pair, weight in pairs.items()), Fraction(0))
    expected = sum((totals[a] * totals[b] * distance(a, b) for a in scale for b in scale), Fraction(0))
    return None if not expected else float(1 - observed * (count - 1) / expected)


@st.composite
def ratings(draw):
    grid = st.one_of(st.none(), st.integers(0, 20).map(lambda step: 5 * step))
    rows = draw(st.lists(st.lists(grid, min_size=3, max_size=3), min_size=1, max_size=8))
    return [
        (unit, rater, value) for unit, row in enumerate(rows) for rater, value in enumerate(row) if value is not None
    ]


@pytest.mark.parametrize("level", Level)
@given(rows=ratings())
def test_one_pass_equals_the_definition(level, rows):
    units, raters, values = zip(*rows, strict=True) if rows else ((), (), ())
    found = alpha_of(ratings_of(units, raters, values), level=level)
    wanted = definition(units, values, level)
    if wanted is None:
        assert found.value is None
        assert found.reasons[0].code in {"no_unit_rated_twice", "all_ratings_equal"}
    else:
        assert found.value == pytest.approx(wanted, abs=1e-9)


@given(rows=ratings(), chance=st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(rows, chance):
    names = chance.sample(range(1000), 8)
    shuffled = [(f"u{names[unit]}", f"r{rater}", value) for unit, rater, value in chance.sample(rows, len(rows))]
    before, after = (
        alpha_of(ratings_of(*(zip(*some, strict=True) if some else ((), (), ())))).value for some in (rows, shuffled)
    )
    assert after == (None if before is None else pytest.approx(before, abs=1e-9))


def test_large_numbers_far_from_nought_lose_nothing():
    rng = np.random.default_rng(3)
    units, raters = np.repeat(np.arange(40), 3), np.tile(np.arange(3), 40)
    values = rng.integers(0, 20, 120) * 5
    near = alpha_of(ratings_of(units, raters, values)).value
    assert alpha_of(ratings_of(units, raters, values + 10_000_000)).value == pytest.approx(near, abs=1e-9)


def test_perfect_and_opposite_ratings():
    assert alpha_of(ratings_of([1, 1, 2, 2], [1, 2, 1, 2], [10, 10, 90, 90])).value == 1
    assert alpha_of(ratings_of([1, 1, 2, 2], [1, 2, 1, 2], [10, 90, 90, 10])).value < 0
