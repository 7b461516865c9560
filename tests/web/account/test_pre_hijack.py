"""A stranger who signs up with somebody's address never gets what that somebody is given, in any order of events."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories import PASSWORD, body, member

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.orgs.actions import appoint_colleague
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
VICTIM, THEIRS, OWN = "victim@example.org", "the stranger chose this", "the owner chose that"
SIGN_UP, CODE, SIGN_IN = "/account/sign-up/", "/account/sign-up/code/", "/account/sign-in/"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def secretary():
    return member(body().organisation, Duty.SECRETARY)


def sign_up(client, password, name):
    typed = {"name": name, "email": VICTIM, "password1": password, "password2": password}
    assert client.post(SIGN_UP, typed).status_code == 302


def appointed(secretary):
    home = secretary.memberships.get().organisation
    return appoint_colleague(by=secretary, organisation=home, email=VICTIM, name="本人", known=True)


def letters():
    return [letter.text for letter in OutboxMail.objects.filter(to=VICTIM).order_by("created_at")]


def digits():
    return re.search(r"^\d{6}$", letters()[-1], re.MULTILINE).group()


def follow(client, text):
    link = re.search(r"https?://[^/]+(\S+)", text).group(1)
    return client.post(link, {"password": OWN, "again": OWN})


def opens(client):
    return client.get("/office/settings/people/").status_code == 200


def signs_in(password):
    client = Client()
    client.post(SIGN_IN, {"login": VICTIM, "password": password})
    return client.get("/account/settings/").status_code == 200


def only_the_owner(stranger, owner):
    assert opens(owner)
    assert not opens(stranger)
    assert stranger.get("/account/settings/").status_code == 302
    assert signs_in(OWN)
    assert not signs_in(THEIRS)
    someone = Person.objects.get(email=VICTIM)
    assert someone.name == "本人"
    assert not Authenticator.objects.filter(user=someone).exists()


def test_signed_up_before_the_appointment(client, secretary):
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    appointed(secretary)
    assert not opens(stranger)
    assert not signs_in(THEIRS)
    assert follow(client, letters()[-1]).status_code == 302
    only_the_owner(stranger, client)
    assert stranger.get(CODE)["Location"] in (SIGN_UP, SIGN_IN)


def test_the_session_of_the_stranger_cannot_move_the_appointment_to_another_address(client, secretary):
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    appointed(secretary)
    stranger.post(CODE, {"action": "change", "email": "evil@example.org"})
    stranger.post(CODE, {"action": "resend"})
    assert not OutboxMail.objects.filter(to="evil@example.org").exists()
    assert Person.objects.get(email=VICTIM).memberships.count() == 1
    follow(client, letters()[1])
    only_the_owner(stranger, client)


def test_signed_up_after_the_appointment(client, secretary):
    appointed(secretary)
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    assert not signs_in(THEIRS)
    follow(client, letters()[0])
    only_the_owner(stranger, client)


def test_the_owner_forgets_the_letter_and_asks_for_a_new_password(client, secretary):
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    appointed(secretary)
    sign_up(stranger, THEIRS, "陌生人")
    client.post("/account/password/reset/", {"email": VICTIM})
    follow(client, letters()[-1])
    only_the_owner(stranger, client)


def test_a_new_password_for_an_unfinished_sign_up_is_never_sent(client, secretary):
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    stranger.post("/account/password/reset/", {"email": VICTIM})
    assert "/password/reset/" not in letters()[-1]
    appointed(secretary)
    follow(client, letters()[-1])
    only_the_owner(stranger, client)


@pytest.mark.parametrize("last", ["stranger", "owner"])
def test_both_sign_up_and_the_owner_is_appointed_afterwards(client, secretary, last):
    stranger = Client()
    for who in ("owner", "stranger") if last == "stranger" else ("stranger", "owner"):
        if who == "stranger":
            sign_up(stranger, THEIRS, "陌生人")
        else:
            sign_up(client, OWN, "本人")
            code = digits()
    client.post(CODE, {"code": code, "action": "verify"})
    if last == "stranger":
        # the later sign-up has thrown away the earlier one: the digits of one never open the other
        assert not Person.objects.get(email=VICTIM).is_authenticated
        assert client.get(CODE)["Location"] == SIGN_UP or client.get(CODE).status_code == 302
        sign_up(client, OWN, "本人")
        client.post(CODE, {"code": digits(), "action": "verify"})
    appointed(secretary)
    only_the_owner(stranger, client)


def test_a_second_factor_cannot_be_set_before_the_proof(secretary):
    stranger = Client()
    sign_up(stranger, THEIRS, "陌生人")
    for address in ("second-factor/", "second-factor/app/", "password/", "again/"):
        assert stranger.get(f"/account/{address}").status_code == 302
    assert not Authenticator.objects.exists()
    person = Person.objects.get(email=VICTIM)
    stranger.force_login(person)  # even a session that says so
    assert stranger.get("/account/settings/").status_code == 302
    assert PASSWORD not in (THEIRS, OWN)
