"""The canonical form: one value, one byte string."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.chain import PlainError, canonical

EAST_EIGHT = timezone(timedelta(hours=8))
scalars = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("质量ab\n", max_size=3), inner),
    max_leaves=8,
)


@settings(deadline=None)
@given(plain)
def test_json_reads_back_what_was_written(value):
    assert json.loads(canonical(value)) == value


@settings(deadline=None)
@given(st.dictionaries(st.text("abc卓越", max_size=4), scalars, min_size=2))
def test_key_order_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.integers(0, 5))
def test_equal_decimals_have_one_form(value, zeros):
    longer = value.quantize(Decimal(1).scaleb(-3 - zeros)) if abs(value) < 10**15 else value
    assert canonical(longer) == canonical(value)
    assert Decimal(json.loads(canonical(value))) == value


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(EAST_EIGHT), min_value=datetime(2, 1, 1)))  # noqa: DTZ001 - the strategy adds the zone
def test_one_instant_has_one_form_in_every_zone(value):
    assert canonical(value) == canonical(value.astimezone(UTC))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "质量"]}, '{"a":[true,null,"质量"],"b":1}'),
        (Decimal("1.50"), '"1.5"'),
        (Decimal("1E+2"), '"100"'),
        (Decimal(100), '"100"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("0E+9999"), '"0"'),
        (date(2026, 7, 1), '"2026-07-01"'),
        (datetime(2026, 7, 1, 8, tzinfo=EAST_EIGHT), '"2026-07-01T00:00:00.000000Z"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ((1, 2), "[1,2]"),
        ('"\n', '"\\"\\n"'),
    ],
)
def test_forms(value, expected):
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.5, r"\$: a float"),
        ({"a": [0, b"x"]}, r"\$\.a\[1\]: a bytes"),
        ({1: 2}, "the key 1 is not text"),
        ("\ud800", "surrogate"),
        ({"\ud800": 1}, "surrogate"),
        (Decimal("NaN"), "finite"),
        (Decimal("1E+999999"), "usual size"),
        (datetime(2026, 7, 1), "no zone"),  # noqa: DTZ001 - the missing zone is the case
        (datetime(1, 1, 1, tzinfo=EAST_EIGHT), "outside the years"),
        ({1}, "a set"),
    ],
)
def test_what_has_no_form_is_refused_with_its_place(value, words):
    with pytest.raises(PlainError, match=words):
        canonical(value)


def test_what_holds_itself_is_refused():
    value = []
    value.append(value)
    with pytest.raises(PlainError, match="holds itself"):
        canonical(value)
