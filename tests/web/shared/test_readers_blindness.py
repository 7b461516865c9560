"""Whoever reads a dossier says who reads. A blind reader learns neither who applies nor reads what would tell."""

import pytest
from tests.web.shared.test_dossier_view_reading import CONTENT, FORM, TITLES

from zhuoyue.domain.dossiers.blindness import Mask
from zhuoyue.web.shared.dossier.reading import Reader, content_view, dossier_view

MASK = Mask(("甲公司", "甲公司上海分公司", "", "91310000880000185L"), "QX7A2B")
NAMED = {
    **CONTENT,
    "answers": {
        **CONTENT["answers"],
        "narrative/4.1.2": {"text": "甲公司上海分公司（91310000880000185L）与甲公司每季度评审。"},
    },
}


def titles_in(view):
    return [part.title for part in view.parts]


def test_nobody_reads_without_saying_who_reads():
    with pytest.raises(TypeError):
        content_view(CONTENT, FORM, TITLES)
    with pytest.raises(TypeError):
        dossier_view(object())
    with pytest.raises(TypeError):
        Reader(file_url=str)


def test_a_blind_reader_sees_the_code_and_nothing_that_tells():
    whole = content_view(NAMED, FORM, TITLES, reader=Reader(file_url=str, mask=None))
    blind = content_view(NAMED, FORM, TITLES, reader=Reader(file_url=str, mask=MASK))
    assert "甲公司" in whole.of_node("4.1.2").texts[0].rows[0].text
    assert blind.of_node("4.1.2").texts[0].rows[0].text == "QX7A2B（QX7A2B）与QX7A2B每季度评审。"
    assert set(titles_in(whole)) - set(titles_in(blind)) == {"基本情况", "材料"}
    assert not any(section.files or section.in_summary for section in blind.sections)
    assert "甲公司" not in repr(blind.sections)


def test_a_mask_goes_through_all_that_a_snapshot_holds():
    given = {"a": ["甲公司", {"b": "甲公司报告"}], "c": 7, "d": None, "e": ("甲公司",)}
    assert MASK.over(given) == {"a": ["QX7A2B", {"b": "QX7A2B报告"}], "c": 7, "d": None, "e": ["QX7A2B"]}
