"""The modules in a real browser: autosave, count, score, once, table."""

import pytest

from web.shared import urls
from zhuoyue.kernel.formats import characters

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = [
    "",
    "以床位为单位串起医嘱、用药与护理记录。",
    "GB/T 19580-2012，第3.5%条",
    "don’t——“引号”…… ①②",
    "全角　空格 tab\tline\r\nend\u200b\ufeff",
    "𠮷野家ＡＢＣ kana カナ 한글 é",
    "a\u2019b c\u2019 \u2019d \x1c\x85e",
]


@pytest.fixture(autouse=True)
def _no_saves():
    urls.SAVES.clear()


def test_characters_are_counted_as_the_server_counts(visit):
    page = visit("/autosaved/", bypass_csp=True)
    module = "import('/static/shared/count.js')"
    counted = page.evaluate(f"async texts => texts.map((await {module}).characters)", TEXTS)
    assert counted == [characters(text) for text in TEXTS]


def test_the_count_follows_and_says_when_it_is_too_much(visit):
    page = visit("/autosaved/")
    line = page.locator(".zy-count")
    assert line.inner_text() == "已写3字，限20字"
    page.fill("textarea", "字" * 23)
    assert line.inner_text() == "已写23字，超过20字的限制3字"
    assert "is-over" in line.get_attribute("class")


def test_typing_is_saved_and_the_version_moves_on(visit):
    page = visit("/autosaved/")
    page.fill("textarea", "新写的")
    page.get_by_text("已保存 14:32").wait_for()
    # a page of an earlier test may still be saving while it closes
    assert urls.SAVES.count("新写的") == 1
    assert int(page.locator("[name=version]").input_value()) == urls.SAVES.index("新写的") + 2
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.said == []


def test_unsent_text_survives_and_is_offered_again(visit):
    page = visit("/autosaved/")
    page.fill("textarea", "过期")
    page.get_by_text("登录已过期").wait_for()
    link = page.locator("[data-save-state] a")
    assert link.get_attribute("href") == "/account/sign-in/?next=/signed-in/"
    assert link.get_attribute("target") == "_blank"
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.locator("textarea").input_value() == "原来的"
    page.get_by_role("button", name="恢复").click()
    assert page.locator("textarea").input_value() == "过期"


def test_after_a_failure_it_tries_again(visit):
    page = visit("/autosaved/")
    page.fill("textarea", "坏了")
    page.get_by_text("未保存，正在重试").wait_for()
    with page.expect_response("**/autosaved/") as again:
        pass
    assert again.value.status == 500
    assert urls.SAVES.count("坏了") > 1


def test_a_refusal_says_why(visit):
    page = visit("/autosaved/")
    page.fill("textarea", "超长")
    page.get_by_text("没有保存，请看提示：超过20字").wait_for()


def test_a_conflict_sends_the_whole_form_to_choose(visit):
    page = visit("/autosaved/")
    page.fill("textarea", "冲突")
    page.get_by_role("button", name="另一处有改动").click()
    page.get_by_role("heading", name="另一处有改动").wait_for()


@pytest.mark.usefixtures("gallery_open")
def test_the_scorebook_is_worked_by_keyboard(visit):
    page = visit("/look/?desk=1")
    chosen = lambda: page.evaluate("new FormData(document.getElementById('score')).get('percent')")  # noqa: E731 - one question
    assert chosen() == "55"
    page.keyboard.press("ArrowRight")
    assert chosen() == "60"
    page.keyboard.press("2")
    assert chosen() is None
    assert page.locator(".zy-bands--steps:visible").count() == 1
    page.keyboard.press("ArrowRight")
    assert chosen() == "10"
    page.keyboard.press("ArrowLeft")
    assert chosen() == "5"
    page.keyboard.press("s")
    page.keyboard.type("1 s")
    assert page.locator("textarea").input_value() == "1 s"
    assert chosen() == "5"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#key-help").is_visible()
    page.keyboard.press("n")
    assert page.url.endswith("#next")


@pytest.mark.usefixtures("gallery_open")
def test_bands_work_without_script(visit):
    page = visit("/look/?desk=1", script=False)
    page.locator(".zy-score label", has_text="起步").click()
    shown = page.locator(".zy-bands--steps:visible label").all_inner_texts()
    assert shown == ["10%", "15%", "20%", "25%"]


def test_a_form_is_sent_once_and_says_so(visit):
    page = visit("/autosaved/")
    sent = []

    def stay(route):
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    page.route("**/conflict/", stay)
    button = page.get_by_role("button", name="保存")
    button.click()
    page.locator(".btn-primary.is-busy").wait_for()
    button.click(force=True)
    assert button.get_attribute("aria-disabled") == "true"
    assert button.get_attribute("data-busy") == "正在处理"
    assert len(sent) == 1
