"""The published criteria of Wuhan, read from the shared folder."""

from collections import Counter

import pytest

from intake.conftest import INDENTED, JUSTIFIED, SPACED, accounted, contents_of, shared_seed, write_docx, write_pdf
from zhuoyue.intake import Furniture, IntakeError, NodeKind, counts, outline, read

EXPECTED = {
    "values": 9,
    "terms": 11,
    "notes": 5,
    "context_aspects": 4,
    "categories": 6,
    "process_items": 12,
    "process_aspects": 48,
    "results_items": 6,
}
ENGLISH = [
    "performance excellence",
    "business ecosystem",
    "mission",
    "vision",
    "values",
    "benchmarks",
    "workforce engagement",
    "integration",
    "risk",
    "intelligentrisks",
    "resilience",
]
INDICATORS = {"5.2.4": 8, "5.3.4": 9, "5.4.4": 15, "5.5.4": 17, "5.6.4": 11, "5.7.4": 10}


@pytest.fixture(scope="module")
def path():
    return shared_seed("004_*.txt")


@pytest.fixture(scope="module")
def draft(path):
    return outline(read(path))


@pytest.fixture(scope="module")
def nodes(draft):
    return {node.code: node for node in draft.walk()}


def test_counts(draft):
    assert counts(draft) == EXPECTED


def test_every_line_is_in_exactly_one_place_and_none_unplaced(draft):
    assert accounted(draft) == Counter(line.number for line in draft.document.lines)
    assert draft.unplaced == ()
    assert Counter(reason for _, reason in draft.furniture) == {
        Furniture.CONTENTS: 5,
        Furniture.TITLE: 1,
        Furniture.CAPTION: 1,
        Furniture.ATTACHMENT: 1,
    }


def test_every_term_has_its_english(nodes):
    assert [nodes[f"3.{number}"].english for number in range(1, 12)] == ENGLISH


def test_the_aspect_on_two_lines_is_whole(nodes):
    aspect = nodes["5.4.3a"]
    assert (aspect.title, len(aspect.lines)) == ("品牌策划", 2)
    assert aspect.text.endswith("全过程管理。")


def test_every_item_has_four_aspects(nodes):
    for node in nodes.values():
        if node.kind in {NodeKind.PROCESS_ITEM, NodeKind.CONTEXT}:
            assert [child.code[-1] for child in node.children] == ["a", "b", "c", "d"]


def test_suggested_indicators_stand_in_their_line(draft, nodes):
    results = {code: node for code, node in nodes.items() if node.kind == NodeKind.RESULTS_ITEM}
    assert {code: len(node.indicators) for code, node in results.items()} == INDICATORS
    for node in results.values():
        for indicator in node.indicators:
            (span,) = indicator.spans
            assert span.line in node.lines
            assert draft.document.line(span.line).text[span.start : span.end] == indicator.name
    assert "员工满意度及其细分结果" in {indicator.name for indicator in nodes["5.5.4"].indicators}
    assert "解决了哪些“卡脖子”技术难题" in {indicator.name for indicator in nodes["5.6.4"].indicators}


def test_as_word_document(path, draft, tmp_path):
    assert contents_of(outline(read(write_docx(path.read_text(encoding="utf-8"), tmp_path / "s.docx")))) == contents_of(
        draft
    )


@pytest.mark.parametrize("style", [SPACED, INDENTED, JUSTIFIED], ids=["spaced", "indented", "justified"])
def test_as_pdf(path, draft, tmp_path, style):
    from_pdf = outline(read(write_pdf(path.read_text(encoding="utf-8"), tmp_path / "s.pdf", style)))
    assert counts(from_pdf) == EXPECTED
    assert contents_of(from_pdf) == contents_of(draft)
    assert accounted(from_pdf) == Counter(line.number for line in from_pdf.document.lines)


@pytest.mark.parametrize("pattern", ["000_*.txt", "001_*.txt", "002_*.txt", "003_*.txt"])
def test_notices_are_refused(pattern):
    with pytest.raises(IntakeError) as refused:
        outline(read(shared_seed(pattern)))
    assert refused.value.code == "not_a_standard"
    assert refused.value.params["categories"] == 0
    assert "评价类目" in str(refused.value)
