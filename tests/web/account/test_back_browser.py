"""Save, Back, change, save: the second text counts too, in a browser that keeps the pages it left."""

import pytest
from django.urls import reverse
from tests import applying

from factories import make_code
from zhuoyue.domain.orgs.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "addEventListener('pageshow', (event) => sessionStorage.setItem('kept', event.persisted))"
FACTS = {"region": "310105", "industry": "C34", "founded_on": "2001-02-03"}


@pytest.fixture
def case():
    return applying.signed_up()


@pytest.fixture
def opened(keeping_browser, live_server, client, case):
    """`opened(path)`: the page of the person who signed up."""
    client.force_login(case.person)
    contexts = []

    def visit(path, **settings):
        context = keeping_browser.new_context(**settings)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.add_init_script(KEPT)
        context.route("**/*", keepable)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:  # what is still on its way must not fail a later test
        context.unroute_all(behavior="ignoreErrors")
        context.close()


def keepable(route):
    """Browsers differ in whether they keep what says no-store: as those do that keep it."""
    answer = route.fetch(max_redirects=0)
    route.fulfill(response=answer, headers={**answer.headers, "cache-control": "no-cache"})


def send(page):
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").last.click()


def save(page, **fields):
    for name, value in fields.items():
        page.locator(f"main input[name={name}]").fill(value)
    send(page)


def back(page):
    page.go_back(wait_until="commit")
    page.wait_for_selector("main input[name=name]")
    assert page.evaluate("sessionStorage.getItem('kept')") == "true", "not out of memory: this test says nothing"


def test_a_form_without_a_version_counts_a_second_time(opened):
    page = opened(reverse("applicant:sign_up"))
    save(page, name="甲公司", credit_code=make_code(901), **FACTS)
    back(page)
    save(page, name="乙公司", credit_code=make_code(902))
    assert set(Organisation.objects.filter(name__in=["甲公司", "乙公司"]).values_list("name", flat=True)) == {
        "甲公司",
        "乙公司",
    }


def test_a_form_with_a_version_shows_both_and_saves_what_is_chosen(opened, case):
    page = opened(reverse("applicant:organisation", args=[case.organisation.pk]))
    save(page, name="第一次有限公司", **FACTS)
    back(page)
    save(page, name="第二次有限公司")
    assert page.locator(".zy-both").inner_text().count("次有限公司") == 2
    send(page)
    case.organisation.refresh_from_db()
    assert case.organisation.name == "第二次有限公司"


def test_without_script_the_second_text_is_asked_about_and_then_counts(opened):
    page = opened(reverse("applicant:sign_up"), java_script_enabled=False)
    save(page, name="甲公司", credit_code=make_code(901), **FACTS)
    page.go_back(wait_until="commit")
    page.wait_for_selector("main input[name=name]")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        save(page, name="乙公司", credit_code=make_code(902), **FACTS)
    if sent.value.response().status == 409:
        send(page)
    assert Organisation.objects.filter(name="乙公司").exists()
