"""The administrator's page: bodies and their first secretaries, letters to be passed on, the second factor."""

import re

import pytest
from allauth.mfa.totp.internal import auth
from django.utils.html import escape
from tests.factories import body, member, organisation, person

from zhuoyue.domain.accounts.models import SecondFactorDemand
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.kernel import mail
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import MailState, OutboxMail

pytestmark = pytest.mark.django_db
PAGE, FOUND = "/account/installation/", "/account/installation/body/"
DEMANDS = "/account/installation/second-factor/"
FIRST = {
    "name": "新市质量协会",
    "level": "city",
    "kind": "association",
    "secretary": "首任",
    "email": "first@example.org",
}


@pytest.fixture
def desk(client):
    client.force_login(person(is_administrator=True))
    return client


def shown(client, address=PAGE):
    return client.get(address).content.decode()


def test_a_body_is_founded_under_another_and_its_first_secretary_is_written_to(desk):
    above = body("省质量协会")
    assert desk.post(FOUND, {**FIRST, "parent": str(above.pk)})["Location"] == PAGE
    made = Body.objects.get(organisation__name="新市质量协会")
    assert (made.level, made.parent) == ("city", above)
    text = shown(desk)
    assert "首任（等待确认）" in text
    assert "已设立新市质量协会" in text
    link = re.search(r"http://\S+?(/account/first/\S+)", OutboxMail.objects.get(to="first@example.org").text)[1]
    desk.logout()
    password = "the first one comes in"
    assert desk.post(link, {"password": password, "again": password})["Location"] == "/office/"
    assert "首任" in shown(desk, "/office/settings/people/")


def test_what_stands_is_told_and_nothing_typed_is_lost(desk):
    known = person("张三", email="first@example.org")
    answer = desk.post(FOUND, FIRST)
    assert answer.status_code == 422
    assert "张三" in answer.content.decode()
    assert not Body.objects.filter(organisation__name=FIRST["name"]).exists()
    assert desk.post(FOUND, {**FIRST, "known": "on", "known_email": known.email}).status_code == 302
    answer = desk.post(FOUND, {**FIRST, "email": "second@example.org"})
    assert answer.status_code == 422
    assert "已有秘书处工作人员" in answer.content.decode()
    assert 'value="second@example.org"' in answer.content.decode()


def test_a_body_takes_no_organisation_that_others_registered_under_its_name(desk):
    theirs = [organisation(FIRST["name"]) for _ in range(2)]
    for each in theirs:
        member(each, Duty.REPRESENTATIVE)
    assert desk.post(FOUND, FIRST).status_code == 302
    assert Body.objects.get(organisation__name=FIRST["name"]).organisation not in theirs


def test_a_letter_is_read_to_be_passed_on_and_each_reading_is_recorded(desk, settings):
    for name in ("one", "two"):
        mail.queue(to=f"{name}@b.cn", subject=f"信{name}", text=f"链接-{name}", dedupe=f"account:{name}")
    letter = OutboxMail.objects.get(to="one@b.cn")
    assert "链接-" not in shown(desk)
    assert "two@b.cn" not in shown(desk, f"{PAGE}?to=one")
    answer = desk.post(f"{PAGE}letters/{letter.pk}/")
    assert "链接-one" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert AuditEvent.objects.get(verb="programmes.letter_read_by_operator").data == {"to": "one@b.cn"}
    settings.EMAIL_HOST = "mail.example"
    assert "one@b.cn" not in shown(desk)
    assert desk.post(f"{PAGE}letters/{letter.pk}/")["Location"] == PAGE
    assert "不用转交" in shown(desk)
    OutboxMail.objects.filter(to="two@b.cn").update(state=MailState.FAILED)
    assert "two@b.cn" in shown(desk)


def test_whoever_holds_a_demanded_role_sets_the_second_factor_up_before_anything_of_it_opens(desk, client):
    assert desk.post(DEMANDS, {"faces": ["office", "jury"]})["Location"] == PAGE
    assert "已保存" in shown(desk)
    secretary = member(body().organisation, Duty.SECRETARY)
    client.force_login(secretary)
    for address in ("/office/", "/office/settings/people/", "/find/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "请先设置两步验证" in answer.content.decode()
    answer = client.post("/office/settings/people/add/", {"name": "新人"})
    assert (answer.status_code, "还没有保存" in answer.content.decode()) == (403, True)
    for address in ("/account/settings/", "/account/second-factor/", "/", "/apply/organisations/new/"):
        assert client.get(address).status_code == 200, address
    auth.TOTP.activate(secretary, "JBSWY3DPEHPK3PXP")
    assert client.get("/office/settings/people/").status_code == 200
    client.force_login(member(organisation(), Duty.REPRESENTATIVE))
    assert client.get("/apply/").status_code in (200, 302)
    assert client.get("/office/").status_code == 404
    assert client.get("/find/").status_code == 200


def test_the_administrator_is_held_to_it_too_and_an_unknown_role_is_refused(desk):
    desk.post(DEMANDS, {"faces": ["guests"]})
    assert "没有保存" in shown(desk)
    assert not SecondFactorDemand.objects.exists()
    desk.post(DEMANDS, {"faces": ["administrator"]})
    for address in (PAGE, FOUND):
        assert desk.get(address).status_code == 403
    assert desk.post(DEMANDS, {"faces": []}).status_code == 403
    assert list(SecondFactorDemand.objects.values_list("face", flat=True)) == ["administrator"]
    assert escape("系统管理员") in shown(desk)
