"""The numbers of certificates: a small language, refused at the door where it could fail on the day of the award."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.packs.programmes import check_pack, number_format

HERE = Path(__file__).parent
GOOD = ("SAQ-{year}-{category}-{serial}", "{serial:04}", "沪质奖〔{year}〕第{serial:3}号", "{programme}/{serial:08}")
BAD = {
    "{nope}{serial}": "没有“{nope}”",
    "SAQ-{year}": "缺少{serial}",
    "": "缺少{serial}",
    "{": "缺少{serial}",
    "{serial}-{": "不能有“{”",
    "{serial}{{": "不能有“{”",
    "{0}{serial}": "不能有“{”",
    "{year[99]}{serial}": "不能有“{”",
    "{serial:>999999999}": "缺少{serial}",
    "{serial:99}": "最多8位",
    "{year:04}{serial}": "最多8位",
    "{year.__class__.__mro__}{serial}": "不能有“{”",
    "{serial!r}": "缺少{serial}",
    "{serial}-{serial}": "只能写一次",
    "SAQ\n{serial}": "不能有“\n”",
    "SAQ\u200b{serial}": "不能有“\u200b”",
    "x" * 40 + "{serial}": "最长36",
}


@pytest.mark.parametrize("text", GOOD)
def test_good_formats(text):
    assert number_format.fault_of(text) is None


@pytest.mark.parametrize("text", BAD)
def test_bad_formats_are_told_in_both_languages(text):
    zh, en = number_format.fault_of(text)
    assert BAD[text] in zh
    assert en


def test_a_number_as_it_is_written():
    fields = {"programme": "SAQ-AWARD", "year": "2021", "category": "ORGANISATION"}
    assert number_format.written(GOOD[0], serial=7, **fields) == "SAQ-2021-ORGANISATION-0007"
    assert number_format.written(GOOD[2], serial=12345, **fields) == "沪质奖〔2021〕第12345号"


@given(st.text("{}sSeErRiIaAlLyY:0123456789!.[]-_ 号\n"), st.integers(1, 99_999_999))
def test_a_good_format_always_makes_a_number_that_fits(text, serial):
    if number_format.fault_of(text) is None:
        number = number_format.written(text, serial=serial, programme="P" * 60, year="2" * 40, category="C" * 60)
        assert 0 < len(number) <= 200


def test_a_pack_with_a_bad_format_is_refused_with_line_and_remedy():
    text = (HERE.parents[2] / "src/zhuoyue/packs/programmes/data/saq-award-2021.yaml").read_text(encoding="utf-8")
    told = check_pack(text.replace("SAQ-{year}-{category}-{serial}", "SAQ-{year}"), name="x.yaml")
    assert [found.code for found in told if "serial" in found.text_zh] == ["number-format"]
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "number_format" in row)
    assert (told[0].line, "SAQ-{year}-{category}-{serial:04}" in told[0].remedy_zh) == (line, True)
