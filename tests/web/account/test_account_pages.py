"""Signing in and up, where a person begins, and their own settings."""

import pytest
from django.urls import reverse
from tests.factories import PASSWORD, body, member, organisation, person

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel.models import OutboxMail
from zhuoyue.web.account.adapter import AccountAdapter

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def test_the_right_password_lets_in_and_the_wrong_one_keeps_the_address(client):
    someone = person()
    wrong = client.post(SIGN_IN, {"login": someone.email, "password": "not this one at all"})
    assert wrong.status_code == 200
    assert someone.email in wrong.content.decode()
    right = client.post(SIGN_IN, {"login": someone.email.upper(), "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, "/account/home/")


def test_sign_in_leads_back_to_where_it_was_asked(client):
    someone = person()
    asked = client.get("/account/settings/")
    assert asked["Location"] == f"{SIGN_IN}?next=/account/settings/"
    answer = client.post(
        asked["Location"], {"login": someone.email, "password": PASSWORD, "next": "/account/settings/"}
    )
    assert answer["Location"] == "/account/settings/"


def test_sign_in_brings_back_the_language_and_the_theme_that_one_chose(client):
    someone = person()
    Person.objects.filter(pk=someone.pk).update(language="en", theme="dark")
    client.cookies["language"] = "zh-hans"
    client.post(SIGN_IN, {"login": someone.email, "password": PASSWORD})
    assert (client.cookies["language"].value, client.cookies["theme"].value) == ("en", "dark")
    page = client.get("/account/settings/").content.decode()
    assert '<html lang="en"' in page
    assert 'data-bs-theme="dark"' in page


def test_who_signs_up_in_english_stays_in_english(client):
    client.cookies["language"] = "en"
    answer = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/sign-up/", answer)
    assert Person.objects.get(email="ada@example.org").language == "en"
    assert client.cookies["language"].value == "en"


def test_an_applicant_makes_an_account(client):
    typed = {"name": "申报人", "email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/sign-up/", typed).status_code == 302
    letter = OutboxMail.objects.get(to="new@example.org")
    code = next(line for line in letter.text.splitlines() if line.isdecimal())
    client.post("/account/sign-up/code/", {"code": code, "action": "verify"})
    assert Person.objects.get(email="new@example.org").name == "申报人"
    assert "先登记单位" in client.get("/account/home/").content.decode()


def test_a_known_address_makes_no_second_account(client):
    someone = person()
    typed = {"name": "另一人", "email": someone.email, "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/sign-up/", typed)
    assert Person.objects.filter(email=someone.email).count() == 1


@pytest.mark.parametrize(
    ("duty", "begins"),
    [(Duty.SECRETARY, "/office/"), (Duty.OFFICER, "/recommend/"), (Duty.REPRESENTATIVE, "/apply/")],
)
def test_a_person_begins_with_their_role(client, duty, begins):
    owner = organisation() if duty == Duty.REPRESENTATIVE else body().organisation
    client.force_login(member(owner, duty))
    assert client.get("/account/home/")["Location"] == begins


def test_settings_are_ones_own_and_an_empty_name_is_refused(client):
    someone = person("旧名")
    client.force_login(someone)
    place = reverse("account:settings")
    assert "旧名" in client.get(place).content.decode()
    assert client.post(place, {"name": "", "phone": "1"}).status_code == 422
    assert client.post(place, {"name": "新名", "phone": "021-60000000"}).status_code == 302
    someone.refresh_from_db()
    assert (someone.name, someone.phone) == ("新名", "021-60000000")


def test_a_forgotten_password_is_set_anew_by_a_letter_of_our_own(client):
    someone = person()
    assert client.post("/account/password/reset/", {"email": someone.email}).status_code == 302
    letter = OutboxMail.objects.get(to=someone.email)
    assert "重设密码" in letter.subject
    link = next(line for line in letter.text.splitlines() if "/password/reset/" in line)
    place = link[link.index("/account/") :]
    form = client.get(place, follow=True)
    target = form.redirect_chain[-1][0] if form.redirect_chain else place
    new = "a password made after the letter"
    assert client.post(target, {"password1": new, "password2": new}).status_code == 302
    someone.refresh_from_db()
    assert someone.check_password(new)


def test_an_unknown_address_gets_the_same_answer_and_no_letter_to_a_stranger(client):
    known = client.post("/account/password/reset/", {"email": person().email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_other_letters_of_the_library_say_that_something_changed():
    AccountAdapter().send_mail("account/email/password_changed", "someone@example.org", {})
    assert "安全设置发生了变化" in OutboxMail.objects.get(to="someone@example.org").text


@pytest.mark.parametrize("address", ["sign-in/", "sign-up/", "password/reset/", "password/reset/sent/", "inactive/"])
def test_every_page_of_the_door_says_what_it_is_for(client, address):
    page = client.get(f"/account/{address}").content.decode()
    assert "<h1" in page
    assert "{%" not in page
