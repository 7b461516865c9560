"""How many a rule lets through at most, before any score is known; never fewer than it then chooses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.cuts import Candidate, apply, rule_from_data
from zhuoyue.engine.cuts.bounds import most

TOP = {"kind": "top", "places": 15}
HALF = {"kind": "share", "share": "0.3", "rounding": "up"}
LINE = {"kind": "threshold", "at_least": 50}


def capped(scope=None, **more):
    limits = [{"name": "places", "at_most": 10, **({"scope": scope} if scope else {})}]
    return {"kind": "capped", "then": LINE, "caps": {"limits": limits, **more}}


@pytest.mark.parametrize(
    ("data", "of_nine", "of_forty", "of_unknown"),
    [
        (TOP, 9, 15, 15),
        (HALF, 3, 12, None),
        (LINE, 9, 40, None),
        ({"kind": "floor", "at_least": 45, "then": TOP}, 9, 15, 15),
        ({"kind": "groups", "by": "region", "rules": {"east": {**TOP, "places": 2}, "west": HALF}}, 5, 14, None),
        ({"kind": "groups", "by": "region", "rules": {"east": TOP}, "otherwise": {**TOP, "places": 2}}, 9, 17, 17),
        (
            {"kind": "reserved", "inside": TOP, "reserved": [{"label": "size", "value": "small", "places": 2}]},
            9,
            15,
            15,
        ),
        (
            {"kind": "outside", "marks": [{"label": "exempt", "value": "yes"}], "theirs": LINE, "rest": TOP},
            9,
            40,
            None,
        ),
        (capped(), 9, 10, 10),
        (capped({"cap:places": "in"}), 9, 10, 10),
        (capped({"cap:other": "in"}), 9, 40, None),
        (capped({"region": "each"}), 9, 40, None),
        (capped(outside=[{"label": "exempt", "value": "yes"}]), 9, 40, None),
    ],
)
def test_the_most_that_go_on(data, of_nine, of_forty, of_unknown):
    rule, labels = rule_from_data(data), {"cap:places": "in"}
    assert [most(rule, count, labels) for count in (9, 40, None)] == [of_nine, of_forty, of_unknown]


RULES = [TOP, HALF, {"kind": "floor", "at_least": 45, "then": HALF}, capped()]


@given(st.lists(st.integers(0, 100), max_size=30, unique=True), st.sampled_from(RULES))
def test_a_rule_never_chooses_more_than_its_bound(scores, data):
    rule = rule_from_data(data)
    candidates = [Candidate(str(score), Decimal(score), {}) for score in scores]
    bound = most(rule, len(candidates))
    assert len(apply(rule, candidates).chosen) <= bound
