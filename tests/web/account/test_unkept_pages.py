"""Pages of signed-in people are kept by no browser, and nothing of them is shown after signing out."""

import pytest
from django.urls import reverse
from tests import applying

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return applying.signed_up()


def test_every_answer_to_a_session_says_so(client, case):
    client.force_login(case.person)
    for path in ("/", reverse("applicant:home"), "/no-such-page/", reverse("account:settings"), "/find/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    answer = client.post("/account/sign-out/")
    assert (answer["Clear-Site-Data"], "no-store" in answer["Cache-Control"]) == ('"cache"', True)


def test_visitors_pages_may_be_kept(client):
    assert "no-store" not in client.get("/").get("Cache-Control", "")
    assert "Clear-Site-Data" not in client.get("/")


@pytest.mark.django_db(transaction=True)
def test_back_after_signing_out_shows_nothing(keeping_browser, live_server, client, case):
    client.force_login(case.person)
    context = keeping_browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("applicant:organisation", args=[case.organisation.pk]))
    assert page.locator("main input[name=name]").input_value() == case.organisation.name
    page.goto(live_server.url + "/account/sign-out/")
    with page.expect_navigation():
        page.locator("main form[method=post] button").last.click()
    for _step in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(500)
        assert case.organisation.name not in page.content()
        assert page.locator("main input[name=name]").count() == 0
