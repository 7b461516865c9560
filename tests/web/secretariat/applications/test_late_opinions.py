"""Opinions that are late and letters that did not leave: both stand on the office's first page, with the way out."""

import pytest
from django.urls import reverse
from tests import applying, factories

from zhuoyue.domain.applications.models import Extension
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import clock, mail
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db
LEVEL = "    categories: [organisation]\n    opinion: true\n    seal: true\n"


@pytest.fixture
def case():
    text = factories.pack_text().replace(LEVEL, f"{LEVEL}    deadline: 2021-08-20\n")
    return applying.sent(text=text)


@pytest.fixture
def office(client, case):
    client.force_login(case.stage.secretary)
    return client


def url(case, name, **kwargs):
    return reverse(f"secretariat:{name}", kwargs={"slug": case.stage.cycle.slug, **kwargs})


def words(client, where):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_late_opinion_stands_on_the_overview_and_is_reminded(office, case):
    clock.stand_at(factories.moment("2021-08-22"))
    page = words(office, url(case, "cycle"))
    assert "未出具推荐意见（1份）" in page
    assert case.body.organisation.name in page
    office.post(url(case, "remind_late"))
    assert "/recommend/" in OutboxMail.objects.get(subject__contains="催办").text


def test_a_body_without_an_officer_is_named_but_not_written_to(office, case):
    case.officer.officer_in.update(ended_at=clock.now())
    clock.stand_at(factories.moment("2021-08-22"))
    assert "未出具推荐意见" in words(office, url(case, "cycle"))
    office.post(url(case, "remind_late"))
    assert not OutboxMail.objects.filter(subject__contains="催办").exists()


def test_more_time_is_granted_on_the_page_of_the_bodies(office, case, django_assert_max_num_queries):
    clock.stand_at(factories.moment("2021-08-22"))
    words(office, url(case, "bodies"))
    with django_assert_max_num_queries(9):
        page = words(office, url(case, "bodies"))
    extend = url(case, "extend_term", body_id=case.body.pk)
    assert "已截止" in page
    assert extend in page
    assert "延期的理由" in words(office, extend)
    given = {"level": "industry-or-group", "until": "2021-08-21 00:00", "reason": "系统故障"}
    answer = office.post(extend, given)
    assert answer.status_code == 422
    assert "要晚于" in answer.content.decode()
    assert "系统故障" in answer.content.decode()
    assert office.post(extend, {**given, "reason": ""}).status_code == 422
    assert office.post(extend, {**given, "until": "2021-08-28 00:00"}).status_code == 302
    assert "已延期：系统故障" in words(office, url(case, "bodies"))
    assert AuditEvent.objects.filter(verb="applications.term_extended").count() == 1


def test_others_do_not_extend(client, case):
    extend = url(case, "extend_term", body_id=case.body.pk)
    for someone in (case.officer, case.person, factories.member(case.stage.organiser.organisation, Duty.AUDITOR)):
        client.force_login(someone)
        assert client.post(extend, {"level": "x"}).status_code == 404
    client.force_login(case.stage.secretary)
    assert client.get(url(case, "extend_term", body_id=factories.body().pk)).status_code == 404
    assert not Extension.objects.exists()


def test_without_a_time_there_is_nothing_to_extend(client):
    undated = applying.signed_up()
    client.force_login(undated.stage.secretary)
    answer = client.get(url(undated, "extend_term", body_id=undated.body.pk), follow=True)
    assert "没有给这一级推荐规定截止时间" in answer.content.decode()


def test_the_body_is_shown_its_time_and_told_when_it_is_over(client, case):
    client.force_login(case.officer)
    own = reverse("recommender:application", args=[case.application.pk])
    assert "8月20日24:00" in words(client, own)
    assert "8月20日" in words(client, reverse("recommender:home"))
    clock.stand_at(factories.moment("2021-08-22"))
    page = words(client, own)
    assert "推荐截止时间已过" in page
    assert "提交意见" not in page
    answer = client.post(own, {"outcome": "recommend", "opinion": "写了很久的意见"})
    assert answer.status_code == 422
    assert "不能再出具意见" in answer.content.decode()
    assert "写了很久的意见" in answer.content.decode()
    assert client.get(reverse("recommender:take_back", args=[case.application.pk])).status_code == 403
    assert "查看" in words(client, reverse("recommender:home"))
    assert case.application.state == "submitted"


def failed_letter(case, number=1):
    mail.queue(to=f"a{number}@b.cn", subject="通知", text="话", dedupe=f"t{number}", scope=subject_of(case.stage.cycle))
    OutboxMail.objects.filter(dedupe=f"t{number}").update(state=MailState.FAILED, last_error="550", attempts=3)


def test_letters_that_did_not_leave_stand_on_the_overview_and_go_again(office, case, django_assert_max_num_queries):
    assert "封信没有发出" not in words(office, url(case, "cycle"))
    failed_letter(case)
    failed_letter(case, 2)
    with django_assert_max_num_queries(12):
        page = words(office, url(case, "cycle"))
    assert "2封信没有发出" in page
    assert f"{url(case, 'letters')}?state=failed" in page
    assert "全部重新发送" in words(office, f"{url(case, 'letters')}?state=failed")
    assert office.post(url(case, "send_failed_again")).status_code == 302
    assert set(OutboxMail.objects.filter(dedupe__in=["t1", "t2"]).values_list("state", "attempts")) == {("queued", 0)}
    assert AuditEvent.objects.get(verb="programmes.letters_sent_again").data == {"letters": 2}
    office.post(url(case, "send_failed_again"))
    assert AuditEvent.objects.filter(verb="programmes.letters_sent_again").count() == 1
    assert "封信没有发出" not in words(office, url(case, "cycle"))


def test_letters_of_another_office_are_not_touched(client, case):
    failed_letter(case)
    other = factories.member(factories.body().organisation, Duty.SECRETARY)
    client.force_login(other)
    assert client.post(url(case, "send_failed_again")).status_code == 404
    assert OutboxMail.objects.get(dedupe="t1").state == MailState.FAILED
