from decimal import Decimal

import pytest

from zhuoyue.engine.cuts import (
    Base,
    Capped,
    CutError,
    Limit,
    Mark,
    Outside,
    Rounding,
    Share,
    Threshold,
    Top,
    caps_from_data,
    rule_from_data,
)

TOP = {"kind": "top", "places": 3}


def test_rules_nest_and_carry_names():
    rule = rule_from_data(
        {
            "kind": "capped",
            "caps": {"limits": [{"at_most": 3}], "outside": [{"label": "standing", "value": "special"}]},
            "then": {
                "kind": "outside",
                "name": "special",
                "marks": [{"label": "standing", "value": "special"}],
                "theirs": {"kind": "threshold", "at_least": 70.5},
                "rest": {"kind": "share", "share": "0.3", "rounding": "up", "of": "scored", "name": "a third"},
            },
        }
    )
    assert isinstance(rule, Capped)
    assert rule.caps.limits == (Limit(at_most=3),)
    assert rule.caps.outside == (Mark("standing", "special"),)
    assert rule.then == Outside(
        marks=(Mark("standing", "special"),),
        theirs=Threshold(Decimal("70.5")),
        rest=Share(Decimal("0.3"), Rounding.UP, Base.SCORED, name="a third"),
        name="special",
    )


def test_caps_can_be_read_by_themselves():
    caps = caps_from_data({"limits": [{"name": "gold", "scope": {"tier": "gold"}, "at_least": 1, "at_most": 3}]})
    assert caps.limits == (Limit((("tier", "gold"),), at_most=3, at_least=1, name="gold"),)
    assert caps.outside == ()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "best"}, "cut rule: kind is 'best'; it must be one of: top, share"),
        ({"kind": "top", "places": 3, "of": 1}, "unknown of; known are: kind, name, places"),
        ({"kind": "share", "share": 1.1, "rounding": "up"}, "share is 1.1; it must lie within 0-1"),
        ({"kind": "share", "share": 0.1}, "rounding is None; it must be one of: up, down, half_up"),
        ({"kind": "groups", "by": "x", "rules": {}}, "cut rule, rules: must name at least one group"),
        ({"kind": "groups", "by": "x", "rules": {"a": {"kind": "top"}}}, "cut rule, rules, a: places is missing"),
        (
            {"kind": "reserved", "inside": {"kind": "threshold", "at_least": 1}, "reserved": []},
            "places can be reserved inside top or share, not inside threshold",
        ),
        (
            {"kind": "reserved", "inside": TOP, "reserved": [{"label": "a", "value": "b", "places": 4}]},
            "4 places are reserved, but there are only 3",
        ),
        ({"kind": "capped", "then": TOP, "caps": {"limits": [{}]}}, "limits 1: a limit needs at_most or at_least"),
        (
            {"kind": "capped", "then": TOP, "caps": {"limits": [{"at_most": 1, "at_least": 2}]}},
            "at_least 2 is above at_most 1",
        ),
    ],
)
def test_a_contradiction_is_named_with_its_place(data, sentence):
    with pytest.raises(CutError) as caught:
        rule_from_data(data)
    assert sentence in str(caught.value)


def test_places_may_equal_the_reserved_ones():
    rule = {"kind": "reserved", "inside": TOP, "reserved": [{"label": "a", "value": "b", "places": 3}]}
    assert rule_from_data(rule).inside == Top(3)
