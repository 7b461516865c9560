"""A visitor objects, proves the address, follows the number; and cannot be a nuisance."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.factories import moment
from tests.jury_cast import make_jury
from tests.objections import SAID, digits_of, link_of, objection_to, unproved_objection

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import Objection
from zhuoyue.domain.outcomes.queries import objection_by_id
from zhuoyue.kernel import clock, demonstration
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


@pytest.fixture
def notice(cast):
    return cast.on_notice()


def at(name, *args):
    return reverse(f"public:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def send(client, notice, **more):
    return client.post(at("object", notice.pk), {**SAID, "once": str(uuid.uuid4()), **more})


def test_an_objection_is_made_proved_followed_and_answered(cast, notice, client):
    answer = send(client, notice)
    made = Objection.objects.get()
    assert answer.url == at("prove_objection", made.pk)
    page = client.get(answer.url)
    assert "w***@example.org" in text_of(page)
    assert SAID["email"] not in text_of(page)
    assert "52588821" in text_of(page)  # whom to tell where no letter comes
    assert "no-store" in page["Cache-Control"]
    assert "等待确认邮箱" in text_of(client.get(at("objection"), {"number": made.number}))
    answer = client.post(answer.url, {"digits": digits_of(made)}, follow=True)
    assert made.number in text_of(answer)
    assert "核实中" in text_of(answer)
    actions.rule_objection(by=cast.by, objection=objection_by_id(made.pk), upheld=False, ruling="与年报一致。")
    text = text_of(client.get(at("objection"), {"number": made.number.lower()}))
    assert "与年报一致。" in text
    for hidden in (SAID["name"], SAID["contact"], SAID["email"], SAID["text"]):
        assert hidden not in text
    gone = client.get(at("prove_objection", made.pk))
    assert (gone.status_code, "已经确认过" in text_of(gone)) == (403, True)


def test_the_link_of_the_letter_asks_before_it_proves(notice, client):
    made = unproved_objection(notice)
    page = client.get(link_of(made))
    assert page.status_code == 200
    assert Objection.objects.get().state == "unproved"
    assert made.number in text_of(client.post(link_of(made), follow=True))
    assert Objection.objects.get().state == "received"
    assert client.get("/objections/letter/x/").status_code == 404


def test_a_mistyped_address_is_corrected(notice, client):
    send(client, notice, email="old@example.org")
    made = Objection.objects.get()
    again = at("write_to_objector", made.pk)
    old = link_of(made)
    answer = client.post(again, {"email": "kein Ort"})
    assert (answer.status_code, "kein Ort" in text_of(answer)) == (422, True)
    assert "r***@example.org" in text_of(client.post(again, {"email": "right@example.org"}, follow=True))
    assert client.get(old).status_code == 404
    assert OutboxMail.objects.filter(to="right@example.org").count() == 1


def test_wrong_digits_say_how_many_tries_are_left(notice, client):
    made = unproved_objection(notice)
    address = at("prove_objection", made.pk)
    wrong = f"{(int(digits_of(made)) + 1) % 10**6:06}"
    answer = client.post(address, {"digits": wrong})
    assert (answer.status_code, "还可以试4次" in text_of(answer)) == (422, True)
    for _time in range(4):
        answer = client.post(address, {"digits": wrong})
    assert "已试过多次" in text_of(answer)
    assert client.post(address, {"digits": ""}).status_code == 422


def test_one_mailbox_and_one_place_object_so_often_and_keep_their_words(notice, client):
    for turn in range(5):
        assert send(client, notice, text=f"第{turn}件").status_code == 302
    answer = send(client, notice, text="第六件")
    assert (answer.status_code, "第六件" in text_of(answer), "太频繁" in text_of(answer)) == (429, True, True)
    for turn in range(14):
        assert send(client, notice, email=f"{turn}@example.org").status_code == 302
    assert send(client, notice, email="x@example.org").status_code == 429
    assert send(client, notice, email="x@example.org", name="").status_code == 422
    elsewhere = client.post(at("object", notice.pk), {**SAID, "email": "x@example.org"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    assert Objection.objects.count() == 5 + 14 + 1


def test_letters_to_one_mailbox_are_limited(notice, client):
    made = unproved_objection(notice)
    again = at("write_to_objector", made.pk)
    for _time in range(5):
        assert client.post(again, {"email": "somebody@example.org"}).status_code == 302
    answer = client.post(again, {"email": "Somebody@example.org"})
    assert (answer.status_code, "已经寄过多次" in text_of(answer)) == (429, True)
    assert OutboxMail.objects.filter(to__iexact="somebody@example.org").count() == 5


def test_a_demonstration_shows_the_letter_and_nothing_else_does(notice, client):
    made = unproved_objection(notice)
    address = at("prove_objection", made.pk)
    assert digits_of(made) not in text_of(client.get(address))
    demonstration.mark()
    assert digits_of(made) in text_of(client.get(address))


@pytest.mark.parametrize("field", ["name", "email", "against", "text"])
def test_an_objection_that_lacks_something_keeps_the_rest(notice, client, field):
    answer = send(client, notice, **{field: ""})
    assert answer.status_code == 422
    text = text_of(answer)
    assert f'href="#id_{field}' in text
    assert (SAID["text"] if field != "text" else SAID["name"]) in text
    assert not Objection.objects.exists()


def test_an_objection_against_nobody_on_the_list_is_refused(notice, client):
    assert send(client, notice, against="别的单位").status_code == 422


def test_a_double_click_is_one_objection(notice, client):
    given = {**SAID, "once": str(uuid.uuid4())}
    assert client.post(at("object", notice.pk), given).url == client.post(at("object", notice.pk), given).url
    assert Objection.objects.count() == 1


def test_the_form_says_where_to_write_without_an_address(notice, client):
    text = text_of(client.get(at("object", notice.pk)))
    assert "没有邮箱的" in text
    assert "52588821" in text


def test_an_expired_one_says_so(notice, client):
    made = unproved_objection(notice)
    actions.expire_objections(at=made.prove_by)
    assert "没有确认，已失效" in text_of(client.get(at("objection"), {"number": made.number}))
    assert client.get(at("prove_objection", made.pk)).status_code == 403


def test_the_office_sees_equal_ones_as_one_and_enters_others(cast, notice, client):
    objection_to(notice)
    objection_to(notice, name="李四", email="li@example.org")
    unproved_objection(notice, name="未确认", email="un@example.org")
    client.force_login(cast.by)
    home = reverse("secretariat:category_results", args=[cast.stage.category.pk])
    text = text_of(client.get(home))
    assert "相同内容2件" in text
    first = Objection.objects.order_by("at")[0]
    text = text_of(client.get(reverse("secretariat:office_objection", args=[first.pk])))
    assert "李四" in text
    assert "未确认" not in text
    enter = reverse("secretariat:enter_objection", args=[notice.result_list_id])
    assert enter in text_of(client.get(home))
    clock.stand_at(moment(f"{notice.starts_on}T15:00"))
    assert client.get(enter).status_code == 200
    heard = {**SAID, "email": "", "channel": "letter", "name": "来信人", "received_on": "2021-10-01"}
    answer = client.post(enter, heard)
    assert (answer.status_code, "公示期内" in text_of(answer), "来信人" in text_of(answer)) == (422, True, True)
    answer = client.post(enter, {**heard, "received_on": str(notice.starts_on)}, follow=True)
    assert "来信人" in text_of(answer)
    assert "相同内容3件" in text_of(client.get(home))
