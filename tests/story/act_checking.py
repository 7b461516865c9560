"""Act two: the condition check with one return, the examiners invited and sworn in, the teams made by the engine."""

import re
from typing import Any

from playwright.sync_api import Page, expect
from tests.factories import PASSWORD
from tests.small_cycle import accept, at
from tests.story.act_applying import APPLICANT, FIRM, to_submit
from tests.story.people import EXPERTS, SLUG, House
from tests.story.windows import Windows, click, follow, home_of, press, says

from zhuoyue.kernel.models import OutboxMail


def office_of(house: House, windows: Windows, place: str = "") -> Page:
    page = windows.of(house.secretary)
    page.goto(f"{windows.url}/office/cycles/{SLUG}/{place}")
    return page


def application_of(house: House, windows: Windows) -> Page:
    page = office_of(house, windows, "applications/")
    click(page.locator("tr", has_text=FIRM).get_by_role("link").first)
    return page


def open_stage(house: House, windows: Windows, title: str) -> Page:
    page = office_of(house, windows, "review/")
    follow(page, title, within="main")
    press(page, "启动本阶段")
    says(page, "进行中")
    return page


def returned(house: House, windows: Windows) -> None:
    """The secretariat names what is to be corrected; the applicant corrects it and sends the second version."""
    at("2021-08-23T09:00")
    open_stage(house, windows, "条件审查")
    page = application_of(house, windows)
    follow(page, "条件审查", within="main")
    press(page, "退回补正")
    page.locator("[name=part_1]").select_option(index=1)
    page.fill("[name=text_1]", "请补充员工构成。")
    press(page, "退回并通知")
    says(page, "退回")
    at("2021-08-24T10:00")
    mine = home_of(windows.pages[APPLICANT], windows.url)
    follow(mine, "退回补正", within="main")
    says(mine, "请补充员工构成。")
    follow(mine, "组织概述", within="main")
    mine.locator("textarea").first.fill("主营轴承与传动部件，员工860人。")
    press(mine, "保存并继续")
    to_submit(windows, mine)
    says(mine, "申报已收到")


def checked(house: House, windows: Windows, other: Any) -> None:
    """Every condition is found met; only then does the application go into the review."""
    at("2021-08-25T09:00")
    page = application_of(house, windows)
    follow(page, "条件审查", within="main")
    press(page, "通过，进入评审")
    says(page, "还不能这样决定")
    for radio in page.locator("input[type=radio][value=yes]").all():
        radio.check()
    page.fill("[name=note]", "条件齐备。")
    press(page, "通过，进入评审")
    says(page, "通过")
    accept(house.play, other)


def invited(house: House, windows: Windows) -> None:
    """Experts go into the pool and are written to; each comes in by a link that works once."""
    at("2021-08-26T09:00")
    for number, name in enumerate(EXPERTS, 1):
        page = office_of(house, windows, "experts/new/")
        page.fill("[name=name]", name)
        page.fill("[name=email]", address_of(number))
        page.fill("[name=employer]", f"第{number}研究院")
        page.locator("[name=level][value=senior]").check()
        click(page.locator("main form button.btn-primary"))
        says(page, name)
    page = office_of(house, windows, "experts/invite/")
    page.fill("[name=answer_by]", "2021-08-31 18:00")
    page.locator("[data-all]").check()
    press(page, "看将要发给谁")
    press(page, "发送邀请")
    says(page, "已")


def address_of(number: int) -> str:
    return f"expert{number}@example.org"


def sworn_in(windows: Windows) -> None:
    """Each sets a password by the link of the letter, undertakes, and declares; the last one is tied to the firm."""
    at("2021-08-26T20:00")
    for number in range(1, len(EXPERTS) + 1):
        page = windows.blank(address_of(number))
        windows.pages[address_of(number)] = page
        link = link_to(address_of(number))
        page.goto(link)
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        press(page, "设置密码并登录")
        page.locator("[name=agree]").check()
        press(page, "接受邀请并承诺")
        if page.get_by_role("link", name="声明利益冲突", exact=True).count():
            press(page, "声明利益冲突")
        if number == len(EXPERTS):
            _declare_tie(page)
        page.locator("[name=said]").check()
        press(page, "完成声明")
        home_of(page, windows.url)
        expect(page.locator("h1")).to_be_visible()
    stranger = windows.blank("late")
    stranger.goto(link_to(address_of(1)))
    says(stranger, "链接已经用过了")


def link_to(email: str) -> str:
    letter = OutboxMail.objects.get(to=email, subject__contains="评审邀请")
    return re.search(r"https?://\S+", letter.text).group()


def _declare_tie(page: Page) -> None:
    page.fill("[name=q]", FIRM[:2])
    press(page, "查找")
    page.get_by_label(re.compile(FIRM)).check()
    page.locator("[name=kind]").first.check()
    page.fill("[name=evidence]", "2019年任该公司顾问。")
    press(page, "声明这一冲突")
    says(page, "2019年任该公司顾问。")


def assigned(house: House, windows: Windows) -> None:
    """The engine makes the teams; whoever is tied to the firm is not on its team."""
    at("2021-08-30T09:00")
    page = open_stage(house, windows, "资料评价")
    follow(page, "分配", within="main")
    press(page, "计算并采用")
    row = page.locator("tr", has_text=FIRM).first
    for name in EXPERTS[:-1]:
        expect(row).to_contain_text(name)
    expect(row).not_to_contain_text(EXPERTS[-1])
    expect(row).to_contain_text("组长")
