"""Self-assessment in the browser: the first step, scoring, the result, the plan; seen by its own people alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import assessing, factories

from zhuoyue.domain.assessments import actions
from zhuoyue.domain.assessments.models import Assessment, Improvement
from zhuoyue.domain.assessments.queries import assessment_by_id, common_book
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.judging.models import ItemScore

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return assessing.gather()


@pytest.fixture
def browser(case, signed_in):
    return signed_in(case.person)


def at(name, thing=None, *args):
    return reverse(f"applicant:{name}", args=[] if thing is None else [thing.pk, *args])


def text(answer):
    return answer.content.decode()


def started(case, browser, **changes):
    given = {"organisation": str(case.organisation.pk), "edition": str(case.edition.pk), "year": "2026"} | changes
    return browser.post(at("begin_assessment"), given)


def test_the_empty_list_explains_and_offers_the_first_step(case, browser):
    page = text(browser.get(at("assessments")))
    assert "还没有自评" in page
    assert at("begin_assessment") in page
    assert f'href="{at("assessments")}" aria-current' in page or "自我评价" in page
    nobody = factories.person()
    browser.force_login(nobody)
    assert at("sign_up") in text(browser.get(at("assessments")))


def test_it_starts_by_any_confirmed_standard_and_opens_what_is_open(case, browser):
    page = text(browser.get(at("begin_assessment")))
    assert "甲准则" in page
    assert "乙准则" in page
    first = started(case, browser)
    assert first.status_code == 302
    assert started(case, browser)["Location"] == first["Location"]
    assert started(case, browser, edition=str(case.second.pk))["Location"] != first["Location"]
    assert "已评分0／3条" in text(browser.get(first["Location"]))


def test_what_is_typed_wrong_is_said_and_stays(case, browser):
    answer = started(case, browser, year="1800", title="我的自评")
    assert answer.status_code == 422
    assert "年度应在1990" in text(answer)
    assert "我的自评" in text(answer)
    foreign = started(case, browser, organisation=str(case.other.pk))
    assert foreign.status_code == 422
    assert not Assessment.objects.exists()


def test_without_a_confirmed_standard_the_page_says_whom_to_ask(case, browser):
    Edition.objects.update(state="draft")
    assert "请联系主办单位秘书处" in text(browser.get(at("begin_assessment")))


def test_items_are_scored_one_after_the_other_until_it_can_be_finished(case, browser):
    made = assessing.begin(case)
    assert browser.get(at("assess_next", made))["Location"] == at("assess_item", made, "1.1")
    page = text(browser.get(at("assess_item", made, "1.1")))
    assert f'data-autosave="{at("assess_item", made, "1.1")}"' in page
    assert 'name="percent"' in page
    quiet = browser.post(at("assess_item", made, "1.1"), {"percent": "50", "version": "0"}, headers={"X-Autosave": "1"})
    assert quiet.json()["version"] == 1
    assert browser.get(at("finish_assessment", made)).status_code == 200
    for code, following in (("1.1", "1.2"), ("1.2", "2.1"), ("2.1", None)):
        version = ItemScore.objects.filter(scorebook__selfbook__assessment=made, node__code=code).count()
        fields = {"percent": "50", "version": version, "strength": f"{code}优势", "gap": f"{code}不足", "then": "done"}
        answer = browser.post(at("assess_item", made, code), fields)
        expected = at("assess_item", made, following) if following else at("finish_assessment", made)
        assert answer["Location"] == expected
    answer = browser.post(at("finish_assessment", made), {}, follow=True)
    assert "自评已完成" in text(answer)
    assert "1.1优势" in text(answer)
    assert "得分率<b>50.0%</b>" in text(answer)


def test_finishing_too_early_leads_to_what_is_missing(case, browser):
    made = assessing.begin(case)
    assessing.judge(case, made, 50)
    page = text(browser.get(at("finish_assessment", made)))
    assert "还有2条没有评分" in page
    assert at("assess_item", made, "1.2") in page
    answer = browser.post(at("finish_assessment", made), {})
    assert answer.status_code == 409
    assert assessment_by_id(made.pk).state == "open"


def test_two_people_at_one_item_see_both_texts(case, browser, client):
    made = assessing.begin(case)
    url = at("assess_item", made, "1.1")
    browser.post(url, {"percent": "50", "version": "0", "strength": "甲写的"})
    client.force_login(case.colleague)
    answer = client.post(url, {"percent": "60", "version": "0", "strength": "乙写的"})
    assert answer.status_code == 409
    assert "甲写的" in text(answer)
    assert "乙写的" in text(answer)
    assert client.post(url, {"percent": "60", "version": "1", "strength": "乙写的"}).status_code == 302


def test_a_value_off_the_scale_comes_back_with_all_that_was_typed(case, browser):
    made = assessing.begin(case)
    answer = browser.post(at("assess_item", made, "1.1"), {"percent": "51", "version": "0", "gap": "写了很久"})
    assert answer.status_code == 422
    assert "写了很久" in text(answer)
    assert browser.get(at("assess_item", made, "9.9")).status_code == 404


def test_what_is_written_on_the_desk_stands_beside_the_item(case, browser):
    made = assessing.begin(case)
    section = f"{at('assessment', made)}part/narrative/1.1/"
    assert browser.get(section).status_code == 200
    browser.post(section, {"f-text": "董事会每季审视目标", "version": 0, "then": "stay"})
    assert "董事会每季审视目标" in text(browser.get(at("assess_item", made, "1.1")))
    assert browser.get(at("assessment_preview", made)).status_code == 200
    assert browser.get(at("assessment_check", made)).status_code == 200
    assert "5.2" not in text(browser.get(f"{at('assessment', made)}part/indicators/2.1/"))


def test_the_result_shows_what_changed_since_the_last_one(case, browser):
    assessing.finished(case, 2025, (50, 60, 40))
    made = assessing.finished(case, 2026, (60, 60, 30))
    page = text(browser.get(at("assessment_result", made)))
    assert "3条中1条上升，1条下降，过程没有变" in page
    assert "50 → <b>60</b>" in page
    assert "2025年" in page
    assert 'class="g-last"' in page
    assert browser.get(at("assessment", made))["Location"] == at("assessment_result", made)
    scorebook = text(browser.get(f"{at('assessment', made)}?tasks=1"))
    assert at("assess_item", made, "1.1") in scorebook
    read_only = text(browser.get(at("assess_item", made, "1.1")))
    assert "完成本条" not in read_only


def test_the_first_result_says_where_one_stands(case, browser):
    made = assessing.finished(case, 2026, (60, 50, 30))
    page = text(browser.get(at("assessment_result", made)))
    assert "方向得分率最高，主要成果最低" in page
    browser.cookies["language"] = "en"
    assert "Plan of improvement" in text(browser.get(at("assessment_result", made)))


def test_a_plan_is_added_changed_and_shows_what_is_late(case, browser):
    made = assessing.finished(case)
    fields = {"node": "1.2", "text": "课题评审会", "aim": "每季一次", "responsible": "韩叙白", "due": "2020-09-30"}
    assert browser.post(at("add_improvement", made), fields | {"progress": "75"}).status_code == 302
    page = text(browser.get(at("assessment_result", made)))
    assert "课题评审会" in page
    assert "zy-state--late" in page
    assert "1项：完成0项，逾期1项" in page
    step = Improvement.objects.get()
    assert "每季一次" in text(browser.get(at("improvement", step)))
    done = browser.post(at("improvement", step), fields | {"progress": "100", "version": "1"}, follow=True)
    assert "zy-state--done" in text(done)
    stale = browser.post(at("improvement", step), fields | {"progress": "60", "version": "1"})
    assert stale.status_code == 409
    assert "60" in text(stale)
    wrong = browser.post(at("add_improvement", made), fields | {"progress": "120"})
    assert wrong.status_code == 422
    assert "课题评审会" in text(wrong)


def test_a_step_is_dropped_with_a_reason_and_resumed(case, browser):
    step = assessing.planned(case, assessing.finished(case), due=date(2026, 9, 30))
    assert browser.post(at("drop_improvement", step), {"reason": ""}).status_code == 422
    assert "不再进行" in text(browser.post(at("drop_improvement", step), {"reason": "合并"}, follow=True))
    assert "继续进行" in text(browser.get(at("improvement", step)))
    browser.post(at("resume_improvement", step), {})
    assert Improvement.objects.get().state == "open"


def test_reopening_and_withdrawing(case, browser):
    made = assessing.finished(case)
    assert browser.post(at("reopen_assessment", made), {"reason": ""}).status_code == 422
    assert "已重新打开" in text(browser.post(at("reopen_assessment", made), {"reason": "漏看"}, follow=True))
    assert "已撤回" in text(browser.post(at("withdraw_assessment", made), {}, follow=True))
    assert "已恢复" in text(browser.post(at("restore_assessment", made), {}, follow=True))


def test_the_report_is_a_document(case, browser, monkeypatch):
    seen = {}
    monkeypatch.setattr(
        "zhuoyue.web.shared.pdf.render_pdf", lambda _request, _template, context: seen.update(context) or b"%PDF"
    )
    made = assessing.finished(case)
    assert browser.get(at("assessment_result_pdf", made)).content == b"%PDF"
    assert seen["heading"]


def test_nobody_else_sees_any_of_it(case, client):
    made = assessing.finished(case)
    step = assessing.planned(case, made)
    administrator = factories.person(is_administrator=True)
    for by in (case.stranger, case.secretary, administrator):
        client.force_login(by)
        assert "自评优势" not in text(client.get(at("assessments")))
        for name in ("assessment", "assessment_result", "assessment_preview", "add_improvement", "reopen_assessment"):
            assert client.get(at(name, made)).status_code == 404
        assert client.get(at("assess_item", made, "1.1")).status_code == 404
        assert client.get(at("improvement", step)).status_code == 404


@pytest.mark.parametrize("name", ["assessments", "assessment_result"])
def test_more_rows_ask_no_more_statements(case, browser, name):
    made = assessing.finished(case)
    counts = []
    for year in (2020, 2021, 2022, 2023):
        assessing.planned(case, made, year % 3, due=date(year, 1, 1))
        actions.start(by=case.person, organisation=case.organisation, edition=case.edition, year=year + 10)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(at(name) if name == "assessments" else at(name, made))
        counts.append(len(asked))
    assert counts[1] == counts[3]
    assert common_book(made).state == "submitted"
