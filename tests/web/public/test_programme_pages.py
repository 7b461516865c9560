"""What can be applied for, and the notices."""

import pytest
from django.urls import reverse
from tests.factories import moment, opened_cycle, person

from zhuoyue.domain.programmes.actions import draft_notice, publish_notice
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    clock.stand_at(moment("2021-06-01T10:00"))
    return opened_cycle()


def text_of(answer):
    return answer.content.decode()


def notice_of(stage, **more):
    facts = {"number": "沪质协〔2021〕13号", "title": "申报通知", "body": "各会员单位：\n\n请申报。", **more}
    programme = stage.cycle.programme
    return draft_notice(by=stage.secretary, programme=programme, issuer=stage.organiser, cycle=stage.cycle, **facts)


def test_home_shows_what_is_open_with_its_next_date(stage, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text = text_of(client.get("/"))
    assert stage.cycle.title in text
    assert "报名截止" in text
    assert "6月30日" in text


@pytest.mark.parametrize(
    ("day", "group"), [("2021-06-01", "接受报名与申报"), ("2021-10-10", "正在进行"), ("2022-06-01", "往届")]
)
def test_programmes_stand_where_the_day_puts_them(stage, client, day, group):
    clock.stand_at(moment(f"{day}T10:00"))
    text = text_of(client.get(reverse("public:programmes")))
    assert f">{group}</h2>" in text


def test_a_programme_tells_what_who_when_and_whom_to_ask(stage, client, django_assert_max_num_queries):
    address = reverse("public:programme", args=[stage.cycle.slug])
    with django_assert_max_num_queries(12):
        text = text_of(client.get(address))
    for words in ("上海市长宁区泰安路74号", "52588821", "申报条件", "会员单位"):
        assert words in text


def test_a_programme_that_nobody_has(client):
    assert client.get(reverse("public:programme", args=["no-such-thing"])).status_code == 404


def test_only_published_notices_are_shown(stage, client):
    notice = notice_of(stage)
    address = reverse("public:notice", args=[notice.pk])
    assert client.get(address).status_code == 404
    client.force_login(person())
    assert client.get(address).status_code == 404
    client.force_login(stage.secretary)
    assert "这是草稿" in text_of(client.get(address))
    publish_notice(by=stage.secretary, notice=notice)
    client.logout()
    text = text_of(client.get(address))
    assert "请申报。" in text
    assert "沪质协〔2021〕13号" in text
    assert "申报通知" in text_of(client.get(reverse("public:notices")))
    assert client.get(reverse("public:notice_attachment", args=[notice.pk, 1])).status_code == 404


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_the_pages_at_the_foot(client, name):
    assert client.get(reverse(f"public:{name}")).status_code == 200
