"""Names: one visible line, alike when they look alike, and none that is empty to the eye."""

import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.kernel import typed

NAMES = st.text(
    st.one_of(st.characters(), st.sampled_from("\u200b\u202e\ufeff\u2028\u00ad\u3164\u2800\ufffe\x00\r\n 甲"))
)


@given(NAMES)
def test_a_name_is_one_visible_line_or_is_refused_in_words(text):
    try:
        kept = typed.line(text)
    except typed.NameFaultError:
        return
    assert kept == typed.line(kept) == unicodedata.normalize("NFC", kept)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in kept)
    assert kept == kept.strip()
    assert "  " not in kept


@given(NAMES)
def test_a_line_to_be_shown_never_raises(text):
    assert typed.shown_line(typed.shown_line(text)) == typed.shown_line(text)


@given(NAMES)
def test_what_is_storable_can_be_written_as_xml_and_utf8(text):
    kept = typed.storable(text)
    assert kept.encode().decode() == kept
    assert not any(ord(char) < 32 and char not in "\n\t\r" for char in kept)
    assert not {"\ufffe", "\uffff"} & set(kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("上海\n装备", "上海 装备"),
        ("上海\u2028装备\r\n集团", "上海 装备 集团"),
        ("上\u200b海\ufeff装\u2060备\u00ad", "上海装备"),
        ("e\u0301cole", "école"),
        ("\u3000上海　装备 ", "上海 装备"),
        ("买买提·阿不都", "买买提·阿不都"),
        ("𠮷田 㐂", "𠮷田 㐂"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("A\U000e0100B", "AB"),
        ("\ue000某", "\ue000某"),
        ("A  B", "A B"),
        ("Ａ公司", "Ａ公司"),
        ("", ""),
        ("  ", ""),
        ("a\x00b\x0bc", "ab c"),
    ],
)
def test_names_as_they_are_kept(text, kept):
    assert typed.line(text) == kept


@pytest.mark.parametrize("text", ["\u200b", "\u3164", "\u2800", "\ufeff \u200d", "\u0301", "\ufffe"])
def test_a_name_of_hidden_marks_only_is_refused(text):
    with override("zh-hans"), pytest.raises(typed.NameFaultError, match="看不见"):
        typed.line(text)


@pytest.mark.parametrize("mark", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
def test_a_mark_that_turns_the_text_round_is_refused(mark):
    with override("zh-hans"), pytest.raises(typed.NameFaultError, match="文字方向"):
        typed.line(f"上海{mark}装备")
    assert typed.shown_line(f"上海{mark}装备") == "上海装备"


@pytest.mark.parametrize(
    "text",
    [
        "91310000 8800 00185L",
        "９１３１００００８８００００１８５ｌ",
        "\u200b91310000-880000185\u2060L\ufeff",
        "91310000\u2010880000185L",
    ],
)
def test_a_pasted_code_is_understood(text):
    assert typed.code(text) == "91310000880000185L"
