import pytest

from zhuoyue.intake.clauses import Step, gather, step
from zhuoyue.intake.document import Document, Line
from zhuoyue.intake.draft import Unplaced
from zhuoyue.intake.markers import clause_head, is_caption, letter_head, note_head


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("5.4.3 品牌管理", "5.4.3", "品牌管理"),
        ("5.1组织环境", "5.1", "组织环境"),
        ("５．１　组织环境", "５．１", "组织环境"),
        ("1. 范围", "1", "范围"),
        ("A.1 评分", "A.1", "评分"),
        ("附录 B 说明", "附录B", "说明"),
        ("3.10", "3.10", ""),
    ],
)
def test_numbers_of_clauses(text, label, rest):
    head = clause_head(text)
    assert (head.label, text[head.rest :]) == (label.translate({0xFF0E: ".", 0xFF15: "5", 0xFF11: "1"}), rest)


@pytest.mark.parametrize("text", ["2018年", "100家企业", "1.123", "品牌", "（一）目的", "3.4.5.6.7.8 深"])
def test_numbers_that_are_no_clauses(text):
    assert clause_head(text) is None


@pytest.mark.parametrize(
    ("before", "code", "expected"),
    [
        ((), (1,), Step.NEXT),
        ((), (4, 1), Step.NEXT),
        ((), (30,), Step.NONE),
        ((5,), (5, 1), Step.NEXT),
        ((5,), (5, 2), Step.GAP),
        ((5,), (5, 9), Step.NONE),
        ((5,), (5,), Step.NONE),
        ((5, 1), (5, 2), Step.NEXT),
        ((5, 1, 4), (5, 2), Step.NEXT),
        ((5, 1, 4), (6,), Step.NEXT),
        ((5, 1), (5, 3), Step.GAP),
        ((5, 1), (5, 2, 1), Step.GAP),
        ((3, 9), (3, 95), Step.NONE),
        ((5, 2), (5, 1), Step.NONE),
        ((5, 2), (6, 9), Step.NONE),
        ((5, 7, 4), (100,), Step.NEXT),
        ((100, 2), (101,), Step.NEXT),
    ],
)
def test_how_numbers_follow(before, code, expected):
    assert step(before, code) == expected


def test_letters_and_notes():
    assert [letter_head(text)[0] for text in ("a)甲", "（b）乙", "c．丙", "d、丁")] == ["a", "b", "c", "d"]
    assert [letter_head(text) for text in ("e.g. this", "甲) 乙", "ab) 丙")] == [None, None, None]
    assert [note_head(text) for text in ("注：甲", "注 12: 乙", "注意：丙")] == [("", 2), ("12", 6), None]


def test_captions_are_short_and_no_sentences():
    assert is_caption("表 A.1  分值")
    assert is_caption("图2")
    assert not is_caption("图 1 所示的架构，包括三部分。")
    assert not is_caption("图书馆")


def gathered(text):
    rows = text.splitlines()
    return gather(Document("a.txt", "txt", tuple(Line(number, row) for number, row in enumerate(rows, 1))))


def labels(clauses):
    return [(clause.label, labels(clause.children)) for clause in clauses]


def test_a_heading_out_of_sequence_is_set_apart_with_its_text():
    found = gathered("5.1 甲\n正文。\n3.9 乙\na) 丙。\n其文。\n5.2 丁\n其文。")
    assert labels(found.roots) == [("5.1", []), ("5.2", [])]
    assert found.unplaced == dict.fromkeys((3, 4, 5), Unplaced.OUT_OF_SEQUENCE)


def test_a_quantity_at_the_start_of_a_line_is_text():
    found = gathered("5.1 甲\n增长了\n5.3倍，\n或 5.2\n2.5万元\n7.5 是多少。")
    assert labels(found.roots) == [("5.1", [])]
    assert found.roots[0].lines == [1, 2, 3, 4, 5, 6]


def test_a_lone_number_is_a_chapter_only_before_its_title():
    found = gathered("1 范围\n正文。\n2\n引用文件\n无。\n9\n3\na) 不是标题\n8\n")
    assert labels(found.roots) == [("1", []), ("2", [("a", [])])]
    assert found.unplaced == dict.fromkeys((6, 7, 9), Unplaced.STRAY_NUMBER)


def test_an_untitled_clause_keeps_its_sentence():
    found = gathered("4 要求\n4.1 组织应当自评，并保存记录。\n4.2组织应当改进，并保存记录。\n4.4 缺一")
    assert labels(found.roots) == [("4", [("4.1", []), ("4.4", [])])]
    assert found.roots[0].children[0].segments[0].text.startswith("组织应当")


def test_clauses_without_their_chapter_stand_alone():
    assert labels(gathered("4.1.2 甲\n4.1.3 乙\n4.2 丙\n4.2.1 丁").roots) == [
        ("4.1.2", []),
        ("4.1.3", []),
        ("4.2", [("4.2.1", [])]),
    ]


def test_letters_must_follow_each_other():
    found = gathered("5.1 甲\nb) 不是要点\na) 一\nc) 三\nz) 文中\nd、四\nf、文中\na) 又一")
    assert [child.label for child in found.roots[0].children] == ["a", "c", "d", "a"]


def test_points_and_notes_before_any_clause_are_front_matter():
    found = gathered("a) 甲\n注：乙\n1 范围\n文。")
    assert [line.number for line in found.front] == [1, 2]


def test_a_preface_has_no_number_and_the_introduction_holds_clause_zero():
    found = gathered("前言\n甲。\n引言\n0.1 乙\n1 范围\n前言\n丙。")
    assert labels(found.roots) == [("前言", []), ("引言", [("0.1", [])]), ("1", [])]


def test_text_after_the_attachments_is_listed():
    found = gathered("1 范围\n甲。\n附件：表.pdf\n扫一扫")
    assert found.unplaced == {4: Unplaced.AFTER_ATTACHMENT}
