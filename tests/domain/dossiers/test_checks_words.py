"""What is wrong with an answer is said in words that tell what to do, each kind of field by its own measure."""

import pytest
from django.utils.translation import override
from tests.factories import make_code

from zhuoyue.domain.dossiers.checks import Fault, credit_code_words, number_words, words_of
from zhuoyue.domain.dossiers.models import Indicator
from zhuoyue.domain.dossiers.parts import faults_over_all, section_state, sections_of, text_keys
from zhuoyue.kernel import typed
from zhuoyue.packs.programmes.schema.forms import Form


def form(part):
    zh = {"zh": "甲", "en": "A"}
    whole = {"key": "f", "title": zh, "form_of": "application", "parts": ({"key": "p", "title": zh, **part},)}
    return sections_of(Form.model_validate(whole))


def field(kind, **more):
    return {"key": "x", "title": {"zh": "甲", "en": "A"}, "type": kind, **more}


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("integer", "三百", "“三百”不是数字"),
        ("integer", "3.5", "“3.5”不是整数"),
        ("amount", "1，200.50", ""),
        ("date", "6月30日", "请按2021-06-30的样子"),
        ("date", "2021-06-30", ""),
        ("year", "98", "请填四位数字"),
        ("email", "a@b", "不是邮箱地址"),
        ("email", "a@b.cn", ""),
        ("credit_code", "123", "应为18位，现在是3位"),
        ("credit_code", make_code(5).lower(), ""),
        ("text", "", "还没有填写"),
    ],
)
def test_each_kind_of_field_has_its_measure(kind, given, said):
    (section,) = form({"kind": "profile", "fields": (field(kind),)})
    faults = section_state(section, {"x": given}, [], []).faults
    assert said in "".join(words_of(fault) for fault in faults)
    assert bool(faults) == bool(said)


def test_a_text_field_keeps_its_limit_and_an_optional_one_may_stay_empty():
    (section,) = form({"kind": "profile", "fields": (field("text", limit=3, required=False),)})
    assert section_state(section, {}, [], []).is_complete
    assert "超出限定的3字" in words_of(section_state(section, {"x": "四个汉字"}, [], []).faults[0])
    assert text_keys(section) == ("x",)


def test_a_table_counts_its_rows_and_looks_into_each():
    (section,) = form({"kind": "table", "columns": (field("year"),), "rows_at_least": 2, "rows_at_most": 2})
    one = section_state(section, {"rows": [{"x": "2020"}, {"x": " "}]}, [], [])
    assert [words_of(fault) for fault in one.faults] == ["已填1行，至少要填2行。"]
    three = section_state(section, {"rows": [{"x": "2020"}, {"x": "去年"}, {"x": "2019"}]}, [], [])
    assert {fault.code for fault in three.faults} == {"not_a_year", "too_many_rows"}
    assert three.faults[0].key == "1-x"


def test_series_need_their_years_targets_and_comparisons():
    (section,) = form(
        {
            "kind": "indicators",
            "nodes": ("1",),
            "years_at_least": 2,
            "per_node_at_most": 1,
            "target_required": True,
            "comparator_required": True,
        }
    )
    whole = [{"year": year, "value": "1", "target": "1", "benchmark": "2"} for year in (2019, 2020)]
    good = Indicator(node_code="1", name="好", points=whole)
    bare = Indicator(node_code="1", name="缺", points=[{"year": 2020, "value": "1"}])
    assert section_state(section, {}, [good], []).is_complete
    codes = {fault.code for fault in section_state(section, {}, [good, bare], []).faults}
    assert codes == {"too_many_series", "too_few_years", "no_target", "no_comparator"}


def test_all_narratives_together_have_a_limit():
    items = (
        {"key": "a", "title": {"zh": "甲", "en": "A"}, "limit": 9},
        {"key": "b", "title": {"zh": "乙", "en": "B"}, "limit": 9},
    )
    sections = form({"kind": "narrative", "items": items, "total_limit": 5})
    states = [section_state(section, {"text": "三个字"}, [], []) for section in sections]
    (fault,) = faults_over_all(sections[0].part, states)
    assert words_of(fault) == "本部分共写6字，超出总限5字，请删减其中几条。"
    assert faults_over_all(sections[0].part, states[:1]) == ()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "请填写"),
        ("9131000088000018OL", "第17位“O”不会出现"),
        ("B1310000880000185L", "第1位“B”"),
        ("9A310000880000185L", "第2位“A”"),
        ("91A10000880000185L", "第3位“A”应为数字"),
    ],
)
def test_a_credit_code_is_told_by_its_character(code, said):
    assert said in credit_code_words(code)


@pytest.mark.parametrize("first", ["A1", "N1", "Y1"])
def test_codes_that_begin_with_a_letter_are_good(first):
    from zhuoyue.domain.orgs.credit_code import check_character  # noqa: PLC0415 - beside its use

    start = f"{first}310000880000185"
    assert credit_code_words(start + check_character(start)) == ""


def test_numbers_are_read_as_people_type_them():
    assert str(typed.number("１，２３４．５％")) == "1234.5"
    assert typed.number("NaN") is None
    assert number_words("NaN") == "“NaN”不是数字，请只填数字。"


def test_a_number_that_reads_in_two_ways_is_asked_about():
    assert number_words("98，5") == "“98，5”有两种读法，请写成98.5或985。"


def test_a_missing_file_is_named_in_the_language_of_the_reader():
    fault = Fault("evidence", "licence", "file_missing", {"title": "营业执照", "title_en": "Business licence"})
    with override("en"):
        assert "Business licence" in words_of(fault)
    assert words_of(fault) == "还没有上传“营业执照”。"
