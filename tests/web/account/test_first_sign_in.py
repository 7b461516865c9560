"""A signed link: good once, until a day, for one person; what it opens is decided by what the person is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.factories import PASSWORD

from zhuoyue.domain.accounts.links import DAYS_VALID, make_link_token
from zhuoyue.domain.accounts.models import Person

pytestmark = pytest.mark.django_db
NEW = "a quite different password"


@pytest.fixture
def newcomer():
    return Person.objects.create_user("new@example.org", None, name="新专家")


def link_of(someone, target=""):
    return reverse("account:first", args=[make_link_token(someone)]) + (f"?next={target}" if target else "")


def test_a_password_is_set_and_the_person_is_in(client, newcomer):
    link = link_of(newcomer, "/account/settings/")
    assert "新专家" in client.get(link).content.decode()
    answer = client.post(link, {"password": NEW, "again": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/account/settings/")
    assert client.get("/account/settings/").status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_the_link_is_used_up(client, newcomer):
    link = link_of(newcomer)
    client.post(link, {"password": NEW, "again": NEW})
    again = client.get(link)
    assert again.status_code == 410
    assert "链接已经用过了" in again.content.decode()
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 410


def test_what_is_wrong_with_a_password_is_said_and_nothing_is_set(client, newcomer):
    link = link_of(newcomer)
    differing = client.post(link, {"password": NEW, "again": "something else entirely"})
    assert differing.status_code == 422
    assert "两次输入的密码不一样" in differing.content.decode()
    short = client.post(link, {"password": "short", "again": "short"})
    assert short.status_code == 422
    assert "至少8个字符" in short.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_a_late_and_a_broken_link_say_what_to_do(client, newcomer):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=DAYS_VALID + 1)):
        link = link_of(newcomer)
    late = client.get(link)
    assert late.status_code == 410
    assert f"有效{DAYS_VALID}天" in late.content.decode()
    broken = client.get(reverse("account:first", args=["nonsense"]))
    assert broken.status_code == 410
    assert "链接不完整" in broken.content.decode()


def test_the_link_of_somebody_barred_opens_nothing(client, newcomer):
    link = link_of(newcomer)
    Person.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_on_stays_in_the_house(client, newcomer, target):
    answer = client.post(link_of(newcomer, target), {"password": NEW, "again": NEW})
    assert answer["Location"] == reverse("account:home")
