"""Act three: scores by keyboard, the consensus, the visit."""

from typing import Any

from playwright.sync_api import Page, expect
from tests.small_award import ITEMS
from tests.small_cycle import agree, at, look, score
from tests.story.act_applying import FIRM
from tests.story.act_checking import office_of, open_stage
from tests.story.people import House
from tests.story.windows import Windows, click, follow, home_of, press, says, settle

from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Assignment


def teams(house: House) -> list[Assignment]:
    run = house.play.run(StageKind.DOCUMENT_REVIEW)
    found = Assignment.objects.filter(run=run, state="active").select_related("expert__person", "run", "application")
    pairs = list(found.order_by("application__number", "alias"))
    house.play.leaders = {pair.application_id: pair.expert.person for pair in pairs if pair.role == "leader"}
    return pairs


def scored(house: House, windows: Windows) -> None:
    """One examiner judges the firm by keyboard alone; the others do off stage."""
    at("2021-09-08T20:00")
    pairs = teams(house)
    mine = next(pair for pair in pairs if pair.application.organisation.name == FIRM and pair.role != "leader")
    by_keyboard(windows, windows.pages[mine.expert.person.email])
    for number, pair in enumerate(pairs):
        if pair.pk != mine.pk:
            score(house.play, pair, 40 + 10 * (number % 4))


def by_keyboard(windows: Windows, page: Page) -> None:
    """Band and percent, a strength, a gap, on to the next: no mouse from the first item to the last."""
    home_of(page, windows.url)
    follow(page, "评分", within="header")
    click(page.locator("tr", has_text=FIRM).get_by_role("link", name="评分"))
    for number, item in enumerate(ITEMS):
        expect(page.locator("#h-item")).to_contain_text(item)
        page.wait_for_load_state()
        page.keyboard.press("4")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.locator("[name=percent][value='55']")).to_be_checked()
        page.keyboard.press("s")
        page.keyboard.type(f"{item}按季度校正，记录完整。")
        page.keyboard.press("Escape")
        page.keyboard.press("o")
        page.keyboard.type(f"{item}未见跨单位推广。")
        page.keyboard.press("Escape")
        expect(page.locator("[data-save-state]")).to_contain_text("已保存")
        finish_item(page)
        if number + 1 < len(ITEMS):
            page.wait_for_url(f"**/items/{ITEMS[number + 1]}/**")
    press(page, "提交评分")
    says(page, "评分已提交")


def finish_item(page: Page) -> None:
    button = page.get_by_role("button", name="完成本条")
    button.focus()
    page.keyboard.press("Enter")
    settle(page)


def all_through(house: House, windows: Windows, title: str) -> None:
    """The secretariat decides on each, with a reason, and ends the stage."""
    page = office_of(house, windows, "review/")
    follow(page, title, within="main")
    stage = page.url
    for place in [link.get_attribute("href") for link in page.locator("main td:first-child a").all()]:
        page.goto(f"{windows.url}{place}")
        page.locator("[name=outcome][value=through]").check()
        page.fill("[name=reason]", "达到要求。")
        press(page, "保存去留")
    page.goto(stage)
    press(page, "结束本阶段")
    press(page, "结束本阶段")
    says(page, "已结束")


def agreed(house: House, windows: Windows, other: Any) -> None:
    """The leader sees how far apart the team is, and sets down what it agrees; a member keeps a reservation."""
    at("2021-09-21T09:00")
    all_through(house, windows, "资料评价")
    open_stage(house, windows, "专家会审")
    at("2021-09-23T13:30")
    page = leader_of(house, windows)
    home_of(page, windows.url)
    follow(page, "会审", within="header")
    click(page.locator("tr", has_text=FIRM).get_by_role("link", name="进入"))
    for item in ITEMS:
        page.goto(f"{page.url.split('?')[0]}?item={item}")
        page.locator("#ag").select_option(label="60%")
        page.fill("#why", f"{item}各方依据一致。")
        press(page, "议定此条")
        says(page, "60")
    reserve(house, windows, page.url.split("?")[0])
    page.reload()
    press(page, "结束会审")
    says(page, "结束")
    agree(house.play, other)


def leader_of(house: House, windows: Windows) -> Page:
    pair = next(pair for pair in teams(house) if pair.role == "leader" and pair.application.organisation.name == FIRM)
    return windows.pages[pair.expert.person.email]


def reserve(house: House, windows: Windows, room: str) -> None:
    pair = next(pair for pair in teams(house) if pair.role != "leader" and pair.application.organisation.name == FIRM)
    page = windows.pages[pair.expert.person.email]
    page.goto(f"{room}?item={ITEMS[0]}")
    page.fill("#dissent", "展开范围没有说清，我保留意见。")
    press(page, "保存保留意见")
    says(page, "展开范围没有说清")


def visited(house: House, windows: Windows, other: Any) -> None:
    """What is to be verified, what was found, and a score that changes with its reason."""
    at("2021-10-08T09:00")
    all_through(house, windows, "专家会审")
    open_stage(house, windows, "现场评审")
    at("2021-10-12T09:00")
    page = leader_of(house, windows)
    home_of(page, windows.url)
    follow(page, "现场验证", within="header")
    click(page.locator("tr", has_text=FIRM).get_by_role("link", name="进入"))
    page.fill("[name=question]", "核实指标的数据来源。")
    press(page, "列入")
    page.fill("[name=starts_on]", "2021-10-13")
    page.fill("[name=ends_on]", "2021-10-14")
    press(page, "保存安排")
    page.locator("textarea[name=finding]").first.fill("抽查三年台账，与材料一致。")
    press(page, "保存发现")
    click(page.get_by_label(f"调整{ITEMS[2]}"))
    page.locator("#ag").select_option(label="70%")
    page.fill("#why", "现场数据好于材料。")
    press(page, "保存调整")
    says(page, "现场数据好于材料。")
    press(page, "结束现场验证")
    says(page, "结束")
    look(house.play, other)
    at("2021-10-18T09:00")
    all_through(house, windows, "现场评审")
