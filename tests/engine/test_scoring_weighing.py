"""The number alone is the number that the explained composite gives."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.scoring import composite_of, weighed

PARTS = st.lists(
    st.tuples(st.none() | st.fractions(0, 100), st.fractions(0, 9)).filter(lambda part: part[1] > 0),
    min_size=1,
    max_size=6,
)


@given(PARTS)
def test_it_is_the_composite(parts):
    shares = {str(place): part for place, (part, _weight) in enumerate(parts)}
    weights = {str(place): weight for place, (_part, weight) in enumerate(parts)}
    total = composite_of(shares, weights=weights)
    assert weighed(parts) == total.explanation.exact


def test_nothing_weighed_is_nothing():
    assert weighed([]) is None
    assert weighed([(Fraction(1), Fraction(0))]) is None
