"""What applicants learn, and the file from which a result can be worked out again."""

import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.factories import moment, person
from tests.jury_cast import make_jury
from tests.review_cast import make_review

from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.outcomes import actions, queries
from zhuoyue.domain.outcomes.actions import OutcomeError
from zhuoyue.domain.outcomes.bundle import bundle_of
from zhuoyue.domain.outcomes.feedback import content_for, individual_comments, position_words
from zhuoyue.domain.outcomes.models import FeedbackReport
from zhuoyue.domain.outcomes.rules import READ_FEEDBACK
from zhuoyue.domain.review.actions.scoring import save_item
from zhuoyue.domain.review.models import Decision, Recusal
from zhuoyue.domain.review.queries.stages import scored_nodes
from zhuoyue.engine import scoring
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.access import RefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


def test_no_report_before_the_announcement(cast):
    cast.on_notice()
    with pytest.raises(OutcomeError, match="公布以后"):
        actions.release_feedback(by=cast.by, category=cast.stage.category)
    with pytest.raises(RefusedError):
        actions.release_feedback(by=cast.auditor, category=cast.stage.category)


def test_every_reviewed_applicant_gets_one_report(cast):
    cast.announced()
    assert FeedbackReport.objects.count() == 2
    assert actions.release_feedback(by=cast.by, category=cast.stage.category) == 0
    FeedbackReport.objects.get(application=cast.applications[1]).delete()
    actions.release_feedback(by=cast.by, category=cast.stage.category)
    content = FeedbackReport.objects.get(application=cast.applications[1]).content
    assert content["position"] == {}, "of two, a quarter says who is ahead"
    assert content["items"][0]["strengths"] == ["目标分解到班组。"]
    assert queries.reports_of(cast.stage.category) == {"released": 2, "read": 0}


def test_only_the_applicant_reads_it_and_the_first_time_counts(cast):
    cast.announced()
    report = queries.feedback_by_id(FeedbackReport.objects.get(application=cast.applications[0]).pk)
    owner = report.application.organisation.memberships.first().person
    for who in (person(), cast.by, cast.chair):
        with pytest.raises(RefusedError):
            actions.note_feedback_read(by=who, report=report)
    actions.note_feedback_read(by=owner, report=report)
    first = FeedbackReport.objects.get(pk=report.pk).first_read_at
    actions.note_feedback_read(by=owner, report=report)
    assert FeedbackReport.objects.get(pk=report.pk).first_read_at == first
    assert list(queries.feedback_for_user(owner)) == [report]
    assert not access.allowed(READ_FEEDBACK, owner, None)


def test_a_report_without_agreed_scores_has_no_total(cast):
    ItemScore.objects.all().delete()
    content = content_for(cast.applications[0], [])
    assert (content["total"], content["position"]) == ("", {})


@pytest.mark.parametrize(("own", "quarter"), [(90, 1), (88, 1), (80, 2), (70, 3), (60, 4), (55, 4)])
def test_the_quarter_of_the_cohort(own, quarter):
    assert position_words(own, [90, 88, 80, 78, 70, 68, 60, 55]) == {"quarter": quarter, "judged": 8}


def test_a_small_cohort_tells_no_place():
    assert position_words(90, [90, 88, 80, 78, 70, 68, 60]) == {}


def test_no_order_of_comments_tells_who_wrote_them():
    """Two examiners write eight comments each on every item: they stand mixed, and the same at each reading."""
    clock.stand_at(moment("2021-09-14T09:00"))
    review = make_review(experts=2)
    for place in (0, 1):
        for node in review.nodes:
            said = [f"{place}：{node.code}第{n}条" for n in range(8)]
            judged = Judgement(Decimal(50), strengths=said, gaps=said, done=True)
            by, book = review.experts[place].person, review.book(place)
            save_item(by=by, book=book, node=node, judgement=judged, expected=0)
    found = individual_comments(review.applications[0])
    orders = [
        "".join(words[0] for words in found[node.code][kind]) for node in review.nodes for kind in found[node.code]
    ]
    assert {sorted(order) == sorted("0" * 8 + "1" * 8) for order in orders} == {True}
    assert set(orders) - {"0" * 8 + "1" * 8, "1" * 8 + "0" * 8}
    assert individual_comments(review.applications[0]) == found


def test_each_total_and_decision_can_be_worked_out_from_the_bundle(cast):
    cast.announced()
    bundle = json.loads(json.dumps(bundle_of(cast.stage.category)))
    assert bundle["rules"]["digest"] == cast.stage.cycle.rules.digest
    totals = {}
    for application in bundle["applications"]:
        for book in (*application["scores"], application["agreed"]):
            explained = scoring.explanation_from_data(book["total"]["explanation"])
            scoring.replay(explained)
            assert Fraction(book["total"]["value"]) == explained.exact
        totals[application["number"]] = application["agreed"]["total"]["value"]
    counts = {count["application"]: count for count in bundle["ballot"]["counts"]}
    assert {decision["application"]: decision["total"] for decision in bundle["decisions"]} == totals
    for decision in bundle["decisions"]:
        count = counts[decision["application"]]
        assert bool(decision["tier"]) == (count["for"] >= count["needed"])
    assert bundle["ballot"]["electorate"] == 5
    assert [(entry["number"], len(entry["entries"])) for entry in bundle["lists"]] == [(1, 2)]


def test_values_alone_give_the_totals_again(cast):
    """Without the explanation: points and values of the bundle, and plain sums."""
    bundle = bundle_of(cast.stage.category)
    points = {item["code"]: Fraction(item["points"]) for item in bundle["standard"]["items"]}
    for application in bundle["applications"]:
        values = application["agreed"]["values"]
        own = sum(Fraction(values[code]) * points[code] / 100 for code in points)
        assert own == Fraction(application["agreed"]["total"]["value"])


def test_the_bundle_names_no_member_of_the_jury(cast):
    cast.announced()
    text = json.dumps(bundle_of(cast.stage.category), ensure_ascii=False)
    assert not re.search(r"T\d\d:\d\d", json.dumps(bundle_of(cast.stage.category)["applications"]))
    for who in cast.members:
        assert who.name not in text
        assert str(who.pk) not in text
    assert not Recusal.objects.exists()


def test_a_bundle_before_the_ballot_has_no_counts(cast):
    assert bundle_of(cast.stage.category)["ballot"]["counts"] == []
    other = cast.stage.cycle.categories.exclude(key="organisation").first()
    assert bundle_of(other)["applications"] == []
    assert not Decision.objects.exists()
    assert scored_nodes(other) == []
