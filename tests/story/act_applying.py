"""Act one: the notice, the sign-up, the application, the receipt, the recommendation."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.factories import PASSWORD, make_code, member
from tests.factories import organisation as organisation_of
from tests.small_award import ITEMS
from tests.small_cycle import at, recommend, send, sign_up, write
from tests.story.people import SLUG, House
from tests.story.windows import Windows, click, follow, home_of, press, says, taken

from zhuoyue.config.demo.content import small_pdf
from zhuoyue.domain.applications.models import Application
from zhuoyue.kernel.mail import OutboxMail

FIRM = "申珏精密轴承有限公司"
APPLICANT = "apply@example.org"


def notice(house: House, windows: Windows) -> None:
    """The secretariat drafts the notice, looks at it as the document it will be, and publishes it."""
    page = home_of(windows.of(house.secretary), windows.url)
    press(page, "去发布通知")
    press(page, "起草通知")
    page.get_by_label("标题").fill("关于开展2021年度小型质量奖申报工作的通知")
    page.get_by_label(re.compile("^文号")).fill("小质协〔2021〕1号")
    page.get_by_label(re.compile("^正文")).fill(
        "各有关单位：\n\n现开展2021年度小型质量奖申报工作。\n\n报名截至6月30日。"
    )
    press(page, "保存草稿")
    press(page, "发布")
    press(page, "发布通知")
    says(page, "通知已发布")
    visitor = windows.of(None)
    visitor.goto(f"{windows.url}/notices/")
    follow(visitor, "关于开展2021年度小型质量奖申报工作的通知")
    says(visitor, "小质协〔2021〕1号")


def organisation(windows: Windows) -> Page:
    """A person makes an account and registers an organisation; a wrong credit code is explained."""
    at("2021-05-10T10:00")
    page = windows.blank(APPLICANT)
    page.goto(f"{windows.url}/account/sign-up/")
    page.fill("[name=name]", "申报人")
    page.fill("[name=email]", APPLICANT)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    press(page, "注册")
    says(page, f"我们已向{APPLICANT}寄出一封信")
    page.fill("[name=code]", digits_sent_to(APPLICANT))
    press(page, "确认")
    page.wait_for_url(re.compile("/(account/home|apply)/"))
    windows.pages[APPLICANT] = page
    press(page, "登记单位")
    if page.get_by_role("link", name="登记单位", exact=True).count():
        press(page, "登记单位")
    code = make_code(700)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    page.fill("[name=name]", FIRM)
    page.fill("[name=credit_code]", wrong)
    page.fill("[name=region]", "上海市")
    page.fill("[name=industry]", "C34")
    page.fill("[name=founded_on]", "1998-04-18")
    press(page, "登记")
    says(page, f"第18位应为“{code[-1]}”，现在是“{wrong[-1]}”")
    expect(page.locator("[name=credit_code]")).to_have_value(wrong)
    page.fill("[name=credit_code]", code)
    press(page, "登记")
    says(page, FIRM)
    return page


def digits_sent_to(email: str) -> str:
    """The six digits of the newest letter."""
    text = OutboxMail.objects.filter(to=email).latest("created_at").text
    return re.findall(r"\b\d{6}\b", text)[-1]


def registration(house: House, windows: Windows, page: Page) -> None:
    """The organisation signs up for the award; the secretariat confirms."""
    home_of(page, windows.url)
    follow(page, "可报名的项目", within="main")
    press(page, "报名")
    page.locator("[name=recommender]").select_option(label="装备行业协会")
    page.get_by_label("联系电话").first.fill("021-60000000")
    for field, value in (("f-telephone", "021-60000000"), ("f-contact-department", "质量部"), ("f-industry", "C34")):
        place = page.locator(f"[name={field}]")
        if place.count():
            place.first.fill(value)
    page.locator("[name=f-awards-aimed-at]").first.check()
    press(page, "提交报名")
    says(page, "待秘书处确认")
    office = home_of(windows.of(house.secretary), windows.url)
    office.goto(f"{windows.url}/office/cycles/{SLUG}/registrations/")
    follow(office, FIRM, within="main")
    press(office, "确认报名")
    says(office, "已确认")


def application(windows: Windows, page: Page) -> None:
    """The task list, part by part: typed, counted, kept by itself, drawn while typing, files received or refused."""
    at("2021-08-12T10:00")
    home_of(page, windows.url)
    page.goto(f"{windows.url}/apply/applications/")
    follow(page, "小型质量奖", within="main")
    press(page, "开始填写申报")
    _profile(page)
    press(page, "保存并继续")
    page.locator("textarea").first.fill("主营轴承与传动部件。")
    press(page, "保存并继续")
    for item in ITEMS:
        narrative = page.locator("textarea[name=f-text]")
        narrative.fill(f"围绕{item}建立机制，按季度评审。")
        says(page, "限200字")
        expect(page.locator("[data-save-state]")).to_contain_text("已保存")
        press(page, "保存并继续")
    _indicator(page)
    press(page, "下一节")
    _evidence(page)
    press(page, "下一节")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page, "保存并继续")


def _profile(page: Page) -> None:
    follow(page, "基本情况", within="main")
    for name, value in (("f-name", FIRM), ("f-founded", "1998"), ("f-telephone", "021-60000000")):
        page.fill(f"[name={name}]", value)
    page.fill("[name=f-credit-code]", make_code(700))
    page.locator("[name=f-size][value=large]").check()


def _indicator(page: Page) -> None:
    click(page.get_by_label("增加指标：2.1 主要成果"))
    page.fill("[name=f-name]", "准时交付率")
    page.fill("[name=f-unit]", "%")
    page.locator("[name=f-direction]").first.check()
    for year, value in ((2018, "95"), (2019, "96.5"), (2020, "98")):
        page.fill(f"[name='f-{year}-value']", value)
        page.fill(f"[name='f-{year}-target']", "97")
    expect(page.locator("#preview svg").first).to_be_visible()
    press(page, "保存指标")


def _evidence(page: Page) -> None:
    lying = {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 not a paper"}
    page.locator("input[type=file]").first.set_input_files(lying)
    press(page, "上传")
    says(page, "有文件没有上传")
    sound = {"name": "营业执照.pdf", "mimeType": "application/pdf", "buffer": small_pdf("licence")}
    page.locator("input[type=file]").first.set_input_files(sound)
    press(page, "上传")
    says(page, "营业执照.pdf")


def submission(windows: Windows, page: Page, folder: Path) -> None:
    """Answers checked, sent in the phase, acknowledged with number, server time, rule and digest."""
    at("2021-08-14T11:00")
    to_submit(windows, page)
    says(page, "申报已收到")
    says(page, "回执")
    receipt = taken(page, "下载回执PDF", folder)
    assert receipt.read_bytes().startswith(b"%PDF")


def to_submit(windows: Windows, page: Page) -> None:
    page.goto(f"{windows.url}/apply/applications/")
    follow(page, "小型质量奖", within="main")
    follow(page, "检查", within="main")
    says(page, "内容齐全")
    press(page, "去提交")
    press(page, "确认提交")


def another_applicant(house: House) -> Application:
    """A second organisation does the same, off stage."""
    at("2021-06-10T10:00")
    owner = organisation_of("浦澜电梯制造有限公司")
    speaker = member(owner)
    signed = sign_up(house.play, speaker, owner, recommender=house.recommender)
    at("2021-08-14T15:00")
    sent = send(speaker, write(house.play, speaker, signed))
    recommend(house.play, house.officer, sent)
    return sent


def recommendation(house: House, windows: Windows) -> None:
    at("2021-08-18T09:40")
    page = home_of(windows.of(house.officer), windows.url)
    follow(page, FIRM, within="main")
    _opinion(page)


def _opinion(page: Page) -> None:
    page.locator("[name=outcome][value=recommend]").check()
    page.fill("[name=opinion]", "材料属实，管理扎实，同意推荐。")
    click(page.locator("main form button.btn-primary").last)
    says(page, "推荐")
