"""Marking with the mouse and with M: the passage goes into a box, its number into the comment being written."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests.review_cast import make_review

from zhuoyue.domain.judging.models import ItemScore

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOOSE = """([from, to]) => {
  const text = document.querySelector(".zy-read p:not(.zy-readbar)").firstChild
  document.activeElement.blur()
  getSelection().setBaseAndExtent(text, from, text, to)
}"""


@pytest.fixture
def page(live_server, chromium, client):
    review = make_review(experts=2)
    client.force_login(review.leader)
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(live_server.url + reverse("expert:item", args=[review.pair().pk, review.nodes[0].code]))
    yield page
    page.wait_for_load_state("networkidle")  # no save is under way when the database is emptied
    page.close()


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()


def test_a_selection_is_marked_named_in_the_comment_and_kept(page):
    button = page.get_by_role("button", name="摘录所选")
    expect(button).to_be_disabled()
    strengths = page.locator("[name=strength]")
    strengths.last.fill("有做法")
    page.evaluate(CHOOSE, [0, 4])
    expect(button).to_be_enabled()
    page.keyboard.press("m")
    boxes = page.locator("[name=mark]")
    expect(boxes).to_have_count(2)
    passage = boxes.first.input_value()
    assert len(passage) == 4
    expect(page.locator("mark")).to_have_text(passage)
    assert strengths.first.input_value() == "有做法①"
    page.locator("[data-cite='1']").click()
    assert strengths.first.input_value() == "有做法①①"
    save(page)
    expect(page.locator("mark")).to_have_text(passage)
    assert ItemScore.objects.get().marks == [passage]


def test_a_second_passage_takes_the_place_that_was_freed(page):
    page.evaluate(CHOOSE, [0, 2])
    page.get_by_role("button", name="摘录所选").click()
    page.locator("[name=mark]").nth(1).fill("没有写过")
    page.locator("[name=mark]").first.fill("")
    save(page)
    page.evaluate(CHOOSE, [3, 6])
    page.get_by_role("button", name="摘录所选").click()
    expect(page.locator("mark")).to_have_attribute("id", "m-1")
    save(page)
