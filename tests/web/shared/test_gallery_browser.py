"""The gallery in a real browser: both widths, both themes, both languages, with the content security policy on."""

import pytest

from zhuoyue.web.shared.gallery import PARTS

# The gallery shows every part twice, light and dark: their landmarks bear the same names on purpose.
DOUBLED = "landmark-unique"


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gallery_open")]
VIEWS = [
    pytest.param(1280, "light", "zh-hans", id="wide, light, Chinese"),
    pytest.param(390, "dark", "en", id="narrow, dark, English"),
]


@pytest.mark.parametrize(("width", "theme", "language"), VIEWS)
def test_every_part_is_clean(visit, axe, width, theme, language):
    page = visit("/look/", width=width, theme=theme, language=language)
    for part in PARTS:
        page.goto(page.url.split("?")[0] + f"?part={part}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
        assert axe(page, DOUBLED) == [], part
    assert page.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desk_and_the_document_are_clean(visit, axe, width):
    page = visit("/look/?desk=1", width=width, theme="dark")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(page.url.split("?")[0] + "?sheet=1")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.said == []


def test_the_theme_of_the_system_is_followed_without_script(chromium, live_server):
    context = chromium.new_context(color_scheme="dark", java_script_enabled=True)
    page = context.new_page()
    page.goto(live_server.url + "/look/?part=facts")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 27, 33)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
