"""Act four: the jury, the list before the public, an objection, the approval, the certificate that anyone verifies."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Page, expect
from tests.objections import digits_of
from tests.small_cycle import at
from tests.story.act_applying import APPLICANT, FIRM
from tests.story.act_checking import open_stage
from tests.story.people import SLUG, House
from tests.story.windows import Windows, click, follow, home_of, press, says, taken

from zhuoyue.domain.outcomes.models import Objection


def results_of(person: Any, windows: Windows) -> Page:
    page = windows.of(person)
    page.goto(f"{windows.url}/office/results/cycles/{SLUG}/")
    return page


def seated(house: House, windows: Windows) -> None:
    open_stage(house, windows, "审定委员会审定")
    for number, juror in enumerate(house.jurors):
        page = results_of(house.secretary, windows)
        follow(page, "任命与解除", within="main")
        page.fill("[name=name]", juror.name)
        page.fill("[name=email]", juror.email)
        if number == 0:
            page.locator("[name=is_chair]").check()
        press(page, "任命")
        says(page, "已核对，就是这个人")  # each has an account already
        page.locator("[name=known]").check()
        press(page, "任命")
        expect(page.locator("main table")).to_contain_text(juror.name)
    page = results_of(house.secretary, windows)
    follow(page, "组织奖", within="main table")
    click(page.locator("main a.btn-primary").first)
    page.fill("[name=starts_at]", "2021-10-20 14:00")
    page.fill("[name=place]", "三楼会议室")
    press(page, "保存并通知委员")
    says(page, "会议已安排")


def voted(house: House, windows: Windows) -> None:
    """One member stays away from the second applicant; all vote in secret; the chair opens, closes and counts."""
    at("2021-10-20T13:40")
    away = juror(house, windows, 3)
    press(away, "声明回避")
    click(away.get_by_label(re.compile("声明回避：浦澜")))
    away.fill("[name=reason]", "曾任该单位独立董事。")
    press(away, "声明回避")
    says(away, "您回避1份申报")
    codes = [code_made(juror(house, windows, number)) for number in range(len(house.jurors))]
    at("2021-10-20T14:05")
    chair = juror(house, windows, 0)
    press(chair, "开始投票")
    chair.locator("[name=custody][value='members:2']").check()
    press(chair, "开始投票")
    for number in range(len(house.jurors)):
        cast(juror(house, windows, number), against_other=number in (1, 2, 4))
    follow(chair, "材料", within="header")
    press(chair, "结束投票并计票")
    for juror_of_two, code in list(zip(house.jurors, codes, strict=True))[:2]:
        chair.get_by_label(f"{juror_of_two.name}的计票码").fill(code)
    press(chair, "结束投票并计票")
    press(chair, "查看计票结果")
    says(chair, "1份通过，共2份")


def juror(house: House, windows: Windows, number: int) -> Page:
    page = home_of(windows.of(house.jurors[number]), windows.url)
    click(page.locator("main a").first)
    return page


def code_made(page: Page) -> str:
    """Make one's counting code, as a member who copies it to paper and types it again."""
    follow(page, "计票码", within="header")
    code = page.locator("[data-code]").inner_text()
    page.fill("[name=again]", code)
    press(page, "我已抄好，登记")
    says(page, "计票码已登记")
    return code


def cast(page: Page, *, against_other: bool) -> None:
    if page.get_by_role("link", name="投票", exact=True).count() and not page.locator("fieldset").count():
        press(page, "投票")
    for group in page.locator("main fieldset").all():
        other = "浦澜" in group.inner_text()
        group.get_by_label("不同意" if other and against_other else "同意", exact=True).check()
    press(page, "核对选票")
    press(page, "投出选票")
    says(page, "您已投票")


def decided(house: House, windows: Windows) -> None:
    at("2021-10-20T16:00")
    page = step(house.secretary, windows)
    press(page, "登记决定")
    says(page, "决定已登记")
    page = step(house.secretary, windows)
    press(page, "结束审定阶段")
    page = step(house.secretary, windows)
    press(page, "拟定名单")
    says(page, FIRM)


def step(person: Any, windows: Windows) -> Page:
    """The next step of the category, as its page offers it."""
    page = results_of(person, windows)
    follow(page, "组织奖", within="main table")
    click(page.locator("main a.btn-primary").first)
    return page


def on_notice(house: House, windows: Windows) -> None:
    """Who prepared the list cannot publish it; a second person does, and a visitor objects under a real name."""
    at("2021-10-22T09:00")
    own = results_of(house.secretary, windows)
    follow(own, "组织奖", within="main table")
    expect(own.locator("main")).not_to_contain_text("公示中")
    page = step(house.second, windows)
    page.fill("[name=title]", "2021年度小型质量奖拟获奖名单公示")
    page.fill("[name=text]", "对名单有异议的，请在公示期内实名提出。")
    click(page.locator("main form button.btn-primary"))
    at("2021-10-25T10:00")
    visitor = windows.of(None)
    visitor.goto(f"{windows.url}/public-notices/")
    follow(visitor, "拟获奖名单公示", within="main")
    says(visitor, FIRM)
    press(visitor, "实名提出异议")
    for name, value in (("name", "尤实名"), ("email", "you@example.org"), ("text", "近期有顾客投诉，请核实。")):
        visitor.fill(f"[name={name}]", value)
    against = visitor.locator("[name=against]")
    if against.first.evaluate("node => node.tagName") == "SELECT":
        against.select_option(label=FIRM)
    else:
        against.first.check()
    press(visitor, "提交异议")
    says(visitor, "y***@example.org")
    visitor.fill("[name=digits]", digits_of(Objection.objects.get()))
    press(visitor, "确认异议")
    says(visitor, "异议已收到")


def ruled(house: House, windows: Windows) -> None:
    at("2021-10-28T10:00")
    page = results_of(house.secretary, windows)
    follow(page, "组织奖", within="main table")
    follow(page, "YY-", within="main")
    says(page, "尤实名")
    page.locator("[name=upheld][value=no]").check()
    page.fill("[name=ruling]", "经核实，投诉已妥善处理，异议不成立。")
    press(page, "作出裁定")
    says(page, "异议不成立")
    visitor = windows.of(None)
    visitor.reload()
    says(visitor, "异议不成立")


def announced(house: House, windows: Windows) -> None:
    at("2021-11-03T09:00")
    page = step(house.second, windows)
    page.fill("[name=approval_number]", "小质协〔2021〕9号")
    click(page.locator("main form button.btn-primary"))
    page = step(house.second, windows)
    click(page.locator("main form button.btn-primary"))
    visitor = windows.of(None)
    visitor.goto(f"{windows.url}/roll/")
    says(visitor, FIRM)


def verified(windows: Windows, folder: Path) -> None:
    """The winner takes the certificate and the report; anyone verifies the code that is printed on the paper."""
    page = home_of(windows.pages[APPLICANT], windows.url)
    follow(page, "反馈报告", within="header")
    certificate = taken(page, "证书PDF", folder, within="main")
    report = taken(page, "PDF：", folder, within="main")
    words = text_of(certificate)
    assert FIRM in words.replace("\r\n", "")
    assert "未见跨单位推广" not in words
    assert report.read_bytes().startswith(b"%PDF")
    code = re.search(r"/verify/([\w-]+)/", words.replace("\r\n", "").replace(" ", "")).group(1)
    visitor = windows.of(None)
    visitor.goto(f"{windows.url}/verify/")
    visitor.fill("[name=code]", code)
    press(visitor, "核验")
    says(visitor, "证书真实有效")
    says(visitor, FIRM)


def text_of(place: Path) -> str:
    document = pypdfium2.PdfDocument(place)
    return "\n".join(page.get_textpage().get_text_range() for page in document)
