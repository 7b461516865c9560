"""Passages of a dossier that an examiner marks, and the numbers by which comments name them."""

from decimal import Decimal

import pytest
from tests.review_cast import make_review

from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.judging.queries.marks import MOST_MARKS, Piece, circled, lost, marked, pieces, uncited
from zhuoyue.domain.outcomes.feedback import individual_comments
from zhuoyue.domain.review.actions import scoring

TEXT = "公司设首席质量官。现有防错点326个，其中自动拦截241个。"


def test_a_text_is_cut_where_passages_begin_and_end():
    assert pieces(TEXT, ["现有防错点326个", "首席质量官"]) == [
        Piece("公司设"),
        Piece("首席质量官", 2),
        Piece("。"),
        Piece("现有防错点326个", 1),
        Piece("，其中自动拦截241个。"),
    ]
    assert "".join(piece.text for piece in pieces(TEXT, ["防错点", "拦截", "没有"])) == TEXT


@pytest.mark.parametrize("passages", [[""], ["没有的话"], ["326个，其中", "现有防错点326个"]])
def test_what_is_empty_absent_or_crosses_another_is_left_as_text(passages):
    assert {piece.mark for piece in pieces(TEXT, passages)} <= {0, 1}


def test_a_passage_that_stands_nowhere_is_named():
    assert lost([TEXT, "另一段。"], ["首席质量官", "", "另一段", "首席执行官"]) == [4]


def test_places_stay_and_only_the_end_is_trimmed():
    assert marked([" 甲 ", "", "丙", "", " "]) == ["甲", "", "丙"]


def test_a_comment_for_other_readers_carries_no_numbers():
    assert uncited(f"防错以自动拦截为主{circled(2)}，并留痕　{circled(20)}。") == "防错以自动拦截为主，并留痕。"
    assert uncited("四年下降68%。") == "四年下降68%。"


@pytest.mark.django_db
class TestKept:
    @pytest.fixture
    def review(self):
        return make_review(experts=2)

    def save(self, review, marks, expected=0):
        judged = Judgement(Decimal(50), strengths=[f"有数据{circled(1)}。"], marks=marks, done=True)
        by = review.experts[0].person
        return scoring.save_item(by=by, book=review.book(), node=review.nodes[0], judgement=judged, expected=expected)

    def test_they_are_kept_with_the_item_and_a_freed_place_stays(self, review):
        item = self.save(review, ["甲", "乙", "丙"])
        assert self.save(review, ["甲", "", "丙"], item.version).marks == ["甲", "", "丙"]

    def test_more_than_there_are_numbers_is_refused_and_nothing_is_kept(self, review):
        with pytest.raises(ScoreRefusedError, match=str(MOST_MARKS)):
            self.save(review, ["甲"] * (MOST_MARKS + 1))
        assert not review.book().items.exists()

    def test_the_applicants_report_names_none(self, review):
        self.save(review, ["甲"])
        said = individual_comments(review.applications[0])[review.nodes[0].code]
        assert said["strengths"] == ["有数据。"]
