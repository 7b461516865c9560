"""Writing in the browser: kept by itself, shown twice when two write, given back when it is too late."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import applying, factories

from zhuoyue.domain.dossiers.queries import answer_of
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db
KEY = "narrative/4.1.2"


@pytest.fixture
def case():
    return applying.writing()


@pytest.fixture
def browser(case, signed_in):
    return signed_in(case.person)


def url(case, name="section", *args):
    return reverse(f"applicant:{name}", args=[case.application.pk, *args])


def quiet(browser, case, text, version):
    return browser.post(url(case, "section", KEY), {"f-text": text, "version": version}, headers={"X-Autosave": "1"})


def test_the_page_holds_criterion_counter_and_autosave(case, browser):
    page = browser.get(url(case, "section", KEY)).content.decode()
    assert "准则4.1.2" in page
    assert 'data-limit="2500"' in page
    assert f'data-autosave="{url(case, "section", KEY)}"' in page


def test_autosave_answers_with_version_and_time(case, browser):
    answer = quiet(browser, case, "第一稿", 0)
    assert answer.json() == {"version": 1, "at": f"{clock.today():%H:%M}"}
    assert quiet(browser, case, "第二稿", 1).json()["version"] == 2


def test_a_stale_tab_gets_both_texts_and_can_choose(case, browser):
    quiet(browser, case, "别处写的", 0)
    assert quiet(browser, case, "我写的", 0).status_code == 409
    answer = browser.post(url(case, "section", KEY), {"f-text": "我写的", "version": 0, "then": "next"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别处写的" in page
    assert "我写的" in page
    chosen = browser.post(url(case, "section", KEY), {"f-text": "我写的", "version": 1, "then": "next"})
    assert chosen.status_code == 302
    assert answer_of(case.application.dossier, KEY).value == {"text": "我写的"}


def test_too_long_a_text_is_saved_and_marked(case, browser):
    answer = browser.post(url(case, "section", KEY), {"f-text": "长" * 2600, "version": 0, "then": "next"})
    assert answer["Location"].endswith("?check=1")
    assert "已写2600字，超出限定的2500字" in browser.get(answer["Location"]).content.decode()


def test_save_and_continue_leads_on_and_save_stays(case, browser):
    page = url(case, "section", KEY)
    onward = browser.post(page, {"f-text": "一", "version": 0, "then": "next"})
    assert onward["Location"] == url(case, "section", "narrative/4.1.3")
    assert browser.post(page, {"f-text": "二", "version": 1, "then": "stay"})["Location"] == page


def test_sent_after_the_deadline_the_text_comes_back(case, browser):
    applying.at("2021-08-30T00:00")
    answer = browser.post(url(case, "section", KEY), {"f-text": "最后一句", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "已过截止时间" in page
    assert "最后一句" in page
    assert quiet(browser, case, "最后一句", 0).status_code == 422
    assert "现在只能查看" in browser.get(url(case, "section", KEY)).content.decode()


def test_an_ended_session_keeps_the_text(case, client):
    answer = client.post(url(case, "section", KEY), {"f-text": "写了一半", "version": 0})
    assert answer.status_code == 401
    assert "写了一半" in answer.content.decode()


def test_profile_context_and_statements_are_read_back_as_typed(case, browser):
    browser.post(
        url(case, "section", "profile"), {"f-name": "甲公司", "f-size": "small", "f-founded": "二〇〇三", "version": 0}
    )
    page = browser.get(url(case, "section", "profile") + "?check=1").content.decode()
    assert 'value="甲公司"' in page
    assert "“二〇〇三”不是年份" in page
    browser.post(url(case, "section", "context"), {"f-environment": "环境\r\n说明", "version": 0})
    assert answer_of(case.application.dossier, "context").value["environment"] == "环境\n说明"
    browser.post(url(case, "section", "statement"), {"f-truth": "yes", "version": 0})
    assert answer_of(case.application.dossier, "statement").value == {"truth": "yes", "sharing": ""}


def test_an_unknown_section_and_a_strangers_application_do_not_exist(case, signed_in):
    assert signed_in(case.person).get(url(case, "section", "nothing")).status_code == 404
    assert signed_in(factories.person()).get(url(case, "section", KEY)).status_code == 404


def series(**changes):
    typed = {"f-name": "合格率", "f-unit": "%", "f-direction": "higher_better"}
    for year, value in ((2018, "95"), (2019, "96.5"), (2020, "98")):
        typed[f"f-{year}-value"] = value
    return {**typed, **changes}


def test_a_series_is_drawn_while_typing_and_stored_on_saving(case, browser):
    drawn = browser.get(url(case, "preview_series", "4.7.2"), series()).content.decode()
    assert "逐年改善" in drawn
    assert "<polyline" in drawn
    assert not case.application.dossier.indicators.exists()
    assert browser.post(url(case, "new_series", "4.7.2"), series()).status_code == 302
    stored = case.application.dossier.indicators.get()
    assert [point["year"] for point in stored.points] == [2018, 2019, 2020]
    assert "合格率" in browser.get(url(case, "section", "indicators")).content.decode()
    edit = url(case, "edit_series", stored.pk)
    assert browser.post(edit, series(version=1, **{"f-name": "一次合格率"})).status_code == 302
    both = browser.post(edit, series(version=1, **{"f-name": "交付率"}))
    assert both.status_code == 409
    assert "一次合格率" in both.content.decode()
    assert browser.post(url(case, "remove_series", stored.pk)).status_code == 302
    assert not case.application.dossier.indicators.exists()


def test_a_series_with_a_wrong_number_keeps_everything(case, browser):
    answer = browser.post(url(case, "new_series", "4.7.2"), series(**{"f-2019-value": "约九成", "f-name": ""}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“约九成”不是数字" in page
    assert 'value="98"' in page
    assert browser.get(url(case, "new_series", "9.9.9")).status_code == 404


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("slot", "name", "content", "said"),
    [
        ("licence", "空.pdf", b"", "空文件"),
        ("licence", "执照.pdf", b"MZ" + b"\0" * 200, "执照.pdf"),
        ("licence", "执照.jpg", None, "内容却是PDF"),
        ("accounts", "报告.docx", None, "内容却是PDF"),
        ("licence", "大.pdf", b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024), "超过了10 MB的上限"),
        ("honours", "炸弹.docx", "bomb", "解压后过大"),
    ],
)
def test_a_file_is_refused_at_its_field(case, browser, slot, name, content, said):
    made = bomb() if content == "bomb" else applying.content.small_pdf("x") if content is None else content
    answer = browser.post(
        url(case, "section", "evidence"), {"slot": slot, "file": SimpleUploadedFile(name, made, "application/pdf")}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'href="#id_{slot}"' in page
    assert not case.application.dossier.evidence.exists()


def test_a_file_is_taken_given_back_and_removed(case, browser, signed_in):
    page = url(case, "section", "evidence")
    assert browser.post(page, {"slot": "licence"}).status_code == 422
    assert browser.post(page, {"slot": "nothing", "file": applying.pdf()}).status_code == 404
    assert browser.post(page, {"slot": "licence", "file": applying.pdf()}).status_code == 302
    held = case.application.dossier.evidence.get()
    given = browser.get(url(case, "file", held.file_id))
    assert given["X-Content-Type-Options"] == "nosniff"
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    assert browser.post(page, {"remove": str(held.pk)}).status_code == 302
    assert browser.get(url(case, "file", held.file_id)).status_code == 404
    other = applying.writing(stage=case.stage)
    assert signed_in(other.person).get(url(case, "file", held.file_id)).status_code == 404
