"""Signing up: six digits by letter prove the address; nobody is told which addresses have an account."""

import re
import time

import pytest
from tests.factories import PASSWORD, body, person

from zhuoyue.domain.accounts.actions import make_person
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.steps import appoint
from zhuoyue.kernel import demonstration
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
SIGN_UP, CODE, SIGN_IN = "/account/sign-up/", "/account/sign-up/code/", "/account/sign-in/"
NEW = "new@example.org"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def sign_up(client, email=NEW, name="申报人", password=PASSWORD):
    typed = {"name": name, "email": email, "password1": password, "password2": password}
    return client.post(SIGN_UP, typed)


def newest(email=NEW):
    return OutboxMail.objects.filter(to=email).order_by("-created_at").first()


def digits(email=NEW):
    return re.search(r"^\d{6}$", newest(email).text, re.MULTILINE).group()


def confirm(client, code, action="verify"):
    return client.post(CODE, {"code": code, "action": action})


def is_in(client):
    return client.get("/account/settings/").status_code == 200


def test_nothing_opens_before_the_digits_and_the_account_after_them(client):
    assert sign_up(client)["Location"] == CODE
    someone = Person.objects.get(email=NEW)
    assert not someone.is_authenticated
    assert not is_in(client)
    assert NEW in client.get(CODE).content.decode()
    assert confirm(client, digits())["Location"] == "/account/home/"
    assert is_in(client)
    someone.refresh_from_db()
    assert someone.is_authenticated
    client.post("/account/sign-out/")
    assert client.post(SIGN_IN, {"login": NEW, "password": PASSWORD})["Location"] == "/account/home/"


def test_wrong_digits_are_refused_and_after_five_the_attempt_is_over(client):
    sign_up(client)
    right = digits()
    for place in range(1, 6):
        answer = confirm(client, f"{(int(right) + place) % 10**6:06}")
    assert answer["Location"] == SIGN_IN
    confirm(client, right)
    assert not is_in(client)
    assert not Person.objects.get(email=NEW).is_authenticated


def test_the_letter_comes_again_three_times_with_other_digits(client):
    sign_up(client)
    for _ in range(5):
        confirm(client, "", action="resend")
    assert OutboxMail.objects.filter(to=NEW).count() == 4
    assert "已经寄过多次" in client.get(CODE).content.decode()
    confirm(client, digits())
    assert is_in(client)


def test_a_mistyped_address_is_typed_anew_and_what_was_typed_is_kept(client):
    sign_up(client, "wrong@example.org")
    assert client.post("/account/sign-up/again/")["Location"] == SIGN_UP
    form = client.get(SIGN_UP).content.decode()
    assert 'value="申报人"' in form
    assert 'value="wrong@example.org"' in form
    assert not Person.objects.filter(email="wrong@example.org").exists()
    sign_up(client)
    confirm(client, digits())
    assert is_in(client)


def test_who_comes_back_later_is_asked_for_the_digits_again(client):
    sign_up(client)
    client.cookies.clear()
    assert client.post(SIGN_IN, {"login": NEW, "password": PASSWORD})["Location"] == CODE
    assert not is_in(client)
    confirm(client, digits())
    assert is_in(client)


@pytest.mark.parametrize("known", ["proved", "named"])
def test_an_address_that_has_an_account_gets_the_same_answers(client, known):
    other = person().email if known == "proved" else make_person(by=None, email="named@example.org", name="某").email
    fresh, taken = sign_up(client), client.get(CODE).content.decode()
    client.cookies.clear()
    again, shown = sign_up(client, other), client.get(CODE).content.decode()
    tokens = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"')
    assert (fresh.status_code, fresh["Location"]) == (again.status_code, again["Location"])
    assert tokens.sub("", taken.replace(NEW, "@")) == tokens.sub("", shown.replace(other, "@"))
    refused, unknown = confirm(client, "000000"), confirm(client, "", action="resend")
    assert (refused.status_code, unknown["Location"]) == (200, CODE)
    assert not is_in(client)
    assert Person.objects.get(email=other).name != "申报人"
    assert ("/account/first/" in newest(other).text) == (known == "named")


def test_both_answers_take_the_same_work(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    other, spent = person().email, {"fresh": [], "known": []}
    for turn in range(4):
        for kind, email in (("fresh", f"new{turn}@example.org"), ("known", other)):
            client.cookies.clear()
            started = time.process_time()
            sign_up(client, email)
            spent[kind].append(time.process_time() - started)
    fresh, known = min(spent["fresh"]), min(spent["known"])
    assert 0.5 < fresh / known < 2


def test_the_letter_to_a_known_address_says_what_stands_there(client):
    sign_up(client, person(email="known@example.org").email)
    letter = newest("known@example.org")
    assert "已有账号" in letter.subject
    assert "http://127.0.0.1:8000/account/password/reset/" in letter.text


@pytest.mark.parametrize("host", ["127.0.0.1:666", "localhost:1"])
def test_links_bear_the_public_address_whatever_the_browser_says(client, settings, host):
    settings.PUBLIC_URL = "https://award.example"
    known = person()
    for address in (known.email, "nobody@example.org"):
        client.post("/account/password/reset/", {"email": address}, HTTP_HOST=host)
        (link,) = re.findall(r"https?://\S+", newest(address).text)
        assert link.startswith("https://award.example/account/")


def test_a_forgotten_password_of_who_is_only_named_leads_to_their_first_sign_in(client):
    home = body().organisation
    appoint(by=None, organisation=home, email=NEW, name="新人", duty=Duty.SECRETARY, path="/office/")
    OutboxMail.objects.all().delete()
    client.post("/account/password/reset/", {"email": NEW})
    assert "/account/first/" in newest().text


def test_the_demonstration_shows_the_letter_and_a_real_installation_never(client, settings):
    sign_up(client)
    assert digits() not in client.get(CODE).content.decode()
    demonstration.mark()
    assert digits() in client.get(CODE).content.decode()
    settings.EMAIL_HOST = "mail.example"
    assert digits() not in client.get(CODE).content.decode()


def test_two_at_once_with_one_address_make_one_account(client, monkeypatch):
    person(email=NEW)
    monkeypatch.setattr("zhuoyue.web.account.forms.person_at", lambda _email: None)
    assert sign_up(client)["Location"] == CODE
    assert Person.objects.filter(email=NEW).count() == 1


def test_nothing_to_confirm_leads_to_the_door(client):
    assert client.get(CODE)["Location"] == SIGN_IN
    assert client.post("/account/sign-up/again/")["Location"] == SIGN_UP
    client.force_login(person())
    assert client.get(CODE)["Location"] == "/account/address/"
    assert client.get("/account/address/")["Location"] == "/account/settings/"
