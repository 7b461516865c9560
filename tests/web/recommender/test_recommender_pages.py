"""The recommending body: sees what was sent, judges inside its places, returns what needs correction."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.dossiers.models import Answer

pytestmark = pytest.mark.django_db
LEVEL = "    categories: [organisation]\n    opinion: true\n    seal: true\n"


def with_quota(quota: str) -> str:
    return factories.pack_text().replace(LEVEL, f"{LEVEL}    ranked: true\n    quota: {quota}\n")


def url(case, name="application", *args):
    return reverse(f"recommender:{name}", args=[case.application.pk, *args])


def test_a_draft_shows_that_it_is_written_and_nothing_of_what(signed_in):
    case = applying.complete()
    browser = signed_in(case.officer)
    page = browser.get(reverse("recommender:applications")).content.decode()
    assert case.organisation.name in page
    assert url(case) not in page
    for name in ("application", "send_back", "take_back"):
        assert browser.get(url(case, name)).status_code == 403


def test_it_reads_the_submitted_version_never_the_draft(signed_in):
    case = applying.sent()
    items = [{"part": "narrative/4.1.2", "text": "补充"}]
    until = factories.moment("2021-08-16T17:00")
    actions.send_back(by=case.officer, application=case.application, items=items, until=until)
    Answer.objects.filter(section="narrative/4.1.2").update(value={"text": "还没有提交的新内容"})
    assert "还没有提交的新内容" not in signed_in(case.officer).get(url(case)).content.decode()


def test_files_come_from_the_submitted_version_only(signed_in):
    case = applying.sent()
    browser = signed_in(case.officer)
    held = case.application.dossier.evidence.first()
    assert browser.get(url(case, "file", held.file_id))["Content-Disposition"].startswith("attachment")
    other = applying.complete(stage=case.stage, body=case.body)
    foreign = other.application.dossier.evidence.first()
    assert browser.get(url(case, "file", foreign.file_id)).status_code == 404


def test_an_opinion_is_given_taken_back_and_given_again(signed_in):
    case = applying.sent()
    browser = signed_in(case.officer)
    assert "1份申报等您出具意见" in browser.get(reverse("recommender:home")).content.decode()
    assert browser.post(url(case), {"outcome": "recommend", "opinion": "管理扎实。"}).status_code == 302
    assert case.application.state == "recommended"
    assert "管理扎实。" in browser.get(reverse("recommender:application", args=[case.application.pk])).content.decode()
    assert case.application.number in browser.get(url(case, "take_back")).content.decode()
    browser.post(url(case, "take_back"))
    browser.post(url(case, "take_back"))  # twice: says so, changes nothing
    assert case.application.state == "submitted"
    assert "（已撤回）" in browser.get(url(case)).content.decode()
    assert browser.post(url(case), {"outcome": "decline", "opinion": ""}).status_code == 422
    assert browser.post(url(case), {"outcome": "decline", "opinion": "材料不齐。"}).status_code == 302
    again = browser.post(url(case), {"outcome": "recommend", "opinion": "改了主意。"})
    assert again.status_code == 422
    assert "请刷新页面" in again.content.decode()


def test_a_full_quota_and_a_taken_rank_are_refused_by_name_and_keep_the_text(signed_in):
    first = applying.sent(text=with_quota("{per_body_at_most: 2}"))
    second = applying.sent(stage=first.stage, body=first.body)
    third = applying.sent(stage=first.stage, body=first.body)
    browser = signed_in(first.officer)
    words = {"outcome": "recommend", "opinion": "同意，依据充分。"}
    assert "请填位次" in browser.post(url(first), words).content.decode()
    browser.post(url(first), {**words, "rank": 1})
    taken = browser.post(url(second), {**words, "rank": 1}).content.decode()
    assert "第1位已经给了另一份申报" in taken
    assert "同意，依据充分。" in taken
    browser.post(url(second), {**words, "rank": 2})
    full = browser.post(url(third), {**words, "rank": 3})
    assert full.status_code == 422
    assert "名额是2个，已推荐2个" in full.content.decode()
    assert "同意，依据充分。" in full.content.decode()
    assert first.organisation.name in browser.get(reverse("recommender:quota")).content.decode()


def test_a_return_names_sections_and_keeps_to_the_rules(signed_in):
    case = applying.sent()
    browser = signed_in(case.officer)
    page = browser.get(url(case, "send_back")).content.decode()
    assert "按规则最多退回2次" in page
    form = {"until": "2021-08-16T17:00", "i-narrative/4.1.2": "补充覆盖范围", "i-other": "补盖公章"}
    late = browser.post(url(case, "send_back"), {**form, "until": "2021-09-30T17:00"})
    assert late.status_code == 422
    assert "补充覆盖范围" in late.content.decode()
    assert browser.post(url(case, "send_back"), form).status_code == 302
    returned = case.application.returns.get()
    assert [item["part"] for item in returned.items] == ["narrative/4.1.2", ""]
    assert "现在的状态不能" in browser.post(url(case, "send_back"), form).content.decode()


def test_another_body_and_an_applicant_see_nothing(signed_in):
    case = applying.sent()
    other = applying.signed_up(stage=case.stage)
    browser = signed_in(other.officer)
    for name in ("application", "send_back", "take_back"):
        assert browser.get(url(case, name)).status_code == 404
    assert case.organisation.name not in browser.get(reverse("recommender:applications")).content.decode()
    assert signed_in(case.person).get(reverse("recommender:home")).status_code == 404


def test_the_list_is_narrowed_sorted_and_cheap(signed_in):
    case = applying.sent()
    browser = signed_in(case.officer)
    page = reverse("recommender:applications")

    def count(address):
        browser.get(address)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    one, home = count(page), count(reverse("recommender:home"))
    others = [applying.writing(stage=case.stage, body=case.body) for _more in range(2)]
    assert count(page) == one <= 9
    assert count(reverse("recommender:home")) == home <= 12
    drafts = browser.get(page, {"state": "draft", "sort": "-name"}).content.decode()
    assert others[0].organisation.name in drafts
    assert case.organisation.name not in drafts
    assert case.organisation.name in browser.get(page, {"q": case.application.number}).content.decode()


def test_who_acts_for_two_bodies_changes_between_them(signed_in):
    case = applying.sent()
    second = factories.body("另一协会")
    factories.add_member(by=None, organisation=second.organisation, person=case.officer, duty="officer")
    browser = signed_in(case.officer)
    page = browser.get(reverse("recommender:applications"), {"body": str(second.pk)}).content.decode()
    assert case.organisation.name not in page
    assert f"?body={case.body.pk}" in page
