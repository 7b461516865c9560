"""A person with a second factor is signed in by both, and by nothing less."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal import auth
from tests.factories import PASSWORD, person

from zhuoyue.web.account import second_factor
from zhuoyue.web.account.adapter import AccountAdapter

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/account/sign-in/", "/account/second-factor/sign-in/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def careful():
    someone = person()
    auth.TOTP.activate(someone, SECRET)
    return someone


def code_of_now():
    return auth.format_hotp_value(auth.hotp_value(SECRET, next(iter(auth.yield_hotp_counters_from_time()))))


def with_password(client, someone):
    return client.post(SIGN_IN, {"login": someone.email, "password": PASSWORD})


def is_in(client):
    return client.get("/account/settings/").status_code == 200


def test_the_password_alone_leads_to_the_code_and_opens_nothing(client, careful):
    answer = with_password(client, careful)
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    assert client.get(CODE).status_code == 200
    assert not is_in(client)


def test_the_code_after_the_password_lets_in(client, careful):
    with_password(client, careful)
    answer = client.post(CODE, {"code": code_of_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/account/home/")
    assert is_in(client)


def test_a_wrong_code_does_not(client, careful):
    with_password(client, careful)
    wrong = f"{(int(code_of_now()) + 1) % 10**6:06}"
    assert client.post(CODE, {"code": wrong}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client, careful):
    spare = RecoveryCodes.activate(careful).get_unused_codes()[0]
    with_password(client, careful)
    client.post(CODE, {"code": spare})
    assert is_in(client)
    client.post("/account/sign-out/")
    with_password(client, careful)
    client.post(CODE, {"code": spare})
    assert not is_in(client)


def test_the_code_without_the_password_leads_to_the_door(client, careful):
    assert client.post(CODE, {"code": code_of_now()})["Location"].startswith(SIGN_IN)
    assert not is_in(client)


def test_who_has_none_is_in_by_the_password(client):
    with_password(client, person())
    assert is_in(client)


def test_the_question_is_ours_and_stands_where_the_library_asks():
    stages = AccountAdapter().get_login_stages()
    assert second_factor.STAGE in stages
    assert second_factor.LIBRARY_STAGE not in stages
    assert second_factor.AskForSecondFactor.key == AuthenticateStage.key
