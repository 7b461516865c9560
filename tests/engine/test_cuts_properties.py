"""Cuts against their meaning: a tie is whatever depends on how equals are ordered."""

from decimal import Decimal
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.cuts import (
    Candidate,
    Capped,
    Caps,
    Floor,
    Groups,
    Limit,
    Reservation,
    Reserved,
    Rounding,
    Share,
    Status,
    Threshold,
    Top,
    apply,
    check_caps,
)

SIZES = ("large", "small", "tiny")


@st.composite
def fields(draw, most=12, scored=False):
    scores = st.integers(0, 6) if scored else st.one_of(st.none(), st.integers(0, 6))
    count = draw(st.integers(0, most))
    return [
        Candidate(
            f"C{place:02}", draw(scores), {"size": draw(st.sampled_from(SIZES)), "field": draw(st.sampled_from("xy"))}
        )
        for place in range(count)
    ]


places = st.integers(0, 6)
lines = st.one_of(
    places.map(Top),
    st.builds(Share, st.sampled_from([Decimal("0.1"), Decimal("0.5"), Decimal(1)]), st.sampled_from(Rounding)),
    st.builds(Threshold, st.integers(0, 6).map(Decimal), st.booleans()),
)
reserved = st.builds(
    lambda free, small, tiny: Reserved(
        Top(free + small + tiny), (Reservation("size", "small", small), Reservation("size", "tiny", tiny))
    ),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 2),
)
inner = st.one_of(lines, reserved)
rules = st.one_of(
    inner,
    st.builds(Floor, st.integers(0, 6).map(Decimal), inner),
    st.builds(lambda one, other: Groups("field", (("x", one),), other), inner, inner),
)


@given(rules, fields(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing(rule, candidates, chance):
    outcome = apply(rule, candidates)
    assert apply(rule, chance.sample(candidates, len(candidates))) == outcome
    assert sorted(decision.key for decision in outcome.decided) == sorted(one.key for one in candidates)


@given(rules, fields())
def test_equal_candidates_fare_equally(rule, candidates):
    outcome = apply(rule, candidates)
    status = {decision.key: decision.status for decision in outcome.decided}
    kinds = {}
    for one in candidates:
        kinds.setdefault((one.score, one.labels["size"], one.labels["field"]), set()).add(status[one.key])
    assert all(len(found) == 1 for found in kinds.values())


@given(places, fields(scored=True))
def test_places_are_kept_and_a_better_score_is_never_behind(count, candidates):
    outcome = apply(Top(count), candidates)
    offered = sum(tie.places for tie in outcome.tied)
    vacant = sum(verdict["vacant"] for verdict in outcome.unmet)
    assert len(outcome.chosen) + offered + vacant == count
    assert all(0 < tie.places < len(tie.candidates) for tie in outcome.tied)
    order = {Status.IN: 0, Status.TIED: 1, Status.OUT: 2}
    ranks = [order[decision.status] for decision in outcome.decided]
    assert ranks == sorted(ranks)


def admitted(ordered, rule):
    """The plain walk down an order without equals: a reserved place if one is left, else a free one."""
    left = {one.value: one.places for one in rule.reservations}
    free = rule.inside.places - sum(left.values())
    chosen = set()
    for one in ordered:
        size = one.labels["size"]
        if left.get(size):
            left[size] -= 1
        elif free:
            free -= 1
        else:
            continue
        chosen.add(one.key)
    return chosen


@given(reserved, fields(most=5, scored=True))
@settings(max_examples=60, deadline=None)
def test_tied_is_exactly_what_depends_on_the_order_of_equals(rule, candidates):
    orders = [order for order in permutations(candidates) if all(a.score >= b.score for a, b in pairwise(order))]
    ways = [admitted(order, rule) for order in orders]
    outcome = apply(rule, candidates)
    assert set(outcome.chosen) == set.intersection(*ways)
    assert set(outcome.keys(Status.TIED)) == set.union(*ways) - set.intersection(*ways)
    assert {len(outcome.chosen) + sum(tie.places for tie in outcome.tied)} == {len(way) for way in ways}


@given(rules, fields(), st.data())
def test_people_can_settle_every_tie(rule, candidates, data):
    outcome = apply(rule, candidates)
    ahead = [key for tie in outcome.tied for key in data.draw(st.permutations(tie.candidates))[: tie.places]]
    if any(tie.reserved for tie in outcome.tied):
        return
    settled = apply(rule, candidates, preferred=ahead)
    assert settled.tied == ()
    assert set(settled.chosen) == set(outcome.chosen) | set(ahead)


limits = st.lists(
    st.builds(
        Limit,
        st.sampled_from([(), (("size", "small"),), (("size", "each"),), (("size", "each"), ("field", "x"))]),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=3,
)


@given(rules, limits, fields())
def test_what_is_decided_never_exceeds_a_cap(rule, bounds, candidates):
    caps = Caps(tuple(bounds))
    outcome = apply(Capped(rule, caps), candidates)
    chosen = [one for one in candidates if one.key in outcome.chosen]
    assert check_caps(chosen, caps) == ()
    exceeded = {key for verdict in outcome.unmet if verdict.code == "cap_exceeded" for key in verdict["candidates"]}
    assert set(outcome.keys(Status.CONTESTED)) == exceeded
    assert set(outcome.chosen) | exceeded == set(apply(rule, candidates).chosen)
