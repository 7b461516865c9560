"""The team's scorebooks: agreed by the leader with a reason, dissent by the member whose it is, history kept."""

from decimal import Decimal

import pytest
from tests.factories import person
from tests.review_cast import make_review

from zhuoyue.domain.experts.actions import declare_conflict
from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.judging.queries.books import items_by_node
from zhuoyue.domain.review.actions import scoring, visits
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.queries.scores import scorebook_by_id, spreads, team_book
from zhuoyue.domain.review.rules import AGREE, SEE_CONSENSUS, SEE_SCOREBOOK
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    review = make_review(experts=3)
    for place, value in enumerate((70, 60, 30)):
        review.score(place, value)
    review.move_on(StageKind.CONSENSUS)
    return review


def shared(review, kind=StageKind.CONSENSUS, step=Step.CONSENSUS):
    return team_book(review.entry(kind), step)


def agree(review, node=None, by=None, expected=0, value=60, reason="取中位数。"):
    return scoring.agree_item(
        by=by or review.leader,
        book=shared(review),
        node=node or review.nodes[0],
        judgement=Judgement(value=Decimal(value), reason=reason, done=True),
        expected=expected,
    )


def test_spreads_name_who_is_far_by_alias(review):
    spread = spreads(review.run(StageKind.CONSENSUS), review.applications[0])[0]
    assert (spread.range, spread.median, spread.must_discuss) == (40, 60, True)
    far = [voice.alias for voice in spread.voices if voice.far]
    assert far == [review.pair(2).alias]


def test_the_scores_of_whoever_is_barred_later_do_not_count(review):
    applicant = review.applications[0].organisation
    declare_conflict(by=review.experts[2].person, expert=review.experts[2], organisation=applicant, kind="kinship")
    spread = spreads(review.run(StageKind.CONSENSUS), review.applications[0])[0]
    assert {voice.value for voice in spread.voices} == {Decimal(70), Decimal(60)}


def test_the_leader_agrees_with_a_reason_and_the_ledger_keeps_each(review):
    with pytest.raises(ScoreRefusedError, match="理由"):
        agree(review, reason=" ")
    agree(review)
    agree(review, expected=1, value=55, reason="展开不足。")
    agree(review, expected=2, value=55, reason="展开不足，缺辅助过程。")
    kept = ScoreEntry.objects.filter(scorebook__step=Step.CONSENSUS).order_by("at")
    assert [(entry.value, entry.detail["reason"]) for entry in kept] == [
        (Decimal(60), "取中位数。"),
        (Decimal(55), "展开不足。"),
        (Decimal(55), "展开不足，缺辅助过程。"),
    ]
    assert AuditEvent.objects.filter(verb="review.item_agreed").count() == 3


def test_members_and_strangers_do_not_agree(review):
    with pytest.raises(access.RefusedError, match="组长"):
        agree(review, by=review.member)
    with pytest.raises(access.RefusedError) as refused:
        agree(review, by=person())
    assert refused.value.hidden
    assert not access.allowed(AGREE, review.leader, review.book(0)), "an own book is not the team's"


def test_consensus_is_closed_before_its_stage_opens():
    review = make_review(experts=1)
    assert not access.allowed(SEE_CONSENSUS, review.leader, review.entry())
    assert access.allowed(SEE_SCOREBOOK, review.leader, shared(review, StageKind.DOCUMENT_REVIEW))


def test_a_member_keeps_a_reservation_that_the_leader_cannot_overwrite(review):
    node = review.nodes[0]
    with pytest.raises(ScoreRefusedError, match="议定以后"):
        scoring.dissent(by=review.member, book=shared(review), node=node, text="展开不足。")
    agree(review)
    scoring.dissent(by=review.member, book=shared(review), node=node, text="展开不足。")
    scoring.dissent(by=review.experts[2].person, book=shared(review), node=node, text="学习不足。")
    scoring.dissent(by=review.member, book=shared(review), node=node, text=" 展开不应高于45%。 ")
    agree(review, expected=1, value=55)
    item = ItemScore.objects.get(scorebook__step=Step.CONSENSUS)
    assert {(entry["alias"], entry["text"]) for entry in item.dissent} == {
        (review.pair(1).alias, "展开不应高于45%。"),
        (review.pair(2).alias, "学习不足。"),
    }
    scoring.dissent(by=review.member, book=shared(review), node=node, text="")
    item.refresh_from_db()
    assert [entry["alias"] for entry in item.dissent] == [review.pair(2).alias]


def test_nobody_outside_the_team_dissents(review):
    agree(review)
    for other in (person(), review.by):
        with pytest.raises(access.RefusedError) as refused:
            scoring.dissent(by=other, book=shared(review), node=review.nodes[0], text="不同意。")
        assert refused.value.hidden


def test_only_the_leader_ends_consensus_and_only_when_all_is_agreed(review):
    for node in review.nodes[1:]:
        agree(review, node=node)
    with pytest.raises(access.RefusedError, match="组长"):
        scoring.submit_book(by=review.member, book=shared(review))
    with pytest.raises(UnfinishedError, match="1条"):
        scoring.submit_book(by=review.leader, book=shared(review))
    agree(review)
    scoring.submit_book(by=review.leader, book=shared(review))
    with pytest.raises(access.RefusedError, match="已经提交"):
        agree(review, expected=1, value=50)
    with pytest.raises(access.RefusedError, match="已经提交"):
        scoring.dissent(by=review.member, book=shared(review), node=review.nodes[0], text="不同意。")


@pytest.fixture
def visited(review):
    for node in review.nodes:
        agree(review, node=node)
    scoring.submit_book(by=review.leader, book=shared(review))
    review.move_on(StageKind.SITE_VISIT)
    return review


def test_a_visit_starts_from_the_agreed_scores_and_leaves_them(visited):
    entry = visited.entry(StageKind.SITE_VISIT)
    node = visited.nodes[0]
    judged = Judgement(value=Decimal(50), reason="现场只见一个厂区。", done=True)
    blank = Judgement(value=Decimal(50))
    with pytest.raises(ScoreRefusedError, match="理由"):
        scoring.agree_item(by=visited.leader, book=team_book(entry, Step.VISIT), node=node, judgement=blank, expected=0)
    assert items_by_node(team_book(entry, Step.VISIT)) == {}
    scoring.agree_item(by=visited.leader, book=team_book(entry, Step.VISIT), node=node, judgement=judged, expected=1)
    book = scorebook_by_id(visits.visit_book_for(entry=entry).pk)
    values = {item.node_id: item.value for item in items_by_node(book).values()}
    assert values[node.pk] == Decimal(50)
    assert len(values) == len(visited.nodes)
    assert items_by_node(shared(visited))[node.pk].value == Decimal(60)


def test_a_visit_without_change_can_be_ended(visited):
    book = team_book(visited.entry(StageKind.SITE_VISIT), Step.VISIT)
    scoring.submit_book(by=visited.leader, book=book)
    assert team_book(visited.entry(StageKind.SITE_VISIT), Step.VISIT).state == "submitted"
