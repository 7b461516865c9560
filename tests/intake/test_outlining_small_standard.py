from collections import Counter
from decimal import Decimal

import pytest

from intake.conftest import (
    INDENTED,
    JUSTIFIED,
    SMALL_COUNTS,
    SMALL_STANDARD,
    SPACED,
    accounted,
    contents_of,
    write_docx,
    write_pdf,
)
from zhuoyue.intake import Furniture, NodeKind, counts, outline, read, to_json


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "small.txt"
    path.write_text(SMALL_STANDARD, encoding="utf-8")
    return outline(read(path))


@pytest.fixture
def nodes(draft):
    return {node.code: node for node in draft.walk()}


def test_counts_are_those_of_the_text(draft):
    assert counts(draft) == SMALL_COUNTS


def test_every_line_is_in_exactly_one_place(draft):
    assert accounted(draft) == Counter(line.number for line in draft.document.lines)
    assert draft.unplaced == ()


def test_title_contents_caption_and_attachment_are_furniture_with_a_reason(draft):
    texts = {draft.document.line(number).text: reason for number, reason in draft.furniture}
    assert texts["示例城市质量奖评审标准（试行）"] == Furniture.TITLE
    assert texts["图1 示例框架"] == Furniture.CAPTION
    assert texts["附件：示例城市质量奖评审标准.pdf"] == Furniture.ATTACHMENT
    assert Counter(reason for _, reason in draft.furniture)[Furniture.CONTENTS] == 6
    assert draft.title == "示例城市质量奖评审标准（试行）"


def test_terms_have_name_english_and_definition_however_they_are_broken_into_lines(nodes):
    terms = [(node.title, node.english, node.text) for node in nodes.values() if node.kind == NodeKind.TERM]
    assert terms == [
        ("示例", "sample", "用来说明的东西，例如2.5倍大的样本。"),
        ("韧劲", "resilience and grit", "遇到困难仍能坚持。"),
        ("标高", "bench marks", "由甲方确定的数值（valueadded）。"),
    ]


def test_number_and_title_on_separate_lines_make_one_clause(nodes):
    assert (nodes["4.3.1"].kind, nodes["4.3.1"].title) == (NodeKind.OVERVIEW, "概述")
    assert (nodes["4.3.2"].kind, nodes["4.3.2"].title) == (NodeKind.PROCESS_ITEM, "过程设计")
    assert len(nodes["4.3.2"].lines) == 2


def test_an_aspect_goes_on_in_the_next_line(nodes):
    aspect = nodes["4.2.2a"]
    assert (aspect.kind, aspect.title, aspect.text) == (NodeKind.ASPECT, "愿景", "写出愿景，并讲给所有人听。")
    assert len(aspect.lines) == 2


def test_brackets_may_be_double_or_full_width_or_a_dot(nodes):
    assert [nodes[code].title for code in ("5.1a",) if code in nodes] == []
    assert [nodes[code].title for code in ("4.1a", "4.1b", "4.2.2b", "4.3.2a")] == ["概况", "竞争", "沟通", "设计"]


def test_points_in_titles_are_read(nodes):
    assert (nodes["4.2"].title, nodes["4.2"].points) == ("带头", Decimal(120))
    assert [nodes[code].points for code in ("4.2.2", "4.2.3", "4.3")] == [Decimal(70), Decimal(50), None]


def test_notes_belong_to_their_clause(nodes):
    assert [node.code for node in nodes.values() if node.kind == NodeKind.NOTE] == ["3 注", "3 注2", "4.2.2 注3"]


def test_indicators_keep_their_place_even_across_a_line_break(draft, nodes):
    found = nodes["4.2.3"].indicators
    assert [indicator.name for indicator in found] == ["利润率", "纳税额", "培训时长", "其他指标"]
    assert len(found[2].spans) == 2
    for indicator in [*found, *nodes["4.3.3"].indicators]:
        pieces = [draft.document.line(span.line).text[span.start : span.end] for span in indicator.spans]
        assert "".join(pieces) == indicator.name
    assert [indicator.name for indicator in nodes["4.3.3"].indicators] == ["一次合格率", "准时交付率", "返工率"]


def test_an_appendix_follows_the_last_chapter(nodes):
    assert nodes["附录A"].children[0].code == "A.1"
    assert nodes["附录A"].children[0].text == "按条目评分。"


def test_each_line_leads_to_its_node(draft, nodes):
    of_line = draft.node_of_line()
    assert all(of_line[line] is node for node in nodes.values() for line in node.lines)


def test_json_holds_the_tree_the_counts_and_all_lines(draft):
    data = to_json(draft)
    assert data["counts"] == SMALL_COUNTS
    assert len(data["lines"]) == len(draft.document.lines)
    requirements = next(node for node in data["nodes"] if node["code"] == "4")
    leading = next(node for node in requirements["children"] if node["code"] == "4.2")
    assert (leading["kind"], leading["points"], leading["children"][2]["indicators"][0]["name"]) == (
        "category",
        "120",
        "利润率",
    )
    assert {row["reason"] for row in data["furniture"]} == {"contents", "title", "caption", "attachment"}


def test_the_same_text_as_word_document_gives_the_same_draft(draft, tmp_path):
    from_docx = outline(read(write_docx(SMALL_STANDARD, tmp_path / "small.docx")))
    assert contents_of(from_docx) == contents_of(draft)
    assert accounted(from_docx) == Counter(line.number for line in from_docx.document.lines)


@pytest.mark.parametrize("style", [SPACED, INDENTED, JUSTIFIED], ids=["spaced", "indented", "justified"])
def test_the_same_text_as_pdf_gives_the_same_draft(draft, tmp_path, style):
    from_pdf = outline(read(write_pdf(SMALL_STANDARD, tmp_path / "small.pdf", style)))
    assert contents_of(from_pdf) == contents_of(draft)
    assert accounted(from_pdf) == Counter(line.number for line in from_pdf.document.lines)
    assert from_pdf.unplaced == ()
    reasons = Counter(reason for _, reason in from_pdf.furniture)
    assert reasons[Furniture.PAGE_NUMBER] == reasons[Furniture.RUNNING_HEAD] == from_pdf.document.pages
