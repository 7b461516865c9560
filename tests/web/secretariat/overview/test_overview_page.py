"""The cycle on one page."""

import pytest
from django.urls import reverse
from tests.factories import body, member, moment, pack_text
from tests.review_cast import make_application

from zhuoyue.domain.applications.models import Application, Registration, Return
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes import actions as programmes
from zhuoyue.domain.review.actions import assignment, stages
from zhuoyue.domain.review.models import Invitation
from zhuoyue.kernel import clock
from zhuoyue.kernel.mail.models import OutboxMail


def _page(review, name="cycle", query=""):
    return reverse(f"secretariat:{name}", kwargs={"slug": review.stage.cycle.slug}) + query


@pytest.fixture
def dated(review):
    """The document review is due on the 20th."""
    run = review.run()
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment("2021-09-20T18:00"))
    return review


def test_the_first_page_leads_to_the_cycle_that_runs(office, review):
    answer = office.get(reverse("secretariat:home"))
    assert answer["Location"] == _page(review)


def test_the_heading_says_what_runs_and_how_long(office, dated):
    assert "资料评价进行中，还有6天" in office.get(_page(dated)).content.decode()
    clock.stand_at(moment("2021-09-20T08:00"))
    assert "资料评价进行中，今天截止" in office.get(_page(dated)).content.decode()
    clock.stand_at(moment("2021-09-22T08:00"))
    page = office.get(_page(dated)).content.decode()
    assert "资料评价进行中，已逾期2天" in page
    assert "3件事逾期" in page


def test_whose_it_is_stands_beside_what_is_due(office, dated):
    page = office.get(_page(dated)).content.decode()
    assert "资料评价未提交（1份）" in page
    for expert in dated.experts:
        assert expert.person.name in page


def test_reminders_are_shown_then_sent_once_a_day(office, dated):
    clock.stand_at(moment("2021-09-22T08:00"))
    url = _page(dated, "remind_late")
    preview = office.get(url).content.decode()
    assert "发送3封邮件" in preview
    assert dated.leader.email in preview
    assert not OutboxMail.objects.filter(subject__contains="催办").exists()
    office.post(url)
    office.post(url)
    letters = OutboxMail.objects.filter(subject__contains="催办")
    assert letters.count() == 3
    assert "资料评价未提交" in letters.first().text
    assert "/expert/" in letters.first().text


def test_one_person_is_reminded_alone(office, dated):
    url = _page(dated, "remind_late", f"?of=books:{dated.experts[1].pk}")
    office.post(url)
    assert OutboxMail.objects.get(subject__contains="催办").to == dated.member.email


def test_nobody_is_late_before_the_day(office, dated):
    assert "没有逾期的事项" in office.get(_page(dated, "remind_late")).content.decode()


def test_answers_and_corrections_are_due_too(office, dated):
    waiting = make_application(dated.stage, "退回的单位")
    Application.objects.filter(pk=waiting.pk).update(state="returned")
    Return.objects.create(
        application=waiting, items=[], until=moment("2021-09-16"), by=dated.by, at=moment("2021-09-10")
    )
    Invitation.objects.filter(expert=dated.experts[0]).update(state="invited", answer_by=moment("2021-09-13"))
    Invitation.objects.filter(expert=dated.experts[1]).update(
        conflicts_declared_at=None, answer_by=moment("2021-09-12")
    )
    page = office.get(_page(dated)).content.decode()
    for words in ("未答复评审邀请", "未交利益冲突声明", "退回补正未重新提交", "退回的单位"):
        assert words in page


def test_what_to_decide_leads_to_its_page(office, dated):
    other = make_application(dated.stage)
    Application.objects.filter(pk=other.pk).update(state="submitted")
    Registration.objects.filter(pk=other.registration_id).update(state="sent")
    page = office.get(_page(dated)).content.decode()
    for words in ("资料评价的去留", "1份报名待确认", "1份待条件审查"):
        assert words in page


def test_lacking_examiners_are_a_risk(office, dated):
    assert "没有发现会卡住的地方" not in office.get(_page(dated)).content.decode()  # three of three still to come
    assignment.end_assignment(by=dated.by, pair=dated.pairs[0], reason="调整")
    page = office.get(_page(dated)).content.decode()
    assert "1份申报评审员不足" in page
    assert "1个评审组未定组长" in page


def test_too_few_people_are_a_risk(office, dated):
    Invitation.objects.filter(expert__in=dated.experts[1:]).update(state="declined")
    make_application(dated.stage)
    for number in range(3):
        stages.enter(by=dated.by, run=dated.run(), application=make_application(dated.stage, f"新单位{number}"))
    assert "评审员人手不够" in office.get(_page(dated)).content.decode()


def test_a_stage_without_a_date_is_a_risk(office, review):
    assert "资料评价没有截止时间" in office.get(_page(review)).content.decode()


def test_the_page_costs_twelve_statements_whatever_the_size(office, dated, django_assert_max_num_queries):
    office.get(_page(dated))
    with django_assert_max_num_queries(12):
        office.get(_page(dated))
    make_application(dated.stage)
    make_application(dated.stage)
    with django_assert_max_num_queries(12):
        office.get(_page(dated))


@pytest.mark.parametrize(
    "key",
    ["jiangsu-benchmark-2016", "saq-2018-2019", "shenzhen-promotion-2013-2015", "wuhan-mayor-manufacturing"],
)
def test_the_other_programmes_have_their_page_from_the_first_day(client, db, key):
    organiser = body("组织单位")
    secretary = member(organiser.organisation, Duty.SECRETARY)
    version = programmes.load_rules(by=secretary, text=pack_text(key), organiser=organiser)
    cycle = programmes.make_cycle(by=secretary, version=version, editions={})
    client.force_login(secretary)
    url = reverse("secretariat:cycle", kwargs={"slug": cycle.slug})
    assert "年度尚未启动" in client.get(url).content.decode()
    programmes.open_cycle(by=secretary, cycle=cycle)
    for moment_words in ("2010-01-01", "2016-06-15", "2019-02-01", "2030-01-01"):
        clock.stand_at(moment(moment_words))
        assert client.get(url).status_code == 200
    programmes.close_cycle(by=secretary, cycle=cycle)
    assert "年度已结束" in client.get(url).content.decode()


def test_without_any_cycle_the_office_says_where_to_begin(client, db):
    secretary = member(body("新单位").organisation, Duty.SECRETARY)
    client.force_login(secretary)
    assert "还没有年度" in client.get(reverse("secretariat:home")).content.decode()


def test_the_auditor_looks_and_reminds_nobody(client, dated, auditor):
    client.force_login(auditor)
    assert client.get(reverse("secretariat:home"))["Location"] == _page(dated)
    page = client.get(_page(dated)).content.decode()
    assert "催办" not in page.split("</header>")[1]
    assert client.post(_page(dated, "remind_late")).status_code == 404
