"""An examiner's own scorebook: what is kept, what is refused, and who sees it."""

from decimal import Decimal

import pytest
from tests.factories import person
from tests.review_cast import make_review

from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.judging.scales import Scales
from zhuoyue.domain.review.actions import scoring, stages
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import StageBook
from zhuoyue.domain.review.queries import scores
from zhuoyue.domain.review.rules import SEE_SCOREBOOK
from zhuoyue.engine.scoring import model_from_data
from zhuoyue.kernel import access
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError
from zhuoyue.packs.scoring_models import shipped_scoring_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return make_review(experts=2)


def save(review, place=0, by=None, expected=0, node=None, **said):
    judged = Judgement(**{"value": Decimal(55), "strengths": ["有数据。"], **said})
    book = review.book(place)
    by = by or review.experts[place].person
    return scoring.save_item(by=by, book=book, node=node or review.nodes[0], judgement=judged, expected=expected)


def test_the_first_save_makes_the_book_and_the_ledger_keeps_each_value(review):
    assert not StageBook.objects.exists()
    item = save(review)
    item = save(
        review,
        expected=item.version,
        value=Decimal(60),
        strengths=[" 有数据。 ", "", "展开到班组。"],
        gaps=["缺对标。"],
    )
    assert (item.value, item.version) == (Decimal(60), 2)
    assert item.strengths == ["有数据。", "展开到班组。"]
    assert list(ScoreEntry.objects.order_by("at").values_list("value", flat=True)) == [Decimal(55), Decimal(60)]
    save(review, expected=2, value=Decimal(60), gaps=["缺对标数据。"])
    assert ScoreEntry.objects.count() == 2, "words alone are no new value"


def test_an_empty_first_save_leaves_no_value_in_the_ledger(review):
    item = save(review, value=None)
    assert item.value is None
    assert not ScoreEntry.objects.exists()


def test_a_stale_save_shows_both_texts_and_writes_nothing(review):
    save(review, value=Decimal(55))
    save(review, expected=1, value=Decimal(60))
    with pytest.raises(StaleError) as stale:
        save(review, expected=1, value=Decimal(40))
    assert stale.value.differences["value"] == (Decimal(60), Decimal(40))
    assert ItemScore.objects.get().value == Decimal(60)


def test_the_same_text_from_a_stale_page_is_there_already(review):
    save(review, value=Decimal(55))
    item = save(review, expected=0, value=Decimal(55))
    assert item.version == 1
    assert ScoreEntry.objects.count() == 1


@pytest.mark.parametrize("value", ["52", "-5", "105", "55.5"])
def test_a_value_off_the_scale_is_refused_with_the_scale(review, value):
    with pytest.raises(ScoreRefusedError, match="5"):
        save(review, value=Decimal(value))
    assert not ItemScore.objects.exists()


def test_an_item_is_done_only_with_value_and_comment(review):
    with pytest.raises(ScoreRefusedError, match="分值"):
        save(review, value=None, done=True)
    with pytest.raises(ScoreRefusedError, match="优势或改进机会"):
        save(review, done=True, strengths=[])
    assert save(review, done=True, strengths=[], gaps=["缺对标。"]).done


def test_nobody_else_writes_into_a_book(review):
    for other in (review.member, review.by, person()):
        with pytest.raises(access.RefusedError) as refused:
            save(review, by=other)
        assert refused.value.hidden


def test_colleagues_see_a_book_only_once_consensus_is_open(review):
    review.score(0)
    review.score(1)
    book = review.book(0)
    assert access.allowed(SEE_SCOREBOOK, review.leader, book)
    assert not access.allowed(SEE_SCOREBOOK, review.member, book)
    review.move_on(StageKind.CONSENSUS)
    assert access.allowed(SEE_SCOREBOOK, review.member, review.book(0))
    assert not access.allowed(SEE_SCOREBOOK, person(), review.book(0))


def test_submission_names_what_is_missing(review):
    first, second, *rest = review.nodes
    review.score(nodes=rest)
    save(review, node=first, strengths=[])
    with pytest.raises(UnfinishedError) as unfinished:
        scoring.submit_book(by=review.leader, book=review.book())
    assert [(entry.node, entry.what) for entry in unfinished.value.missing] == [(first, "comment"), (second, "value")]
    save(review, node=first, expected=1)
    save(review, node=second)
    scoring.submit_book(by=review.leader, book=review.book())
    book = review.book()
    assert book.state == "submitted"
    assert book.submitted_at is not None


def test_a_book_without_a_save_can_name_all_that_is_missing(review):
    with pytest.raises(UnfinishedError) as unfinished:
        scoring.submit_book(by=review.leader, book=review.book())
    assert len(unfinished.value.missing) == len(review.nodes)


def test_a_submitted_book_takes_no_score_until_it_is_reopened(review):
    review.score()
    stale = review.book()
    scoring.submit_book(by=review.leader, book=review.book())
    with pytest.raises(access.RefusedError, match="已经提交"):
        scoring.save_item(
            by=review.leader, book=stale, node=review.nodes[0], judgement=Judgement(value=Decimal(10)), expected=1
        )
    with pytest.raises(MoveError):
        scoring.submit_book(by=review.leader, book=review.book())
    with pytest.raises(access.RefusedError):
        scoring.reopen_book(by=review.leader, book=review.book(), reason="想改")
    scoring.reopen_book(by=review.by, book=review.book(), reason="评语过简")
    assert save(review, expected=1, value=Decimal(10)).value == Decimal(10)


def test_a_closed_stage_takes_no_score(review):
    run = review.run()
    reasons = {review.applications[0].pk: "达到要求"}
    stages.set_outcomes(by=review.by, run=run, through=reasons, stopped={})
    stages.decide_stage(by=review.by, run=run)
    with pytest.raises(access.RefusedError, match="已经结束"):
        save(review)


def test_a_grade_must_be_one_of_the_model(review, monkeypatch):
    grades = model_from_data(shipped_scoring_models()["grades-four"].for_engine())
    monkeypatch.setattr(Scales, "model_of", lambda _scales, _kind: grades)
    fitting = grades.grades[1].value
    assert save(review, value=fitting).value == fitting
    with pytest.raises(ScoreRefusedError, match="等级"):
        save(review, expected=1, value=Decimal("77.5"))


def test_own_book_of_nobody_is_none(review):
    assert scores.own_book(review.applications[0].pk) is None


def test_a_save_is_at_most_eight_statements_below_the_page(review, django_assert_max_num_queries):
    save(review)
    book, node = review.book(), review.nodes[0]
    judged = Judgement(value=Decimal(60), strengths=["有数据。"])
    with django_assert_max_num_queries(8):
        scoring.save_item(by=review.leader, book=book, node=node, judgement=judged, expected=1)
    with django_assert_max_num_queries(8):
        scoring.save_item(by=review.leader, book=book, node=review.nodes[1], judgement=judged, expected=0)


def test_the_scoring_model_is_that_of_the_stage(review):
    assert scores.scales_of(review.run()).process == "process-results"
    assert scores.scales_of(review.run()).words_of("results").bands
    assert review.book().step == Step.INDIVIDUAL
