"""Naming somebody whose address has an account: the page says whose, and nothing happens before it is confirmed."""

import pytest
from tests.factories import opened_cycle, person

from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.orgs.models import Membership
from zhuoyue.domain.review.models import Seat
from zhuoyue.kernel.mail import OutboxMail

pytestmark = pytest.mark.django_db
EMAIL = "known@example.org"


@pytest.fixture
def office(client):
    stage = opened_cycle()
    client.force_login(stage.secretary)
    return stage


def forms(stage):
    slug = stage.cycle.slug
    expert = {"level": "examiner", "kinds": ["examiner"], "most_load": "6", "is_active": "on"}
    body = {"level": "association", "kind": "association", "officer": "李四"}
    return {
        "colleague": ("/office/settings/people/add/", {"body": str(stage.organiser.pk), "duty": "auditor"}),
        "officer": (f"/office/settings/cycles/{slug}/bodies/add/", {**body, "name": "市轴承协会"}),
        "expert": (f"/office/cycles/{slug}/experts/new/", expert),
        "juror": (f"/office/results/cycles/{slug}/seats/", {}),
    }


def held(someone):
    return sum(found.filter(person=someone).count() for found in (Membership.objects, Expert.objects, Seat.objects))


@pytest.mark.parametrize("kind", ["colleague", "officer", "expert", "juror"])
def test_whose_account_it_is_is_shown_and_confirmed_for_that_address_alone(client, office, kind):
    someone, other = person("张三", email=EMAIL), person("王五", email="other@example.org")
    address, facts = forms(office)[kind]
    given = {"name": "李四", **facts, "email": EMAIL}
    shown = client.post(address, given)
    page = shown.content.decode()
    assert "“张三”" in page
    assert "“李四”" in page
    assert 'type="checkbox" name="known"' in page
    assert (held(someone), OutboxMail.objects.count()) == (0, 0)
    confirmed = {**given, "known": "on", "known_email": EMAIL}
    assert "“王五”" in client.post(address, {**confirmed, "email": other.email}).content.decode()
    assert held(other) == 0
    assert client.post(address, confirmed).status_code == 302
    assert held(someone) == 1


@pytest.mark.parametrize("kind", ["colleague", "juror"])
def test_who_has_no_account_waits_is_called_again_and_withdrawn(client, office, kind):
    address, facts = forms(office)[kind]
    assert client.post(address, {"name": "新人", **facts, "email": "new@example.org"}).status_code == 302
    listed = "/office/settings/people/" if kind == "colleague" else address
    assert "等待确认" in client.get(listed).content.decode()
    found = (Membership if kind == "colleague" else Seat).objects.get(person__email="new@example.org")
    place = f"/office/settings/people/{found.pk}" if kind == "colleague" else f"/office/results/seats/{found.pk}"
    assert client.post(f"{place}/call/")["Location"] == listed
    assert OutboxMail.objects.filter(to="new@example.org").count() == 2
    assert client.post(f"{place}/end/").status_code == 302
    assert "等待确认" not in client.get(listed).content.decode()
