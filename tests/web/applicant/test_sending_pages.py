"""Checking, sending, receipts, versions, returns: what a person sees, and how few statements it takes."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.models import Receipt
from zhuoyue.domain.dossiers.queries import contents_of
from zhuoyue.kernel.idempotency import new_key
from zhuoyue.web.shared.dossier.reading import Reader, dossier_view
from zhuoyue.web.shared.dossier.word import clean

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def url(case, name="application", *args):
    return reverse(f"applicant:{name}", args=[case.application.pk, *args])


def statements(act) -> int:
    """Reads and writes, without the marks of transactions."""
    act()  # what is kept parsed for the life of the process is kept now
    with CaptureQueriesContext(connection) as found:
        act()
    return sum(not query["sql"].startswith(CONTROL) for query in found)


def test_what_is_missing_is_listed_with_its_place(signed_in):
    case = applying.writing()
    browser = signed_in(case.person)
    page = browser.get(url(case, "check")).content.decode()
    assert f"{url(case, 'section', 'narrative/4.1.2')}?check=1#id_f-text" in page
    assert browser.get(url(case, "submit"))["Location"] == url(case, "check")
    assert browser.post(url(case, "submit"))["Location"] == url(case, "check")


def test_a_double_click_gives_one_receipt(signed_in):
    case = applying.complete()
    browser = signed_in(case.person)
    assert "确认提交" in browser.get(url(case, "submit")).content.decode()
    once = {"once": new_key()}
    first, second = browser.post(url(case, "submit"), once), browser.post(url(case, "submit"), once)
    third = browser.post(url(case, "submit"), {"once": new_key()})  # from another tab
    receipt = Receipt.objects.get()
    assert first["Location"] == second["Location"] == third["Location"] == url(case, "receipt", receipt.pk)
    page = browser.get(first["Location"]).content.decode()
    for said in (
        receipt.number,
        receipt.digest,
        str(receipt.audit_sequence),
        "另有10分钟宽限",
        "以服务器收到完整申报的时间为准",
    ):
        assert said in page


def test_late_it_is_refused_in_words_and_kept(signed_in):
    case = applying.complete()
    browser = signed_in(case.person)
    applying.at("2021-09-02T10:00")
    answer = browser.post(url(case, "submit"), {"once": new_key()})
    assert answer.status_code == 403
    assert "已过截止时间" in answer.content.decode()
    assert "没有提交；内容都保留" in browser.get(url(case)).content.decode()
    assert not Receipt.objects.exists()


def test_versions_and_documents_show_what_was_sent(signed_in):
    case = applying.sent()
    browser = signed_in(case.person)
    receipt = Receipt.objects.get()
    for name, args in (("version", [1]), ("preview", []), ("application", []), ("check", [])):
        assert browser.get(url(case, name, *args)).status_code == 200
    assert browser.get(url(case, "version", 2)).status_code == 404
    for name, args in (("receipt_pdf", [receipt.pk]), ("pdf", [])):
        assert browser.get(url(case, name, *args)).content.startswith(b"%PDF")
    assert "草稿，未提交" in browser.get(url(case, "preview") + "?draft=1").content.decode()


def test_the_word_file_holds_what_the_sheet_holds(signed_in):
    case = applying.complete()
    browser = signed_in(case.person)
    answer = browser.get(url(case, "word"))
    assert answer["Content-Disposition"].startswith("attachment")
    document = Document(io.BytesIO(answer.getvalue()))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    view = dossier_view(contents_of(case.application.dossier), reader=Reader(file_url=str, mask=None))
    for part in view.parts:
        assert part.title in headings
    written = "\n".join(one.text for one in document.paragraphs)
    narrative = next(section for section in view.sections if section.node and section.rows[0].text)
    assert narrative.rows[0].text.splitlines()[0] in written
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    series = next(series for section in view.sections for group in section.groups for series in group.series)
    assert {case.application.number, series.rows[0][0], series.rows[0][1]} <= set(cells)
    assert clean("页\x0c面\x00") == "页面"


def test_a_return_stands_on_top_with_links_and_days(signed_in):
    case = applying.sent()
    applying.at("2021-08-24T10:00")
    items = [{"part": "narrative/4.1.2", "text": "补充覆盖范围"}, {"part": "", "text": "补盖公章"}]
    until = factories.moment("2021-08-29T17:00")
    actions.send_back(
        by=case.stage.secretary, application=case.application, items=items, until=until, article="管理办法第九条"
    )
    browser = signed_in(case.person)
    page = browser.get(url(case)).content.decode()
    for said in ("退回补正：2处需要修改", "补充覆盖范围", "补盖公章", "还有5天", "管理办法第九条", "需补正"):
        assert said in page
    assert "退回时要求修改" in browser.get(url(case, "section", "narrative/4.1.2")).content.decode()
    assert "退回补正：2处需要修改" in browser.get(reverse("applicant:home")).content.decode()


def test_withdrawn_and_taken_up_again(signed_in):
    case = applying.complete()
    browser = signed_in(case.person)
    assert case.application.number in browser.get(url(case, "withdraw")).content.decode()
    browser.post(url(case, "withdraw"), {"reason": "调整"})
    assert "恢复填写" in browser.get(url(case)).content.decode()
    browser.post(url(case, "reopen"))
    assert case.application.state == "draft"
    assert browser.post(url(case, "reopen")).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(signed_in, language):
    case = applying.sent()
    browser = signed_in(case.person)
    browser.cookies["language"] = language
    pages = [reverse(f"applicant:{name}") for name in ("home", "open", "applications", "feedback", "sign_up")]
    pages += [url(case, name) for name in ("application", "check", "submit", "preview", "withdraw")]
    pages += [url(case, "section", key) for key in ("profile", "context", "narrative/4.1.2", "indicators", "evidence")]
    with override(language):
        assert [page for page in pages if browser.get(page).status_code != 200] == []


def test_few_statements_for_opening_saving_and_sending(signed_in):
    case = applying.complete()
    browser = signed_in(case.person)
    page, sending = url(case), url(case, "submit")
    section = url(case, "section", "narrative/4.1.2")
    assert statements(lambda: browser.get(page)) <= 10
    versions = iter((1, 2))

    def save():
        form = {"f-text": "新的正文", "version": next(versions)}
        assert browser.post(section, form, headers={"X-Autosave": "1"}).status_code == 200

    assert statements(save) <= 8
    with CaptureQueriesContext(connection) as found:
        assert browser.post(sending, {"once": new_key()}).status_code == 302
    assert sum(not query["sql"].startswith(CONTROL) for query in found) <= 27


def test_the_list_takes_as_many_statements_for_three_as_for_one(signed_in):
    case = applying.writing()
    browser = signed_in(case.person)
    one = statements(lambda: browser.get(reverse("applicant:applications")))
    home = statements(lambda: browser.get(reverse("applicant:home")))
    for _more in range(2):
        other = applying.writing(stage=case.stage)
        factories.add_member(by=None, organisation=other.organisation, person=case.person, duty="member")
    assert statements(lambda: browser.get(reverse("applicant:applications"))) == one <= 9
    assert statements(lambda: browser.get(reverse("applicant:home"))) == home <= 12
