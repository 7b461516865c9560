import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.kernel.files.names import LONGEST_BYTES, LONGEST_ORIGINAL, clean_name, extension_of, original_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("质量报告.pdf", "质量报告.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\报告.docx", "报告.docx"),
        ("报告\r\nSet-Cookie: a.pdf", "报告 Set-Cookie_ a.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\x00b\x1f.pdf", "ab.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("  .隐藏. ", "隐藏"),
        ("　质量　　报告 .pdf", "质量 报告.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        (".pdf", "pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("console.pdf", "console.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("\ud800报告.pdf", "报告.pdf"),
    ],
)
def test_a_name_is_made_harmless(sent, kept):
    assert clean_name(sent) == kept


@pytest.mark.parametrize("name", ["质" * 300 + ".docx", "a" * 300 + ".docx"])
def test_a_long_name_keeps_its_extension(name):
    cleaned = clean_name(name)
    assert cleaned.endswith(".docx")
    assert len(cleaned.encode()) <= LONGEST_BYTES


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_and_stays_one(text):
    cleaned = clean_name(text)
    assert cleaned
    assert cleaned == clean_name(cleaned)
    assert not set(cleaned) & set('/\\<>:"|?*\0\r\n\u202e')
    assert len(cleaned.encode()) <= LONGEST_BYTES


def test_the_given_name_is_kept_as_far_as_it_can_be_stored():
    assert original_name("a/\x00报告\u202e\ud800.pdf") == "a/报告\u202e?.pdf"
    assert len(original_name("质" * 1000)) == LONGEST_ORIGINAL


def test_extensions_are_compared_in_lower_case():
    assert extension_of("A.PDF") == ".pdf"
    assert extension_of("版本1.质量报告") == ""
