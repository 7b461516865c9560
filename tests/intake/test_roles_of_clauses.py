import pytest

from intake.conftest import document_of
from zhuoyue.intake import IntakeError, NodeKind, Unplaced, counts, outline

TWO = "4.2 过程\n4.2.1 做法\na) 甲。\n4.3 成绩\n4.3.1 过程的结果\n文。\n"


def kinds(text):
    return {node.code: node.kind for node in outline(document_of(text)).walk()}


def test_categories_may_be_the_chapters_themselves():
    found = kinds(
        "1 领导\n1.1 高层领导\na) 甲。\n1.2 治理\na) 乙。\n2 结果\n2.1 概述\n文。\n2.2 顾客\n文。\n2.3 财务结果\n文。"
    )
    assert found == {
        "1": NodeKind.CATEGORY,
        "1.1": NodeKind.PROCESS_ITEM,
        "1.1a": NodeKind.ASPECT,
        "1.2": NodeKind.PROCESS_ITEM,
        "1.2a": NodeKind.ASPECT,
        "2": NodeKind.CATEGORY,
        "2.1": NodeKind.OVERVIEW,
        "2.2": NodeKind.RESULTS_ITEM,
        "2.3": NodeKind.RESULTS_ITEM,
    }


def test_values_may_be_lettered_and_their_notes_stay_notes():
    found = kinds("0.1 基本理念\na) 甲：一。\nb) 乙：二。\n注：丙。\n1 范围\n文。\n4 评价要求\n" + TWO)
    assert [found[code] for code in ("0.1a", "0.1b", "0.1 注")] == [NodeKind.VALUE, NodeKind.VALUE, NodeKind.NOTE]


def test_points_of_an_ordinary_clause_are_plain():
    found = kinds("1 范围\na) 甲。\n4 评价要求\n" + TWO)
    assert (found["1"], found["1a"]) == (NodeKind.CLAUSE, NodeKind.CLAUSE)


def test_a_clause_with_letters_before_the_categories_is_context_and_after_them_an_item():
    found = kinds("4 评价要求\n4.1 起点\na) 甲。\n" + TWO + "4.4 加分\na) 乙。\n4.5 背景\na) 丙。\n")
    assert [found[code] for code in ("4.1", "4.1a", "4.4", "4.4a", "4.5")] == [
        NodeKind.CONTEXT,
        NodeKind.ASPECT,
        NodeKind.PROCESS_ITEM,
        NodeKind.ASPECT,
        NodeKind.CONTEXT,
    ]


def test_overviews_and_results_may_stand_beside_the_categories():
    found = kinds("4 评价要求\n4.1 总则\n文。\n" + TWO + "4.4 综合结果\n文。\n4.5 其他\n文。\n")
    assert [found[code] for code in ("4.1", "4.4", "4.5")] == [
        NodeKind.OVERVIEW,
        NodeKind.RESULTS_ITEM,
        NodeKind.CLAUSE,
    ]


def test_a_chapter_of_values_among_the_requirements_is_left_to_itself():
    found = kinds("4 评价要求\n4.1 核心价值观\na) 甲。\n" + TWO)
    assert (found["4.1"], found["4.2"]) == (NodeKind.CLAUSE, NodeKind.CATEGORY)


def test_notes_between_categories_are_notes():
    found = kinds("4 评价要求\n注：甲。\n" + TWO)
    assert found["4 注"] == NodeKind.NOTE


def test_the_place_with_most_categories_is_taken():
    other = "3 方法\n3.1 一\n3.1.1 步骤\na) 甲。\n3.2 二\n3.2.1 步骤\na) 乙。\n"
    found = kinds(other + "4 评价要求\n" + TWO)
    assert (found["3.1"], found["4.2"]) == (NodeKind.CLAUSE, NodeKind.CATEGORY)
    more = TWO + "4.4 三\n4.4.1 步骤\na) 丙。\n"
    assert kinds(other + "4 做法\n" + more)["4.2"] == NodeKind.CATEGORY


def test_codes_stay_unique_when_letters_begin_again():
    found = kinds("4 评价要求\n" + TWO + "4.4 二\n4.4.1 做法\na) 甲。\nb) 乙。\na) 丙。\n注：丁。\n注：戊。\n")
    assert {"4.4.1a", "4.4.1b", "4.4.1a~2", "4.4.1 注", "4.4.1 注~2"} <= set(found)


def test_an_aspect_without_a_title_keeps_its_sentence():
    draft = outline(document_of("4 评价要求\n" + TWO.replace("甲。", "组织应当自评，并改进：每年一次。")))
    node = next(node for node in draft.walk() if node.code == "4.2.1a")
    assert (node.title, node.text) == ("", "组织应当自评，并改进：每年一次。")


def test_front_matter_is_listed_and_the_title_may_come_twice():
    draft = outline(document_of("ICS 03.120\n某市评审 标准\n2024 发布\n某市评审标准\n4 评价要求\n" + TWO))
    assert draft.title == "某市评审标准"
    assert draft.unplaced == ((1, Unplaced.FRONT_MATTER), (3, Unplaced.FRONT_MATTER))
    assert outline(document_of("说明如下。\n4 评价要求\n" + TWO)).title == ""


@pytest.mark.parametrize(
    "text",
    ["一段普通文字。", "1 范围\n文。\n2 引用\n文。", "4 要求\n4.1 尺寸\n4.1.1 长\na) 甲。\nb) 乙。"],
)
def test_what_is_no_standard_is_refused_with_what_was_found(text):
    with pytest.raises(IntakeError) as refused:
        outline(document_of(text))
    error = refused.value
    assert error.code == "not_a_standard"
    assert set(error.params) == {"name", "clauses", "letters", "categories"}
    assert "numbered clauses" in error.sentence("en")


def test_counts_hold_eight_figures():
    assert list(counts(outline(document_of("4 评价要求\n" + TWO))).values()) == [0, 0, 0, 0, 2, 1, 1, 1]
