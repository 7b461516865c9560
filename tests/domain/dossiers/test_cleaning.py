"""No door stores what the form does not have: the action itself cleans, and says in words what it does not take."""

import pytest
from tests import applying
from tests.domain.dossiers.test_checks_words import field, form

from zhuoyue.domain.dossiers import actions
from zhuoyue.domain.dossiers.cleaning import series_of, value_of
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.models import Answer, Evidence, Indicator


@pytest.fixture
def case(db):
    return applying.writing()


def save(case, section, value):
    return actions.save_answer(
        by=case.person, dossier=case.application.dossier, section=section, value=value, expected=0
    )


@pytest.mark.parametrize(
    ("section", "value", "said"),
    [
        ("no-such-section", {"x": {"deep": [1]}}, "没有“no-such-section”这一节"),
        ("narrative/4.1.2", {"x": {"deep": [1]}}, "没有“x”这一项"),
        ("narrative/4.1.2", {"text": ["一"]}, "“text”应是文字"),
        ("profile", {"name": {"deep": 1}}, "“name”应是文字"),
        ("statement", {"truth": "maybe"}, "只能确认或不确认"),
        ("indicators", {"text": "一"}, "请用它自己的页面"),
        ("evidence", {}, "请用它自己的页面"),
        ("context", [], "逐项的值"),
    ],
)
def test_a_section_or_value_that_the_form_does_not_have_is_refused(case, section, value, said):
    with pytest.raises(ValueRefusedError, match=said):
        save(case, section, value)
    assert not Answer.objects.exists()


def test_what_is_typed_is_kept_with_one_kind_of_line_end_and_without_unstorable_marks(case):
    save(case, "narrative/4.1.2", {"text": "一\r\n二\r三\x00"})
    assert Answer.objects.get().value == {"text": "一\n二\n三"}
    (section,) = form({"kind": "profile", "fields": (field("text"), {**field("choices"), "key": "y"})})
    assert value_of(section, {"x": None, "y": ["甲", "乙"]}) == {"x": "", "y": ["甲", "乙"]}
    with pytest.raises(ValueRefusedError, match="列表"):
        value_of(section, {"y": "甲"})
    with pytest.raises(ValueRefusedError, match="列表"):
        value_of(section, {"y": [1]})


def test_a_table_keeps_its_filled_rows_and_is_never_cut_short_in_silence():
    (section,) = form({"kind": "table", "columns": (field("text"), {**field("year"), "key": "y"})})
    given = [{"x": "甲", "y": "2020"}, {"x": " ", "y": ""}, {"x": "乙"}]
    assert value_of(section, {"rows": given}) == {"rows": [{"x": "甲", "y": "2020"}, {"x": "乙"}]}
    for rows, said in (
        ([{"x": "甲"}] * 201, "表格有201行"),
        ([{"z": "甲"}], "没有“z”这一项"),
        (["甲"], "逐行的列表"),
        ("甲", "逐行的列表"),
    ):
        with pytest.raises(ValueRefusedError, match=said):
            value_of(section, {"rows": rows})


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"name": " "}, "name", "请填写指标名称"),
        ({"name": 7}, "name", "应是文字"),
        ({"unit": "长" * 31}, "unit", "最多30个字符"),
        ({"direction": "sideways"}, "direction", "请选择指标的方向"),
        ({"points": "2020"}, "points", "逐年的列表"),
        ({"points": [{"year": "not a year", "value": "1"}]}, "points", "“not a year”不是年份"),
        ({"points": [{"year": True, "value": "1"}]}, "points", "不是年份"),
        ({"points": [{"value": "1"}]}, "points", "不是年份"),
        ({"points": [{"year": 2020, "value": "1"}, {"year": "2020", "value": "2"}]}, "points", "2020年出现了两次"),
        ({"points": [{"year": 2020, "evil": 1}]}, "2020-evil", "没有“evil”这一栏"),
        ({"points": [{"year": 2020, "value": "约九成"}]}, "2020-value", "“约九成”不是数字"),
        ({"points": [{"year": 2020, "value": 9}]}, "2020-value", "“9”不是数字"),
    ],
)
def test_a_series_says_what_it_does_not_take_and_where(changes, place, said):
    with pytest.raises(ValueRefusedError) as refused:
        series_of({"name": "合格率", **changes})
    assert said in refused.value.errors[place]


def test_a_series_is_stored_by_the_year_without_empty_ones():
    points = [{"year": "2020", "value": " 98 "}, {"year": 2019, "value": ""}, {"year": 2018, "target": "97"}]
    cells = {"value": "", "target": "", "competitor": "", "benchmark": ""}
    assert series_of({"name": "合格率", "points": points}).points == [
        {"year": 2018, **cells, "target": "97"},
        {"year": 2020, **cells, "value": "98"},
    ]


def test_no_series_stands_under_an_item_for_which_the_form_takes_none(case):
    dossier = case.application.dossier
    with pytest.raises(ValueRefusedError, match=r"在“99\.9”下不收指标"):
        actions.add_indicator(by=case.person, dossier=dossier, node_code="99.9", name="合格率")
    with pytest.raises(ValueRefusedError, match="不是年份"):
        actions.add_indicator(
            by=case.person, dossier=dossier, node_code="4.7.2", name="合格率", points=[{"year": "not a year"}]
        )
    assert not Indicator.objects.exists()


def test_an_edit_changes_what_is_given_and_leaves_the_rest(case):
    dossier = case.application.dossier
    points = [{"year": 2020, "value": "98"}]
    made = actions.add_indicator(
        by=case.person, dossier=dossier, node_code="4.7.2", name="合格率", unit="%", points=points, source="月报"
    )
    actions.edit_indicator(by=case.person, indicator=made, expected=1, unit="件", points=[])
    stored = Indicator.objects.get()
    assert (stored.name, stored.unit, stored.points, stored.source) == ("合格率", "件", [], "月报")
    with pytest.raises(ValueRefusedError, match="指标名称"):
        actions.edit_indicator(by=case.person, indicator=stored, expected=2, name="")


def test_no_file_lies_at_a_place_that_the_form_does_not_have(case):
    for part, slot in (("evidence", "nothing"), ("profile", "licence")):
        with pytest.raises(ValueRefusedError, match=f"没有收取“{slot}”的位置"):
            actions.add_evidence(
                by=case.person, dossier=case.application.dossier, part=part, slot=slot, upload=applying.pdf()
            )
    assert not Evidence.objects.exists()
