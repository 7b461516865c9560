from decimal import Decimal

import pytest
from pydantic import ValidationError

from intake.conftest import SMALL_STANDARD, document_of
from zhuoyue.intake import Imprint, edition_of, outline
from zhuoyue.packs.standards import load_standard, write_standard

IMPRINT = Imprint(key="small", edition="试行", source="测试")


@pytest.fixture(scope="module")
def draft():
    return outline(document_of(SMALL_STANDARD))


def test_the_parts_of_an_edition_come_out_of_their_chapters(draft):
    edition = edition_of(draft, IMPRINT)
    assert [(node.code, node.kind) for node in edition.nodes] == [
        ("0.2.1", "value"),
        ("0.2.2", "value"),
        ("2.1", "term"),
        ("2.2", "term"),
        ("2.3", "term"),
        ("3 注", "note"),
        ("3 注2", "note"),
        ("4.1", "context"),
        ("4.2", "category"),
        ("4.3", "category"),
    ]
    assert edition.title == "示例城市质量奖评审标准（试行）"
    assert edition.nodes[3].title_en == "resilience and grit"
    assert [edition.nodes[5].title, edition.nodes[6].title] == ["注", "注2"]


def test_the_overview_becomes_the_prompt_of_its_category(draft):
    category = edition_of(draft, IMPRINT).nodes[8]
    assert category.prompt == "本条看带头的作用。"
    assert [(item.code, item.kind, item.points) for item in category.children] == [
        ("4.2.2", "process", Decimal(70)),
        ("4.2.3", "results", Decimal(50)),
    ]
    assert category.children[1].indicators[0] == "利润率"


def test_points_are_added_up_where_the_document_states_them(draft):
    assert edition_of(draft, IMPRINT).points_total == Decimal(120)
    without = outline(document_of(SMALL_STANDARD.replace("分）", "）")))
    edition = edition_of(without, IMPRINT)
    assert edition.points_total is None
    assert load_standard(write_standard(edition)).standard == edition


def test_values_and_terms_take_in_what_stands_below_them():
    text = SMALL_STANDARD.replace("示例组织看得远。", "示例组织看得远。\n0.2.2.1 十年\n看十年。\na) 不止：看百年。")
    value = edition_of(outline(document_of(text)), IMPRINT).nodes[1]
    assert (value.prompt, value.children) == ("示例组织看得远。\n十年：看十年。\n不止：看百年。", ())


def test_an_overview_of_all_requirements_stays_behind():
    context = "4.1 组织环境\n说明背景。\n(a) 概况：规模和人员。\n(b) 竞争：对手和市场。"
    text = SMALL_STANDARD.replace(context, "4.1 总则\n略。")
    assert "4.1" not in {node.code for node in edition_of(outline(document_of(text)), IMPRINT).walk()}


def test_clauses_inside_an_item_become_aspects():
    text = SMALL_STANDARD.replace("b）沟通：双向沟通。", "4.2.2.1 组织应当沟通，并记录。\na) 线上\n4.2.2.2\n注：略")
    item = edition_of(outline(document_of(text)), IMPRINT).nodes[8].children[0]
    assert [(node.code, node.kind, node.title) for node in item.walk()][2:5] == [
        ("4.2.2.1", "aspect", "组织应当沟通，并记录。"),
        ("4.2.2.1a", "aspect", "线上"),
        ("4.2.2.2", "aspect", "4.2.2.2"),
    ]


def test_the_imprint_is_a_persons_word(draft):
    imprint = Imprint("small", "1", "s", code="X 1", title="另名", issuer="某局", verified_by="某人")
    edition = edition_of(draft, imprint)
    assert (edition.code, edition.title, edition.issuer, edition.verified_by) == ("X 1", "另名", "某局", "某人")
    with pytest.raises(ValidationError):
        edition_of(draft, Imprint("Not A Key", "1", "s"))


def test_a_document_without_a_title_lends_its_name():
    text = SMALL_STANDARD.replace("示例城市质量奖评审标准（试行）\n", "")
    assert edition_of(outline(document_of(text)), IMPRINT).title == "a.txt"
