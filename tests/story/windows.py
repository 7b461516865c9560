"""A browser window for each person, signed in as people sign in, and what hands do in it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.factories import PASSWORD

WAIT = 20_000

# A click that sends a form or follows a link marks the page it was made on. The next page carries no mark.
MARKS_LEAVING = """
const mark = leaving => document.documentElement.toggleAttribute("data-leaving", leaving)
addEventListener("click", () => mark(false), true)
addEventListener("submit", event => { if (!event.defaultPrevented) mark(true) })
addEventListener("click", event => {
  const link = event.target.closest("a[href]")
  if (!link || event.defaultPrevented || link.target || link.hasAttribute("download")) return
  const [here, there] = [location, link].map(place => place.href.split("#")[0])
  if (here !== there || !link.hash) mark(true)
})
"""


class Windows:
    """`of(person)` is the window of a person, opened and signed in on first use; `of(None)` that of a visitor."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.pages: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        expect.set_options(timeout=WAIT)

    def blank(self, name: str = "", **options: Any) -> Page:
        context = self.browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(WAIT)
        self.contexts.append(context)
        context.add_init_script(MARKS_LEAVING)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{name} {page.url}: {error}"))
        page.on("console", lambda message: self._hear(name, page, message))
        return page

    def _hear(self, name: str, page: Page, message: Any) -> None:
        # a refusal by the server is an answer, which the page shows; what else the console says is a fault
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"{name} {page.url}: {message.text}")

    def of(self, person: Any) -> Page:
        name = person.email if person else ""
        if name not in self.pages:
            page = self.pages[name] = self.blank(name)
            if person is not None:
                sign_in(page, self.url, person.email)
        return self.pages[name]

    def seen(self) -> str:
        """Address and text of every window."""
        shown = [page for context in self.contexts for page in context.pages]
        return "\n\n".join(f"== {page.url}\n{page.locator('body').inner_text()[:2500]}" for page in shown)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    page.goto(f"{url}/account/sign-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    press(page, "登录")
    page.wait_for_url(lambda address: "sign-in" not in address)


def click(target: Locator) -> None:
    target.click()
    settle(target.page)


def settle(page: Page) -> None:
    """Where a click leads to another page, waits until it is there: what follows finds it, and was not too early."""
    expect(page.locator("html[data-leaving]")).to_have_count(0)
    page.wait_for_load_state("domcontentloaded")


def press(page: Page, words: str, *, within: str = "main") -> None:
    """A button or a link that says exactly `words`."""
    place = page.locator(within) if page.locator(within).count() else page
    named = place.get_by_role("button", name=words, exact=True).or_(place.get_by_role("link", name=words, exact=True))
    click(named.first)


def follow(page: Page, words: str, *, within: str = "body") -> None:
    """A link whose words hold `words`."""
    click(page.locator(within).get_by_role("link", name=re.compile(re.escape(words))).first)


def says(page: Page, words: str) -> None:
    expect(page.locator("body")).to_contain_text(words)


def home_of(page: Page, url: str) -> Page:
    """The first page of whoever is signed in."""
    page.goto(f"{url}/account/home/")
    return page


def taken(page: Page, words: str, folder: Path, *, within: str = "body") -> Path:
    """The file that a link gives, kept in `folder`."""
    link = page.locator(within).get_by_role("link", name=re.compile(re.escape(words))).first
    with page.expect_download() as waiting:
        link.click()
    place = folder / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place
