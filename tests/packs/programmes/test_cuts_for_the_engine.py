"""What a pack says about cuts and caps is read by the engine as it stands."""

from decimal import Decimal
from pathlib import Path

import pytest

from zhuoyue.engine.cuts import Candidate, apply, caps_from_data, check_caps, rule_from_data
from zhuoyue.packs.programmes import cap_labels, caps_data, cut_data, load_pack, shipped_packs

GOOD = (Path(__file__).parent / "good.yaml").read_text()


def stage(programme, key):
    return next(stage for stage in programme.stages if stage.key == key)


def test_every_shipped_rule_is_readable():
    rules = [
        rule_from_data(data)
        for pack in shipped_packs()
        for one in pack.programme.stages
        if (data := cut_data(pack.programme, one))
    ]
    assert [rule.name for rule in rules] == ["floor", "capped"]


def test_a_rule_keeps_its_shape_and_caps_are_written_out():
    programme = load_pack(GOOD).programme
    assert cut_data(programme, stage(programme, "papers")) is None
    assert cut_data(programme, stage(programme, "defence")) == {
        "kind": "share",
        "share": Decimal("0.5"),
        "rounding": "down",
        "of": "candidates",
    }
    capped = cut_data(programme, stage(programme, "decision"))["rules"]["organisation"]
    assert capped["caps"] == {
        "limits": [
            {"name": "in-all", "at_most": 10},
            {"name": "gold-places", "scope": {"cap:gold-places": "in"}, "at_most": 3, "at_least": 1},
        ]
    }


@pytest.mark.parametrize("rule", [
    "{kind: top, places: 3, name: three}",
    "{kind: floor, at_least: 600, then: {kind: top, places: 10}}",
    "{kind: threshold, at_least: 50.5, strict: true}",
    "{kind: reserved, inside: {kind: top, places: 5}, reserved: [{label: size, value: small, places: 2}]}",
    "{kind: outside, marks: [{label: m, value: x}], theirs: {kind: top, places: 1}, rest: {kind: top, places: 2}}",
    "{kind: groups, by: region, rules: {north: {kind: top, places: 1}}, otherwise: {kind: top, places: 2}}",
    "{kind: capped, caps: [in-all], then: {kind: share, share: 1, rounding: up, of: scored}}",
])  # fmt: skip
def test_each_kind_of_rule_is_the_engines(rule):
    programme = load_pack(GOOD.replace("{kind: share, share: 0.5, rounding: down}", rule)).programme
    assert rule_from_data(cut_data(programme, stage(programme, "defence")))


def test_the_jury_leaves_too_many_for_people_to_choose():
    programme = next(pack.programme for pack in shipped_packs() if pack.key == "saq-award-2021")
    rule = rule_from_data(cut_data(programme, stage(programme, "jury")))
    labels = cap_labels(programme, award="organisation-award")
    assert labels == {"cap:organisation-places": "in"}
    few = [Candidate(f"A{number}", Decimal(70), labels) for number in range(10)]
    assert sorted(apply(rule, few).chosen) == sorted(one.key for one in few)
    outcome = apply(rule, [*few, Candidate("B", Decimal(71), labels)])
    assert outcome.unmet


def test_caps_without_a_number_are_left_out_and_others_are_told_apart():
    extra = """\
  - {key: planned, title: {zh: 拟, en: Planned}, scope: total, planned: 8}
  - key: by-region
    title: {zh: 每区, en: Each region}
    scope: region
    at_most: 2
    exempt: [{key: repeat, title: {zh: 再次获奖, en: Repeat}}]
facts:
"""
    programme = load_pack(GOOD.replace("facts:\n", extra)).programme
    data = caps_data(programme)
    assert [limit["name"] for limit in data["limits"]] == ["in-all", "gold-places", "by-region"]
    assert data["limits"][2] == {"name": "by-region", "scope": {"region": "each"}, "at_most": 2}
    assert data["outside"] == [{"label": "exempt", "value": "yes"}]
    assert cap_labels(programme, tier="gold", award="prize") == {"cap:gold-places": "in"}
    assert cap_labels(programme, tier="silver") == {"cap:gold-places": "out"}
    assert "outside" not in caps_data(programme, ["in-all"])
    north = [
        Candidate(f"A{number}", None, {"region": "north", "exempt": "no", **cap_labels(programme, tier="silver")})
        for number in range(3)
    ]
    codes = {verdict.code for verdict in check_caps(north, caps_from_data(data))}
    assert "cap_exceeded" in codes
    assert "cap_exceeded" not in {verdict.code for verdict in check_caps(north[:2], caps_from_data(data))}
