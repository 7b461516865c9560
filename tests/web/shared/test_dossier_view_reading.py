"""A snapshot, read: every section in order, answers in words, series judged, files linked."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from tests.factories import pack_text

from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.programmes.models import RulesVersion
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.packs.programmes.schema.forms import Form
from zhuoyue.web.shared.dossier.reading import Reader, content_view
from zhuoyue.web.shared.dossier.shown import anchor_of
from zhuoyue.web.shared.indicator_words import series_view

TITLES = {"4.1.2": ("高层领导的作用", "Role of senior leaders"), "4.7.2": ("产品和服务结果", "Product results")}
FILE = "5f0c1e0e-4f2f-4c34-9b5d-1f2f3a4b5c6d"


def text(zh, en):
    return {"zh": zh, "en": en}


FORM = Form.model_validate(
    {
        "key": "application",
        "title": text("申报表", "Application"),
        "form_of": "application",
        "parts": (
            {
                "key": "profile",
                "kind": "profile",
                "title": text("基本情况", "Profile"),
                "fields": (
                    {"key": "name", "title": text("名称", "Name"), "type": "text"},
                    {"key": "staff", "title": text("人数", "Staff"), "type": "integer", "unit": text("人", "people")},
                    {
                        "key": "field",
                        "title": text("领域", "Field"),
                        "type": "choices",
                        "choices_from": "focus_industries",
                    },
                    {"key": "listed", "title": text("是否上市", "Listed"), "type": "boolean"},
                ),
            },
            {
                "key": "context",
                "kind": "context",
                "title": text("概述", "Context"),
                "items": ({"key": "environment", "title": text("环境", "Environment"), "limit": 100},),
            },
            {
                "key": "narrative",
                "kind": "narrative",
                "title": text("自评报告", "Report"),
                "items": ({"node": "4.1.2", "limit": 50}, {"node": "4.7.2", "limit": 60}),
            },
            {
                "key": "winners",
                "kind": "table",
                "title": text("获奖", "Honours"),
                "columns": ({"key": "what", "title": text("奖项", "Award"), "type": "text"},),
            },
            {
                "key": "indicators",
                "kind": "indicators",
                "title": text("指标", "Indicators"),
                "nodes": ("4.7.2",),
                "years_at_least": 3,
            },
            {
                "key": "evidence",
                "kind": "evidence",
                "title": text("材料", "Papers"),
                "files": (
                    {"key": "licence", "title": text("执照", "Licence"), "types": ("pdf",), "max_megabytes": "10"},
                ),
            },
            {
                "key": "statement",
                "kind": "statement",
                "title": text("承诺", "Statement"),
                "statements": ({"key": "truth", "title": text("真实", "True")},),
            },
        ),
    }
)
POINTS = [
    {"year": 2020, "value": "98.5", "target": "98", "competitor": "99", "benchmark": ""},
    {"year": 2018, "value": "95", "target": "", "competitor": "94", "benchmark": ""},
    {"year": 2019, "value": "97", "target": "", "competitor": "", "benchmark": ""},
]
CONTENT = {
    "form": "",
    "edition": "gbt",
    "answers": {
        "profile": {"name": "甲公司", "staff": "320", "field": ["transport", "medical-care"], "listed": "no"},
        "context": {"environment": "环境<b>\n\n第二段"},
        "narrative/4.1.2": {"text": "高层领导每季度评审。"},
        "winners": {"rows": [{"what": "质量奖"}]},
        "statement": {"truth": "yes"},
    },
    "indicators": [
        {
            "node": "4.7.2",
            "name": "合格率",
            "unit": "%",
            "direction": "higher_better",
            "points": POINTS,
            "source": "质量月报",
        }
    ],
    "evidence": [
        {
            "part": "evidence",
            "slot": "licence",
            "title": "营业执照",
            "file": FILE,
            "name": "执照.pdf",
            "size": 2048,
            "digest": "d" * 64,
        }
    ],
}


@pytest.fixture
def rules():
    return rules_of(RulesVersion(text=pack_text(), digest="dossier-view"))


def reader(rules, mask=None):
    return Reader(file_url=lambda file: f"/files/{file}/", mask=mask, options=options_of(rules))


@pytest.fixture
def view(rules):
    return content_view(CONTENT, FORM, TITLES, reader=reader(rules))


def test_sections_stand_in_the_order_of_the_form(view):
    assert [part.title for part in view.parts] == ["基本情况", "概述", "自评报告", "获奖", "指标", "材料", "承诺"]
    assert [section.title for section in view.parts[2].sections] == ["4.1.2 高层领导的作用", "4.7.2 产品和服务结果"]
    assert view.parts[0].sections[0].is_alone
    assert not view.parts[2].sections[0].is_alone


def test_answers_are_said_in_words(view):
    rows = {row.label: row.text for row in view.sections[0].rows}
    assert rows == {"名称": "甲公司", "人数": "320人", "领域": "交通运输、医疗养护", "是否上市": "否"}
    assert view.parts[3].sections[0].cells == (("质量奖",),)
    assert view.parts[6].sections[0].rows[0].text == "已确认"


def test_what_was_written_on_one_item_is_found_by_its_code(view):
    assert view.of_node("4.1.2").texts[0].rows[0].text == "高层领导每季度评审。"
    assert view.of_node("4.1.2").series == ()
    assert [series.name for series in view.of_node("4.7.2").series] == ["合格率"]


def test_files_are_linked_through_the_readers_own_face(view):
    files = view.parts[5].sections[0].files
    assert [(file.slot, file.title, file.url) for file in files] == [("执照", "营业执照", f"/files/{FILE}/")]


def test_the_page_escapes_what_was_typed_and_says_what_is_empty(view):
    page = render_to_string("shared/dossier/contents.html", {"view": view})
    assert "环境&lt;b&gt;" in page
    assert "<b>\n" not in page
    assert "没有填写" in page  # the narrative of 4.7.2
    assert f'href="/files/{FILE}/"' in page
    assert 'id="s-narrative-4-1-2"' in page
    assert anchor_of("narrative/4.1.2") == "s-narrative-4-1-2"


def test_another_language_reads_the_same_snapshot(rules):
    with override("en"):
        view = content_view(CONTENT, FORM, TITLES, reader=reader(rules))
    rows = [row.text for row in view.sections[0].rows]
    assert rows[1] == "320 people"
    assert rows[2].startswith("Transport")
    assert view.parts[2].sections[0].title == "4.1.2 Role of senior leaders"


def test_a_series_is_judged_in_words():
    words = series_view(CONTENT["indicators"][0]).words
    assert words == (
        "2020年为98.5，达到目标98。",
        "2018—2020年逐年改善。",
        "2020年不及竞争对手（99）。",
        "2020年起落后。",
    )


def test_a_series_knows_its_years_in_order_and_its_bounds():
    view = series_view(CONTENT["indicators"][0])
    assert [row[0] for row in view.rows] == ["2018", "2019", "2020"]
    assert str(view.chart.target) == "98"
    assert view.chart.benchmark is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"points": []}, "还没有填写数据。"),
        ({"points": [{"year": 2020, "value": "9"}]}, "2020年为9，没有填目标值。"),
        ({"points": [{"year": 2020, "value": "约九成", "target": "9"}]}, "还没有填写数据。"),
        ({"direction": "target_best"}, "以接近目标为好的指标，每个有数据的年份都要填目标值。"),
        (
            {"direction": "lower_better", "points": [{"year": 2018, "value": "3"}, {"year": 2020, "value": "1"}]},
            "缺2019年数据。",
        ),
    ],
)
def test_a_series_with_gaps_says_what_is_missing(changes, said):
    assert said in series_view({**CONTENT["indicators"][0], **changes}).words
