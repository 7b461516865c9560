"""Ctrl K in a browser: from any page to the search, with the field ready for typing."""

import pytest
from django.urls import reverse
from tests import applying

pytestmark = pytest.mark.django_db(transaction=True)


def test_ctrl_k_leads_to_the_field_and_enter_finds(live_server, chromium, client):
    case = applying.signed_up()
    client.force_login(case.person)
    page = chromium.new_page()
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(live_server.url + reverse("applicant:home"))
    page.keyboard.press("Control+k")
    page.wait_for_url("**/find/")
    page.wait_for_function("document.activeElement.id === 'find'")
    page.keyboard.type(case.organisation.name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=*")
    assert page.get_by_role("link", name=case.organisation.name).count() == 2
    page.close()
