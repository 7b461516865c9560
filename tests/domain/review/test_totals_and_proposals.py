"""Totals of a stage, what a cut rule makes of them, and the calibrated figures beside them."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.review_cast import make_review

from zhuoyue.domain.review.actions import scoring
from zhuoyue.domain.review.queries import calibrations, proposals, totals
from zhuoyue.domain.review.queries.progress import progress_of_examiners, progress_of_stages
from zhuoyue.engine import cuts


@pytest.fixture
def review(db):
    return make_review()


def _hand_in(review, values):
    for place, value in enumerate(values):
        review.score(place, value)
        scoring.submit_book(by=review.experts[place].person, book=review.book(place))


def test_without_scores_there_is_no_total(review):
    standing = totals.totals_of_stage(review.run())[0]
    assert (standing.step, standing.total, standing.value, standing.judged) == ("", None, None, ())


def test_a_scorebook_counts_once_it_is_handed_in(review):
    review.score(0, 40)
    assert totals.totals_of_stage(review.run())[0].total is None
    scoring.submit_book(by=review.experts[0].person, book=review.book(0))
    standing = totals.totals_of_stage(review.run())[0]
    assert standing.step == "individual"
    assert standing.value == Decimal(40)
    assert standing.total.value == Decimal(400)


def test_the_total_is_the_exact_mean(review):
    _hand_in(review, (40, 45, 60))
    standing = totals.totals_of_stage(review.run())[0]
    assert standing.total.explanation.exact * 3 == 1450
    assert [one.total.value for one in sorted(standing.judged, key=lambda one: one.name)] == [400, 450, 600]


def test_a_stage_without_a_rule_proposes_nothing(review):
    found = proposals.proposal_of(review.run(), totals.totals_of_stage(review.run()))
    assert (found.rule, found.outcome, found.decisions) == (None, None, {})


def _fake_rule(monkeypatch, data):
    monkeypatch.setattr(proposals, "cut_data", lambda *_: data)


def test_a_rule_proposes_with_reasons_and_leaves_the_unscored(review, monkeypatch):
    _fake_rule(monkeypatch, {"kind": "threshold", "at_least": Decimal(45)})
    waiting = proposals.proposal_of(review.run(), totals.totals_of_stage(review.run()))
    application = review.applications[0].pk
    assert waiting.decisions[application].status is cuts.Status.UNSCORED
    _hand_in(review, (40, 50, 60))
    found = proposals.proposal_of(review.run(), totals.totals_of_stage(review.run()))
    assert found.decisions[application].status is cuts.Status.IN
    assert found.decisions[application].reasons[0].code == "reaches_line"


def test_a_rule_that_asks_for_an_unknown_label_says_so(review, monkeypatch):
    rule = {"kind": "groups", "by": "colour", "rules": {"red": {"kind": "top", "places": 1}}}
    _fake_rule(monkeypatch, rule)
    found = proposals.proposal_of(review.run(), totals.totals_of_stage(review.run()))
    assert "colour" in found.fault
    assert found.decisions == {}


def test_progress_counts_what_is_done(review):
    review.score(0, nodes=review.nodes[:2])
    review.score(1, 50)
    scoring.submit_book(by=review.experts[1].person, book=review.book(1))
    found = {one.name: one for one in progress_of_examiners(review.run())}
    first, second, third = (found[expert.person.name] for expert in review.experts)
    items = len(review.nodes)
    assert (first.done, first.asked, first.submitted, first.not_started) == (2, items, 0, 0)
    assert (second.done, second.submitted, second.waiting) == (items, 1, 0)
    assert (third.done, third.not_started, third.last_at) == (0, 1, None)
    stage = progress_of_stages([review.run()])[review.run().pk]
    assert (stage.books, stage.submitted) == (3, 1)


# ---- calibration


def _standing(number, scores):
    judged = tuple(
        SimpleNamespace(expert_id=expert, name=f"专家{expert}", total=SimpleNamespace(percent=Decimal(value)))
        for expert, value in scores.items()
    )
    application = SimpleNamespace(number=f"A{number}")
    return SimpleNamespace(entry=SimpleNamespace(application=application), judged=judged)


QUALITY = (72, 66, 61, 58, 52, 47, 43, 38)
LENIENCY = {1: 6, 2: 0, 3: -6, 4: 1}
NOISE = (1, -1, 0, 2, -2, 1, 0, -1)


def _crossed():
    return [
        _standing(n, {e: q + lean + NOISE[(n + e) % 8] for e, lean in LENIENCY.items() if (n + e) % 4})
        for n, q in enumerate(QUALITY)
    ]


def test_leniency_is_told_and_taken_out():
    found = calibrations.calibration_of(_crossed(), cuts.Top(4), seed=1)
    assert not found.refused
    habits = {habit.name: habit.leniency for habit in found.habits}
    assert habits["专家1"] > 2
    assert habits["专家3"] < -2
    assert found.cut.places == 4
    assert [line.entry.application.number for line in found.lines][:2] == ["A0", "A1"]
    assert all(line.low <= line.adjusted <= line.high for line in found.lines)
    assert found.lines[0].sure > found.lines[-1].sure


def test_without_one_line_there_is_no_chance_to_state():
    found = calibrations.calibration_of(_crossed(), None, seed=1)
    assert found.cut is None
    assert all(line.sure is None for line in found.lines)


def test_too_few_scores_are_refused_with_reasons():
    found = calibrations.calibration_of([_standing(1, {1: 50})], None, seed=1)
    assert [reason.code for reason in found.refused] == ["too_few_applications", "too_few_examiners"]
    assert (found.lines, found.habits) == ((), ())


@pytest.mark.parametrize(
    ("rule", "places", "least"),
    [
        (cuts.Top(3), 3, None),
        (cuts.Top(9), None, None),
        (cuts.Threshold(Decimal(50)), None, 50.0),
        (cuts.Floor(Decimal(45), cuts.Top(3)), 3, None),
        (cuts.Floor(Decimal(45), cuts.Top(9)), None, 45.0),
        (cuts.Capped(cuts.Threshold(Decimal(50)), cuts.Caps(())), None, 50.0),
        (cuts.Reserved(cuts.Top(2), ()), 2, None),
        (cuts.Share(Decimal("0.5"), cuts.Rounding.UP), None, None),
        (None, None, None),
    ],
)
def test_the_line_of_a_rule(rule, places, least):
    cut = calibrations.cut_line(rule, 8)
    assert (cut.places if cut else None, cut.least if cut else None) == (places, least)
