"""The condition check of one application."""

import pytest
from django.urls import reverse

from zhuoyue.domain.applications.models import Application, Return
from zhuoyue.domain.review.models import ConditionCheck, Entry
from zhuoyue.kernel.mail.models import OutboxMail

ASKED = ("member", "voluntary", "legal-person", "excellence-model", "clean-record", "recent-winner")
ALL_HOLD = {f"holds_{key}": "yes" for key in ASKED}


@pytest.fixture
def waiting(review):
    """A submitted application that nobody has checked."""
    application = review.applications[0]
    Entry.objects.filter(application=application).update(outcome="pending")
    Application.objects.filter(pk=application.pk).update(state="submitted")
    application.refresh_from_db()
    return application


def _at(application, name="condition_check"):
    return reverse(f"secretariat:{name}", kwargs={"application_id": application.pk})


def test_what_is_known_is_computed_and_the_rest_is_asked(office, waiting):
    page = office.get(_at(waiting)).content.decode()
    assert "由系统计算" in page
    assert 'name="holds_years-in-operation"' not in page
    for key in ASKED:
        assert f'name="holds_{key}"' in page
    assert "一票否决" in page


def test_accepting_asks_that_every_condition_is_met(office, waiting):
    answer = office.post(_at(waiting), ALL_HOLD | {"holds_member": "", "then": "accept", "note_member": "证书未附"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "是上海市质量协会会员单位" in page
    assert "证书未附" in page
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_a_veto_that_does_not_hold_keeps_it_out(office, waiting):
    answer = office.post(_at(waiting), ALL_HOLD | {"holds_clean-record": "no", "then": "accept"})
    assert answer.status_code == 409
    assert "近三年无重大质量、安全、环保事故" in answer.content.decode()


def test_accepted_it_goes_into_the_review_and_the_applicant_is_told(office, waiting):
    answer = office.post(_at(waiting), ALL_HOLD | {"then": "accept", "note": "条件齐备", "note_member": "会员证"})
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "in_review"
    results = {row["key"]: row for row in ConditionCheck.objects.get().results}
    assert results["member"] == {"key": "member", "holds": True, "note": "会员证", "computed": False}
    assert results["years-in-operation"]["computed"] is True
    assert OutboxMail.objects.filter(subject__contains="条件审查结果").exists()


def test_looking_again_decides_nothing(office, waiting):
    answer = office.post(_at(waiting), ALL_HOLD | {"then": "look"})
    assert answer.status_code == 200
    assert "全部条件都已符合" in answer.content.decode()
    assert not ConditionCheck.objects.exists()


def test_rejecting_asks_for_a_reason(office, waiting):
    answer = office.post(_at(waiting), {"then": "reject", "note": " "})
    assert answer.status_code == 409
    assert "请写明理由" in answer.content.decode()
    office.post(_at(waiting), {"then": "reject", "note": "不是会员单位", "holds_member": "no"})
    waiting.refresh_from_db()
    assert waiting.state == "ineligible"
    assert ConditionCheck.objects.get().passed is False


def test_the_second_check_begins_where_the_first_ended(office, waiting):
    office.post(_at(waiting), {"then": "reject", "note": "不是会员单位", "holds_member": "no"})
    page = office.get(_at(waiting)).content.decode()
    assert "不是会员单位" in page
    assert "离通过还差" in page


def _points(**more):
    return {"rows": "3", "part_1": "profile", "text_1": "请补盖公章。", "article": "第十二条", **more}


def test_it_is_returned_with_its_points_and_the_term_of_the_rules(office, waiting):
    page = office.get(_at(waiting, "send_back")).content.decode()
    assert "9月22日23:59" in page  # five working days after the 14th: the 18th is worked, the 19th to 21st are not
    assert 'name="until"' not in page
    answer = office.post(_at(waiting, "send_back"), _points())
    assert answer.status_code == 302
    returned = Return.objects.get()
    assert returned.items == [{"part": "profile", "text": "请补盖公章。"}]
    assert returned.article == "第十二条"
    waiting.refresh_from_db()
    assert waiting.state == "returned"
    assert "已退回补正" in office.get(_at(waiting)).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text_1": "", "part_1": ""}, "请至少写明一处"),
        ({"part_1": ""}, "请选择这处"),
        ({"text_1": ""}, "请写明需要补正什么"),
    ],
)
def test_points_without_place_or_words_are_refused(office, waiting, changes, words):
    answer = office.post(_at(waiting, "send_back"), _points(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Return.objects.exists()


def test_more_rows_are_there_when_asked(office, waiting):
    page = office.get(f"{_at(waiting, 'send_back')}?rows=6").content.decode()
    assert 'name="text_6"' in page
    assert 'name="text_13"' not in office.get(f"{_at(waiting, 'send_back')}?rows=99").content.decode()


def test_returns_are_limited_by_the_rules(office, waiting):
    for _ in range(2):
        office.post(_at(waiting, "send_back"), _points())
        Application.objects.filter(pk=waiting.pk).update(state="submitted")
    answer = office.post(_at(waiting, "send_back"), _points())
    assert answer.status_code == 409
    assert "最多退回补正2次" in answer.content.decode()


def test_an_auditor_sees_the_findings_and_decides_nothing(client, waiting, auditor):
    client.force_login(auditor)
    page = client.get(_at(waiting)).content.decode()
    assert "通过，进入评审" not in page
    assert client.post(_at(waiting), ALL_HOLD | {"then": "accept"}).status_code == 404
    assert client.get(_at(waiting, "send_back")).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
