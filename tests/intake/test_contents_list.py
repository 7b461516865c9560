from zhuoyue.intake.contents_list import contents_lines
from zhuoyue.intake.document import Line


def found(text):
    return sorted(contents_lines([Line(number, row) for number, row in enumerate(text.splitlines(), 1)]))


def test_entries_with_pages_end_the_list():
    assert found("目次\n\n1 范围 …… 1\n附录A\t9\n标准名称\n1 范围\n文。") == [1, 3, 4]


def test_entries_without_pages_end_where_one_comes_again():
    assert found("目 录\n一、甲\n二、乙\n甲标准\n一、甲\n文。") == [1, 2, 3, 4]


def test_a_list_without_repetition_ends_at_the_first_clause():
    assert found("目录\n甲部分\n乙部分\n1 范围\n这是正文。") == [1, 2, 3]
    assert found("目录\n甲部分\n引言\n这是正文。") == [1, 2]
    assert found("目录\n这是正文。") == [1]


def test_a_long_line_ends_the_search():
    assert found("目录\n1 范围……1\n" + "字" * 90 + "\n1 范围……1") == [1, 2]


def test_no_title_no_list():
    assert found("1 范围……1\n文。") == []
