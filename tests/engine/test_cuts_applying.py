from decimal import Decimal

import pytest

from zhuoyue.engine.cuts import (
    Candidate,
    Capped,
    Caps,
    CutError,
    Groups,
    Limit,
    Mark,
    Outside,
    Reservation,
    Reserved,
    Rounding,
    Share,
    Status,
    Threshold,
    Top,
    apply,
    check_caps,
    rule_from_data,
)
from zhuoyue.engine.verdict import Verdict


def listed(**scores):
    return [Candidate(key, score) for key, score in scores.items()]


def reasons_of(outcome, key):
    return next(decision.reasons for decision in outcome.decided if decision.key == key)


def test_every_decision_names_the_rules_that_led_to_it():
    rule = rule_from_data(
        {"kind": "floor", "name": "six hundred", "at_least": 600, "then": {"kind": "top", "places": 1}}
    )
    outcome = apply(rule, listed(A=700, B=650, C=599))
    line = {"rule": "six hundred", "line": Decimal(600), "strict": False}
    assert reasons_of(outcome, "B") == (
        Verdict.of("reaches_line", rule="six hundred", score=Decimal(650), line=Decimal(600), strict=False),
        Verdict.of("beyond_places", rule="top", rank=2, places=1, score=Decimal(650), reserved=0),
    )
    assert [(reason.code, {name: reason[name] for name in line}) for reason in reasons_of(outcome, "C")] == [
        ("below_line", line)
    ]


def test_ranks_count_strictly_better_scores():
    outcome = apply(Top(4), listed(A=9, B=9, C=8, D=7))
    assert [reasons_of(outcome, key)[0]["rank"] for key in "ABCD"] == [1, 1, 3, 4]


def test_the_reserved_place_says_for_whom():
    rule = Reserved(Top(2), (Reservation("size", "small", 1),), name="r")
    outcome = apply(
        rule,
        [
            Candidate(key, score, {"size": size})
            for key, score, size in (("A", 9, "l"), ("B", 8, "l"), ("C", 7, "small"))
        ],
    )
    assert reasons_of(outcome, "C") == (
        Verdict.of("reserved_place", rule="r", rank=3, places=2, score=Decimal(7), label="size", value="small"),
    )
    assert reasons_of(outcome, "B")[0]["reserved"] == 1


def test_one_of_the_group_who_is_in_by_rank_takes_the_place_by_rank():
    rule = Reserved(Top(3), (Reservation("size", "small", 1),), name="r")
    rows = (("A", 9, "small"), ("B", 8, "small"), ("C", 7, "l"))
    outcome = apply(rule, [Candidate(key, score, {"size": size}) for key, score, size in rows])
    assert {reasons_of(outcome, key)[0].code for key in "ABC"} == {"within_places"}


def test_decisions_stand_by_score_and_those_without_one_at_the_end():
    outcome = apply(Top(2), [Candidate("A", None), *listed(B=1, C=9), Candidate("D", 0)])
    assert [decision.key for decision in outcome.decided] == ["C", "B", "D", "A"]


def test_a_share_may_be_of_those_with_a_score():
    four = [*listed(A=4, B=3), Candidate("C", None), Candidate("D", None)]
    assert apply(rule_from_data({"kind": "share", "share": 0.5, "rounding": "up"}), four).chosen == ("A", "B")
    scored = rule_from_data({"kind": "share", "share": 0.5, "rounding": "up", "of": "scored"})
    assert apply(scored, four).chosen == ("A",)


def test_two_ties_of_one_cut_are_both_reported():
    rule = Reserved(Top(2), (Reservation("size", "small", 1),))
    rows = (("A", 9, "l"), ("B", 9, "l"), ("C", 7, "small"), ("D", 7, "small"), ("E", 6, "small"))
    candidates = [Candidate(key, score, {"size": size}) for key, score, size in rows]
    outcome = apply(rule, candidates)
    assert [(tie.candidates, tie.places, tie.reserved) for tie in outcome.tied] == [
        (("A", "B"), 1, ()),
        (("C", "D"), 1, (("size", "small", 1),)),
    ]
    assert outcome.keys(Status.OUT) == ("E",)
    settled = apply(rule, candidates, preferred={"A", "D"})
    assert settled.chosen == ("A", "D")
    assert settled.is_final


def test_an_equal_without_any_way_in_is_out_while_others_tie():
    rule = Reserved(Top(1), (Reservation("size", "small", 1),))
    rows = (("A", 9, "l"), ("B", 9, "small"), ("C", 9, "small"))
    outcome = apply(rule, [Candidate(key, score, {"size": size}) for key, score, size in rows])
    assert outcome.keys(Status.OUT) == ("A",)
    assert outcome.tied[0].candidates == ("B", "C")


def test_only_the_tied_can_be_put_ahead():
    with pytest.raises(CutError, match="only tied candidates can be put ahead; not tied: A, X"):
        apply(Top(2), listed(A=9, B=8, C=8), preferred=["X", "A", "B"])


def test_a_share_smaller_than_its_reservations_is_refused():
    rule = Reserved(Share(Decimal("0.1"), Rounding.UP), (Reservation("size", "small", 2),), name="mixed")
    with pytest.raises(CutError, match="mixed: 2 places are reserved, but there are only 1"):
        apply(rule, [Candidate("A", 1, {"size": "small"})])


def test_a_candidate_of_two_reservations_needs_people():
    rule = Reserved(Top(2), (Reservation("size", "small", 1), Reservation("region", "north", 1)))
    with pytest.raises(CutError, match=r"A falls under two reservations \(size=small, region=north\)"):
        apply(rule, [Candidate("A", 1, {"size": "small", "region": "north"})])


@pytest.mark.parametrize(
    ("rule", "candidates", "sentence"),
    [
        (Top(1), [Candidate("A", 1), Candidate("A", 2)], "candidates named twice: A"),
        (Groups("field", (("x", Top(1)),)), [Candidate("A", 1)], "candidate A has no 'field', which the rule asks for"),
        (Groups("field", (("x", Top(1)),)), [Candidate("A", 1, {"field": "y"})], "no rule for field 'y'"),
    ],
)
def test_candidates_that_do_not_fit_the_rule_are_refused(rule, candidates, sentence):
    with pytest.raises(CutError, match=sentence):
        apply(rule, candidates)


def test_a_float_is_no_score():
    with pytest.raises(CutError, match=r"score of A is 0\.5, not an exact number"):
        Candidate("A", 0.5)


def test_caps_name_their_scope_and_offer_the_choice():
    caps = Caps(
        (
            Limit((("tier", "gold"), ("category", "each")), at_most=1, name="gold per category"),
            Limit(at_most=2, name="in all"),
            Limit((("size", "small"),), at_least=2, name="small"),
        ),
        outside=(Mark("standing", "special"),),
    )
    rows = (
        ("A", {"tier": "gold", "category": "x", "size": "large"}),
        ("B", {"tier": "gold", "category": "x", "size": "large"}),
        ("C", {"tier": "gold", "category": "y", "size": "small"}),
        ("D", {"tier": "silver", "category": "x", "size": "large"}),
        ("S", {"tier": "gold", "category": "x", "size": "large", "standing": "special"}),
    )
    choice = [Candidate(key, 1, labels) for key, labels in rows]
    pending = [Candidate("P", None, {"size": "small"}), Candidate("Q", 1, {"size": "large"})]
    scope = (("tier", "gold"), ("category", "x"))
    assert check_caps(choice, caps, pending=pending) == (
        Verdict.of("cap_exceeded", rule="gold per category", scope=scope, count=2, at_most=1, candidates=("A", "B")),
        Verdict.of("cap_exceeded", rule="in all", scope=(), count=4, at_most=2, candidates=("A", "B", "C", "D")),
        Verdict.of("floor_unmet", rule="small", scope=(("size", "small"),), count=1, at_least=2, pending=1),
    )
    assert check_caps(choice[2:], caps, pending=()) == (
        Verdict.of("floor_unmet", rule="small", scope=(("size", "small"),), count=1, at_least=2, pending=0),
    )


def test_a_floor_for_each_value_cannot_see_absent_values():
    with pytest.raises(CutError, match="at_least needs named values"):
        check_caps([], Caps((Limit((("category", "each"),), at_least=1),)))


def test_contested_candidates_carry_every_cap_that_they_exceed():
    limits = (Limit(at_most=1, name="in all"), Limit((("field", "x"),), at_most=1, name="x"))
    rule = Capped(
        Outside((Mark("standing", "repeat"),), Threshold(Decimal(5)), Top(2)),
        Caps(limits, (Mark("standing", "repeat"),)),
    )
    candidates = [
        Candidate("A", 9, {"field": "x"}),
        Candidate("B", 8, {"field": "x"}),
        Candidate("R", 7, {"field": "x", "standing": "repeat"}),
    ]
    outcome = apply(rule, candidates)
    assert outcome.chosen == ("R",)
    assert outcome.keys(Status.CONTESTED) == ("A", "B")
    assert [reason["rule"] for reason in reasons_of(outcome, "A")] == ["top", "in all", "x"]
