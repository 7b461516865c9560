"""A signed link: good once, until a day, for one person; what it opens is decided by what the person is."""

import pytest
from django.urls import reverse

from zhuoyue.domain.accounts.links import make_link_token
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
